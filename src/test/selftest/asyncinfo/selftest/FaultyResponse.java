package asyncinfo.selftest;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A response of the faulty endpoint.
 *
 * @param content status, headers and body; the body as it is sent
 * @param delivery how it is sent
 * @param delay milliseconds before it is sent
 */
record FaultyResponse(ApiResponse content, Delivery delivery, int delay) {

  /** The manner in which a response is sent. */
  enum Delivery {
    /** With its length, on a connection that stays open. */
    PLAIN,
    /** The same, and the connection is closed after it. */
    CLOSE,
    /** In chunks. */
    CHUNKED,
    /** As HTTP/1.0, until the connection ends. */
    HTTP_1_0,
    /** The connection is reset without a response. */
    RESET,
    /** The connection is closed without a response. */
    NOTHING,
    /** Nothing is sent, and the connection stays open. */
    HANG,
    /** The stated length is ten bytes more than the body. */
    TOO_LONG,
    /** The stated length is ten bytes less than the body. */
    TOO_SHORT,
    /** The connection ends within a chunk. */
    HALF_A_CHUNK,
    /** The body without the head of an HTTP response. */
    NO_HTTP
  }

  /** Returns the original response. */
  static FaultyResponse unchanged(ApiResponse content) {
    return new FaultyResponse(content, Delivery.PLAIN, 0);
  }

  String text() {
    return content.text();
  }

  FaultyResponse withText(String text) {
    return withBody(text.getBytes(StandardCharsets.UTF_8));
  }

  FaultyResponse changed(UnaryOperator<String> change) {
    return withText(change.apply(text()));
  }

  FaultyResponse withBody(byte[] body) {
    return new FaultyResponse(
        new ApiResponse(content.status(), content.headers(), body), delivery, delay);
  }

  FaultyResponse withStatus(int status) {
    return new FaultyResponse(
        new ApiResponse(status, content.headers(), content.body()), delivery, delay);
  }

  /** Returns the same with a header, or without it if the value is null. */
  FaultyResponse withHeader(String name, String value) {
    List<Header> headers = new ArrayList<>(content.headers());
    headers.removeIf(h -> h.name().equalsIgnoreCase(name));
    if (value != null) {
      headers.add(new Header(name, value));
    }
    return new FaultyResponse(
        new ApiResponse(content.status(), List.copyOf(headers), content.body()), delivery, delay);
  }

  FaultyResponse delivered(Delivery other) {
    return new FaultyResponse(content, other, delay);
  }

  FaultyResponse delayed(int milliseconds) {
    return new FaultyResponse(content, delivery, milliseconds);
  }
}
