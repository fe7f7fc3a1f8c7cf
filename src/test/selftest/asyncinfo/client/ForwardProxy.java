package asyncinfo.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A forward proxy on the loopback address. It connects every request to one backend, whatever host
 * the request names, so host names of a test need no DNS.
 */
public final class ForwardProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int backendPort;
  private final int tunnelStatus;
  private final List<String> requestLines = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /**
   * Starts a proxy.
   *
   * @param backendPort the backend's port on the loopback address
   * @param tunnelStatus the HTTP status that answers CONNECT; only 200 opens a tunnel
   */
  public ForwardProxy(int backendPort, int tunnelStatus) {
    this.backendPort = backendPort;
    this.tunnelStatus = tunnelStatus;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  public ProxyServer address() {
    return new ProxyServer("127.0.0.1", server.getLocalPort());
  }

  /** Returns the first line of each request, in order. */
  public List<String> requestLines() {
    return requestLines;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "forward-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        sockets.add(client);
        start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try {
      String head = head(client.getInputStream());
      String line = head.lines().findFirst().orElse("");
      requestLines.add(line);
      boolean tunnel = line.startsWith("CONNECT ");
      if (tunnel && tunnelStatus != 200) {
        write(client, "HTTP/1.1 %d Refused\r\nContent-Length: 0\r\n\r\n".formatted(tunnelStatus));
        client.close();
        return;
      }
      Socket backend = new Socket(InetAddress.getLoopbackAddress(), backendPort);
      sockets.add(backend);
      if (tunnel) {
        write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
      } else {
        write(backend, head.replaceFirst(" https?://[^/ ]+", " "));
      }
      start(() -> copy(client, backend));
      copy(backend, client);
    } catch (IOException e) {
      // One of the two sides has closed the connection.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      text.append((char) next);
      if (text.indexOf("\r\n\r\n") >= 0) {
        break;
      }
    }
    return text.toString();
  }

  private static void write(Socket to, String text) throws IOException {
    OutputStream out = to.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of the two sides has closed the connection.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
