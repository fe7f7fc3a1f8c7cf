package asyncinfo.client;

import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An HTTP response as received.
 *
 * @param status the HTTP status
 * @param headers all headers, in order; without Content-Encoding where the body is decoded from it
 * @param body the body, decoded from its Content-Encoding where that is possible
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes as received; instances are never compared.
public record ApiResponse(int status, List<Header> headers, byte[] body) {
  /** A header that remains only where the body could not be decoded from what it names. */
  public static final String CONTENT_ENCODING = "Content-Encoding";

  /** Maximum length of a line of a non-JSON body in messages, in characters. */
  private static final int LONGEST_LINE = 80;

  /** Returns the value of a header; the name is case-insensitive. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(h -> h.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** Returns the body as UTF-8 text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Returns the body as a lenient client parses it; empty if it is not JSON. */
  public Optional<JsonNode> json() {
    try {
      return Optional.of(Json.readLeniently(text()));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the text of a member of {@code Response}; empty if it is absent, an object, an array or
   * null.
   */
  public Optional<String> member(String name) {
    return json()
        .map(root -> root.path("Response").path(name))
        .filter(member -> member.isValueNode() && !member.isNull())
        .map(JsonNode::asString);
  }

  /** Returns whether the body carries {@code Response.Error}, the documented sign of failure. */
  public boolean isError() {
    return json().map(Specification::isError).orElse(false);
  }

  /** Returns whether the body has a {@code Response} object without an error. */
  public boolean isData() {
    return json().map(root -> root.path("Response").isObject()).orElse(false) && !isError();
  }

  /** Returns the error code, the data, or the HTTP status and the first line, for messages. */
  public String summary() {
    if (status != 200 || json().isEmpty()) {
      String start = text().strip().lines().findFirst().orElse("");
      return "HTTP %d, %s"
          .formatted(
              status,
              start.isEmpty()
                  ? "empty body"
                  : start.substring(0, Math.min(LONGEST_LINE, start.length())));
    }
    return errorCode()
        .map(code -> "Error.Code " + code)
        .orElseGet(() -> json().orElseThrow().path("Response").toString());
  }

  /** Returns {@code Response.Error.Code}; empty if it is absent or not a string. */
  public Optional<String> errorCode() {
    return string("/Response/Error/Code");
  }

  /** Returns {@code Response.RequestId}; empty if it is absent or not a string. */
  public Optional<String> requestId() {
    return string("/Response/RequestId");
  }

  private Optional<String> string(String pointer) {
    return json().map(root -> root.at(pointer)).filter(JsonNode::isString).map(JsonNode::asString);
  }
}
