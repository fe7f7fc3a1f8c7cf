package asyncinfo.selftest;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** An HTTP server of another make, as a process of its own, that relays to another endpoint. */
final class ProcessFront implements AutoCloseable {
  private static final Path CONFIGURATIONS = Path.of("src/test/resources/selftest/fronts");
  private static final Duration START = Duration.ofSeconds(20);

  private final Process process;
  private final URI endpoint;

  private ProcessFront(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Returns the program of this name on the search path; empty where it is not installed. */
  static Optional<Path> program(String name) {
    return Stream.concat(
            Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts a server.
   *
   * @param directory an empty directory for its configuration and temporary files
   * @param upstream the endpoint to relay to
   * @param configuration a file of {@code selftest/fronts}, with the placeholders {@code {port}},
   *     {@code {upstream}} and {@code {directory}}
   * @param command the program and its arguments; the path of the configuration follows
   */
  static ProcessFront start(
      Path directory, URI upstream, String configuration, List<String> command) throws IOException {
    return start(directory, upstream, configuration, command, "");
  }

  /** Starts a server whose configuration has the placeholder {@code {limit}} too. */
  static ProcessFront start(
      Path directory, URI upstream, String configuration, List<String> command, String limit)
      throws IOException {
    int port = freePort();
    Path file =
        Files.writeString(
            directory.resolve(configuration),
            Files.readString(CONFIGURATIONS.resolve(configuration))
                .replace("{port}", Integer.toString(port))
                .replace("{upstream}", upstream.getHost() + ":" + upstream.getPort())
                .replace("{directory}", directory.toString())
                .replace("{limit}", limit));
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(Stream.concat(command.stream(), Stream.of(file.toString())).toList())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ProcessFront front = new ProcessFront(process, URI.create("http://127.0.0.1:" + port));
    long end = System.nanoTime() + START.toNanos();
    while (!accepts(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        front.close();
        throw new IOException(command.get(0) + " did not start: " + Files.readString(log));
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return front;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
