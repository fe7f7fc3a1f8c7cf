package asyncinfo.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request ready for the wire, byte for byte; what is here is what is sent.
 *
 * @param method the HTTP method
 * @param query what follows {@code /?}, already encoded; empty when there is no query
 * @param headers all headers that matter, Host included
 * @param body the body; empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes as sent; nobody compares two of them.
public record SignedRequest(String method, String query, List<Header> headers, byte[] body) {

  /** The path with its query. */
  public String target() {
    return query.isEmpty() ? "/" : "/?" + query;
  }

  /** The value of a header, by name in any case. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(h -> h.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** The body as text. */
  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The same message with another method. */
  public SignedRequest withMethod(String other) {
    return new SignedRequest(other, query, headers, body);
  }

  /** The same message with another query. */
  public SignedRequest withQuery(String other) {
    return new SignedRequest(method, other, headers, body);
  }

  /** The same message with another body. */
  public SignedRequest withBody(byte[] other) {
    return new SignedRequest(method, query, headers, other);
  }

  /** The same message with a header's value replaced. */
  public SignedRequest withHeader(String name, String value) {
    List<Header> others = new ArrayList<>(withoutHeader(name).headers);
    others.add(new Header(name, value));
    return new SignedRequest(method, query, List.copyOf(others), body);
  }

  /** The same message without a header. */
  public SignedRequest withoutHeader(String name) {
    return new SignedRequest(
        method,
        query,
        headers.stream().filter(h -> !h.name().equalsIgnoreCase(name)).toList(),
        body);
  }
}
