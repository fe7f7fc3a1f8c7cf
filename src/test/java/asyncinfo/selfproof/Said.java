package asyncinfo.selfproof;

import asyncinfo.wire.Header;
import asyncinfo.wire.Reply;
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
record Said(Reply reply, Delivery delivery, int delay) {

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
  static Said plainly(Reply reply) {
    return new Said(reply, Delivery.PLAIN, 0);
  }

  String text() {
    return reply.text();
  }

  Said withText(String text) {
    return withBody(text.getBytes(StandardCharsets.UTF_8));
  }

  Said changed(UnaryOperator<String> change) {
    return withText(change.apply(text()));
  }

  Said withBody(byte[] body) {
    return new Said(new Reply(reply.status(), reply.headers(), body), delivery, delay);
  }

  Said withStatus(int status) {
    return new Said(new Reply(status, reply.headers(), reply.body()), delivery, delay);
  }

  /** The same with a header; without it where the value is null. */
  Said withHeader(String name, String value) {
    List<Header> headers = new ArrayList<>(reply.headers());
    headers.removeIf(h -> h.name().equalsIgnoreCase(name));
    if (value != null) {
      headers.add(new Header(name, value));
    }
    return new Said(new Reply(reply.status(), List.copyOf(headers), reply.body()), delivery, delay);
  }

  Said delivered(Delivery other) {
    return new Said(reply, other, delay);
  }

  Said delayed(int milliseconds) {
    return new Said(reply, delivery, milliseconds);
  }
}
