package asyncinfo.selftest;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the faulty endpoint is about to say, and how.
 *
 * @param reply status, headers and body; the body as it goes over the wire
 * @param delivery how it goes over the wire
 * @param delay milliseconds before it does
 */
record FaultyResponse(ApiResponse reply, Delivery delivery, int delay) {

  /** How a reply goes over the wire. */
  enum Delivery {
    /** With its length, on a connection that stays open. */
    PLAIN,
    /** The same, and the connection is closed after it. */
    CLOSE,
    /** In chunks. */
    CHUNKED,
    /** As HTTP/1.0, until the connection ends. */
    HTTP_1_0,
    /** The connection is reset and nothing is said. */
    RESET,
    /** The connection is closed and nothing is said. */
    NOTHING,
    /** Nothing is said, and the connection stays open. */
    HANG,
    /** A length is stated that is ten bytes more than what follows. */
    TOO_LONG,
    /** A length is stated that is ten bytes less than what follows. */
    TOO_SHORT,
    /** The connection ends within a chunk. */
    HALF_A_CHUNK,
    /** The body alone, without the head of an HTTP reply. */
    NO_HTTP
  }

  /** The honest reply. */
  static FaultyResponse unchanged(ApiResponse reply) {
    return new FaultyResponse(reply, Delivery.PLAIN, 0);
  }

  String text() {
    return reply.text();
  }

  FaultyResponse withText(String text) {
    return withBody(text.getBytes(StandardCharsets.UTF_8));
  }

  FaultyResponse changed(UnaryOperator<String> change) {
    return withText(change.apply(text()));
  }

  FaultyResponse withBody(byte[] body) {
    return new FaultyResponse(
        new ApiResponse(reply.status(), reply.headers(), body), delivery, delay);
  }

  FaultyResponse withStatus(int status) {
    return new FaultyResponse(
        new ApiResponse(status, reply.headers(), reply.body()), delivery, delay);
  }

  /** The same with a header; without it where the value is null. */
  FaultyResponse withHeader(String name, String value) {
    List<Header> headers = new ArrayList<>(reply.headers());
    headers.removeIf(h -> h.name().equalsIgnoreCase(name));
    if (value != null) {
      headers.add(new Header(name, value));
    }
    return new FaultyResponse(
        new ApiResponse(reply.status(), List.copyOf(headers), reply.body()), delivery, delay);
  }

  FaultyResponse delivered(Delivery other) {
    return new FaultyResponse(reply, other, delay);
  }

  FaultyResponse delayed(int milliseconds) {
    return new FaultyResponse(reply, delivery, milliseconds);
  }
}
