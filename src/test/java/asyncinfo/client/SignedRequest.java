package asyncinfo.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A signed HTTP request, which is sent byte for byte.
 *
 * @param method the HTTP method
 * @param query the encoded part after {@code /?}; empty without a query
 * @param headers the headers to send, including Host
 * @param body the body; empty without one
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes as sent; instances are never compared.
public record SignedRequest(String method, String query, List<Header> headers, byte[] body) {

  /** Returns the path with its query. */
  public String target() {
    return query.isEmpty() ? "/" : "/?" + query;
  }

  /** Returns the value of a header; the name is case-insensitive. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(h -> h.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** Returns the body as UTF-8 text. */
  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Returns a copy with another method. */
  public SignedRequest withMethod(String other) {
    return new SignedRequest(other, query, headers, body);
  }

  /** Returns a copy with another query. */
  public SignedRequest withQuery(String other) {
    return new SignedRequest(method, other, headers, body);
  }

  /** Returns a copy with another body. */
  public SignedRequest withBody(byte[] other) {
    return new SignedRequest(method, query, headers, other);
  }

  /** Returns a copy with a header's value replaced. */
  public SignedRequest withHeader(String name, String value) {
    List<Header> others = new ArrayList<>(withoutHeader(name).headers);
    others.add(new Header(name, value));
    return new SignedRequest(method, query, List.copyOf(others), body);
  }

  /** Returns a copy without a header. */
  public SignedRequest withoutHeader(String name) {
    return new SignedRequest(
        method,
        query,
        headers.stream().filter(h -> !h.name().equalsIgnoreCase(name)).toList(),
        body);
  }
}
