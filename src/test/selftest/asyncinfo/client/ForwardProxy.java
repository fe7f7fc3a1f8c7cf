package asyncinfo.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A forward proxy on the loopback address. It connects every request to one backend, whatever host
 * the request names, so host names of a test need no DNS.
 */
public final class ForwardProxy implements AutoCloseable {
  private final LoopbackServer server;
  private final int backendPort;
  private final int tunnelStatus;
  private final List<String> requestLines = new CopyOnWriteArrayList<>();

  /**
   * Starts a proxy.
   *
   * @param backendPort the backend's port on the loopback address
   * @param tunnelStatus the HTTP status that answers CONNECT; only 200 opens a tunnel
   */
  public ForwardProxy(int backendPort, int tunnelStatus) {
    this.backendPort = backendPort;
    this.tunnelStatus = tunnelStatus;
    this.server = new LoopbackServer(this::serve);
  }

  public ProxyServer address() {
    return new ProxyServer("127.0.0.1", server.port());
  }

  /** Returns the first line of each request, in order. */
  public List<String> requestLines() {
    return requestLines;
  }

  private void serve(Socket client) throws IOException {
    String head = head(client.getInputStream());
    String line = head.lines().findFirst().orElse("");
    requestLines.add(line);
    boolean tunnel = line.startsWith("CONNECT ");
    if (tunnel && tunnelStatus != 200) {
      write(client, "HTTP/1.1 %d Refused\r\nContent-Length: 0\r\n\r\n".formatted(tunnelStatus));
      client.close();
      return;
    }
    Socket backend = server.connect(backendPort);
    if (tunnel) {
      write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
    } else {
      write(backend, head.replaceFirst(" https?://[^/ ]+", " "));
    }
    LoopbackServer.start(() -> copy(client, backend));
    copy(backend, client);
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
    server.close();
  }
}
