package asyncinfo.selftest;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.Header;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.RestAssuredClient;
import asyncinfo.client.SignedRequest;
import asyncinfo.client.Timeouts;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** An HTTP server of the JDK that relays to another endpoint: a stack without Jetty or WireMock. */
final class JdkFront implements AutoCloseable {
  private static final int THREADS = 8;

  /** Headers of a connection, which are not relayed. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "transfer-encoding", "keep-alive", "date");

  /** The ways in which it writes responses. */
  enum Style {
    /** With a length, on a connection that stays open. */
    PLAIN,
    /** In chunks, compressed where the client accepts it, with further headers. */
    CHUNKED,
    /** On a connection that is closed. */
    CLOSE
  }

  private final HttpServer server;
  private final RestAssuredClient upstream;
  private final Style style;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  /**
   * Starts to relay.
   *
   * @param server a bound server that has not been started
   * @param upstream the endpoint to relay to
   */
  JdkFront(HttpServer server, URI upstream, Style style) {
    this.server = server;
    this.upstream = new RestAssuredClient(upstream, Timeouts.DEFAULT);
    this.style = style;
    server.setExecutor(threads);
    server.createContext("/", this::relay);
    server.start();
  }

  private void relay(HttpExchange exchange) throws IOException {
    try (exchange) {
      write(exchange, upstream.send(request(exchange)));
    } catch (NoResponseException e) {
      throw new IOException(e);
    }
  }

  private static SignedRequest request(HttpExchange exchange) throws IOException {
    List<Header> headers = new ArrayList<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(v -> headers.add(new Header(name, v))));
    headers.removeIf(header -> isOfTheConnection(header.name()));
    return new SignedRequest(
        exchange.getRequestMethod(),
        Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
        headers,
        exchange.getRequestBody().readAllBytes());
  }

  private void write(HttpExchange exchange, ApiResponse response) throws IOException {
    response.headers().stream()
        .filter(header -> !isOfTheConnection(header.name()))
        .filter(header -> !header.name().equalsIgnoreCase("Content-Encoding"))
        .forEach(header -> exchange.getResponseHeaders().add(header.name(), header.value()));
    byte[] body = response.body();
    if (style == Style.CLOSE) {
      exchange.getResponseHeaders().set("Connection", "close");
    }
    if (style == Style.CHUNKED) {
      exchange.getResponseHeaders().add("Vary", "Accept-Encoding");
      exchange.getResponseHeaders().add("Set-Cookie", "route=1; Path=/");
      if (String.valueOf(exchange.getRequestHeaders().getFirst("Accept-Encoding"))
          .contains("gzip")) {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        body = compressed(body);
      }
    }
    exchange.sendResponseHeaders(
        response.status(), style == Style.CHUNKED ? 0 : body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static boolean isOfTheConnection(String header) {
    return OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
  }

  private static byte[] compressed(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    upstream.close();
  }
}
