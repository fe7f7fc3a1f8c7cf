package asyncinfo.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Accepts connections on a free port of the loopback address and serves each in a thread of its
 * own. It holds every socket until the end: one that is collected as garbage would be closed.
 */
public final class LoopbackServer implements AutoCloseable {
  private final ServerSocket server;
  private final Connection connection;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** Serves a connection. An exception ends it, as when the other side has closed it. */
  public interface Connection {
    void serve(Socket client) throws IOException;
  }

  /** Starts a server. */
  public LoopbackServer(Connection connection) {
    this.connection = connection;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Connects to a backend on the loopback address, until the server is closed. */
  public Socket connect(int port) throws IOException {
    Socket backend = new Socket(InetAddress.getLoopbackAddress(), port);
    sockets.add(backend);
    return backend;
  }

  /** Starts a thread that does not keep the JVM alive. */
  static void start(Runnable task) {
    Thread thread = new Thread(task, "loopback-server");
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
      connection.serve(client);
    } catch (IOException e) {
      // Either side has closed, as at the end of a run; a client that still waits reports it.
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
