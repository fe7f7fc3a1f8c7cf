package asyncinfo.selftest;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.Header;
import asyncinfo.client.LoopbackServer;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Specification;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * A faulty endpoint: forwards each request unchanged to a correct endpoint, and changes the
 * response. It writes to sockets directly, because HTTP libraries refuse to send most of these
 * faults.
 */
final class FaultyServer implements AutoCloseable {
  private final Specification specification;
  private final URI clearFaults;
  private final Function<Exchange, FaultyResponse> fault;
  private final LoopbackServer server;

  /**
   * Starts an endpoint.
   *
   * @param clearFaults the endpoint behind it
   * @param fault returns the response to send instead of the original
   */
  FaultyServer(
      Specification specification, URI clearFaults, Function<Exchange, FaultyResponse> fault) {
    this.specification = specification;
    this.clearFaults = clearFaults;
    this.fault = fault;
    this.server = new LoopbackServer(this::serve);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  private void serve(Socket client) throws IOException {
    try (client;
        Socket backend = server.connect(clearFaults.getPort())) {
      client.setTcpNoDelay(true);
      backend.setTcpNoDelay(true);
      InputStream requests = new BufferedInputStream(client.getInputStream());
      InputStream responses = new BufferedInputStream(backend.getInputStream());
      boolean open = true;
      while (open) {
        Optional<Message> request = Message.read(requests);
        if (request.isEmpty()) {
          return;
        }
        request.get().unzipped().write(backend.getOutputStream());
        Message response = Message.read(responses).orElseThrow(EOFException::new);
        Exchange exchange =
            Exchange.of(specification, request.get().asRequest(), response.asResponse());
        open = deliver(fault.apply(exchange), client);
      }
    }
  }

  /** Sends the response, and returns whether the connection can be used again. */
  private static boolean deliver(FaultyResponse faulty, Socket client) throws IOException {
    LockSupport.parkNanos(Duration.ofMillis(faulty.delay()).toNanos());
    byte[] body = faulty.content().body();
    OutputStream out = client.getOutputStream();
    switch (faulty.delivery()) {
      case PLAIN -> write(out, "1.1", faulty.content(), "Content-Length: " + body.length, body);
      case CLOSE ->
          write(
              out,
              "1.1",
              faulty.content(),
              "Connection: close\r\nContent-Length: " + body.length,
              body);
      case CHUNKED ->
          write(out, "1.1", faulty.content(), "Transfer-Encoding: chunked", chunks(body, true));
      case HALF_A_CHUNK ->
          write(out, "1.1", faulty.content(), "Transfer-Encoding: chunked", chunks(body, false));
      case HTTP_1_0 -> write(out, "1.0", faulty.content(), "Connection: close", body);
      case TOO_LONG ->
          write(out, "1.1", faulty.content(), "Content-Length: " + (body.length + 10), body);
      case TOO_SHORT ->
          write(
              out,
              "1.1",
              faulty.content(),
              "Connection: close\r\nContent-Length: " + Math.max(0, body.length - 10),
              body);
      case NO_HTTP -> out.write(body);
      case RESET -> client.setSoLinger(true, 0);
      case NOTHING -> {}
      case HANG -> {
        // Until the client closes.
        return client.getInputStream().read() >= 0;
      }
    }
    return faulty.delivery() == FaultyResponse.Delivery.PLAIN
        || faulty.delivery() == FaultyResponse.Delivery.CHUNKED;
  }

  private static void write(
      OutputStream out, String version, ApiResponse response, String framing, byte[] body)
      throws IOException {
    StringBuilder head =
        new StringBuilder("HTTP/" + version + " " + response.status() + " planted\r\n");
    response.headers().forEach(h -> head.append(h.name() + ": " + h.value() + "\r\n"));
    head.append(framing).append("\r\n\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + body.length);
    all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(body);
    out.write(all.toByteArray());
    out.flush();
  }

  private static byte[] chunks(byte[] body, boolean whole) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int half = body.length / 2;
    for (byte[] chunk :
        List.of(Arrays.copyOf(body, half), Arrays.copyOfRange(body, half, body.length))) {
      if (chunk.length > 0) {
        out.writeBytes(
            (Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(whole ? chunk : Arrays.copyOf(chunk, chunk.length / 2));
        if (!whole) {
          return out.toByteArray();
        }
        out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
    out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  /** A request or a response of HTTP/1.1 whose body, if any, has a stated length. */
  @SuppressWarnings("ArrayRecordComponent") // Messages are never compared.
  private record Message(String head, byte[] body) {

    static Optional<Message> read(InputStream in) throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream(512);
      int ends = 0;
      while (ends < 4) {
        int next = in.read();
        if (next < 0) {
          return Optional.empty();
        }
        head.write(next);
        boolean expected = next == (ends % 2 == 0 ? '\r' : '\n');
        ends = expected ? ends + 1 : next == '\r' ? 1 : 0;
      }
      Message message = new Message(head.toString(StandardCharsets.ISO_8859_1), new byte[0]);
      int length =
          message.headers().stream()
              .filter(h -> h.name().equalsIgnoreCase("Content-Length"))
              .mapToInt(h -> Integer.parseInt(h.value()))
              .findFirst()
              .orElse(0);
      byte[] body = in.readNBytes(length);
      return body.length < length ? Optional.empty() : Optional.of(new Message(message.head, body));
    }

    /** Returns the same without {@code Accept-Encoding}: faults change plain bodies. */
    Message unzipped() {
      return new Message(head.replaceFirst("(?i)\r\naccept-encoding:[^\r]*", ""), body);
    }

    void write(OutputStream out) throws IOException {
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
    }

    SignedRequest asRequest() {
      String[] line = head.split(" ", 3);
      int mark = line[1].indexOf('?');
      String query = mark < 0 ? "" : line[1].substring(mark + 1);
      return new SignedRequest(line[0], query, headers(), body);
    }

    ApiResponse asResponse() {
      List<Header> headers =
          headers().stream()
              .filter(
                  h ->
                      List.of("content-length", "connection", "transfer-encoding").stream()
                          .noneMatch(h.name()::equalsIgnoreCase))
              .toList();
      return new ApiResponse(Integer.parseInt(head.split(" ", 3)[1]), headers, body);
    }

    private List<Header> headers() {
      List<Header> headers = new ArrayList<>();
      head.lines()
          .skip(1)
          .filter(line -> line.contains(":"))
          .forEach(
              line -> {
                int colon = line.indexOf(':');
                headers.add(
                    new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
              });
      return headers;
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
