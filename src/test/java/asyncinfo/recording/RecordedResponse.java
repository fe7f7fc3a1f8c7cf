package asyncinfo.recording;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.Header;
import asyncinfo.client.Redaction;
import asyncinfo.contract.Json;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The parts of a response that rules read.
 *
 * @param status the HTTP status
 * @param contentType the Content-Type header; absent if there was none
 * @param date the Date header, relative to this machine's clock; unchanged if it was not a date;
 *     absent if there was none
 * @param otherHeaders the names of all other headers, in order
 * @param body the body, if it is a JSON object or array; absent otherwise
 * @param text the body, if it is anything else; absent otherwise
 * @param broken true if the body is not valid UTF-8; U+FFFD replaces each invalid sequence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordedResponse(
    int status,
    String contentType,
    String date,
    List<String> otherHeaders,
    JsonNode body,
    String text,
    Boolean broken) {
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String DATE = "Date";
  private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME;
  private static final char NO_CHARACTER = '\uFFFD';

  /** A byte that never occurs in UTF-8. */
  private static final int NO_BYTE = 0xFF;

  /** Pointer to the message of an error, which no rule reads and which may contain times. */
  private static final String MESSAGE = "/Response/Error/Message";

  private static final Pattern CLOCK =
      Pattern.compile(
          "\\b\\d{10}\\b|\\b\\d{4}-\\d\\d-\\d\\d[T"
              + " ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)?");

  private static final long A_DAY = 86_400;

  /** Returns a response without secrets and absolute times. */
  static RecordedResponse of(ApiResponse reply, Redaction secrets, Instant received) {
    Optional<JsonNode> body = container(reply);
    List<String> others =
        reply.headers().stream()
            .map(Header::name)
            .filter(name -> !name.equalsIgnoreCase(CONTENT_TYPE) && !name.equalsIgnoreCase(DATE))
            .map(secrets::apply)
            .toList();
    return new RecordedResponse(
        reply.status(),
        reply.header(CONTENT_TYPE).map(secrets::apply).orElse(null),
        reply.header(DATE).map(date -> secrets.apply(apart(date, received))).orElse(null),
        others,
        body.map(json -> JsonStrings.changed(json, (at, text) -> kept(at, text, secrets, received)))
            .orElse(null),
        body.isPresent() ? null : secrets.apply(reply.text()),
        isUtf8(reply.body()) ? null : true);
  }

  private static String kept(String at, String text, Redaction secrets, Instant received) {
    String redacted = secrets.apply(text);
    return at.equals(MESSAGE)
        ? CLOCK
            .matcher(redacted)
            .replaceAll(found -> Matcher.quoteReplacement(clock(found, received)))
        : redacted;
  }

  private static String clock(MatchResult found, Instant received) {
    String text = found.group();
    boolean near =
        text.contains("-")
            ? List.of(-1, 0, 1).stream()
                .map(days -> received.plusSeconds(days * A_DAY).toString().substring(0, 10))
                .anyMatch(text::startsWith)
            : Math.abs(Long.parseLong(text) - received.getEpochSecond()) <= A_DAY;
    return near ? "<time>" : text;
  }

  private static String apart(String date, Instant received) {
    try {
      ZonedDateTime at = ZonedDateTime.parse(date, HTTP_DATE);
      return RelativeTime.text("sent", at.toEpochSecond() - received.getEpochSecond());
    } catch (DateTimeParseException e) {
      return date;
    }
  }

  /** Returns the body as a JSON tree, if the tree represents it without loss. */
  private static Optional<JsonNode> container(ApiResponse reply) {
    if (!isUtf8(reply.body())) {
      return Optional.empty();
    }
    try {
      JsonNode tree = Json.read(reply.text());
      return Optional.of(tree)
          .filter(JsonNode::isContainer)
          .filter(
              json -> json.equals(Json.mapper().readTree(Json.mapper().writeValueAsBytes(json))));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Returns a copy with the strings of its body replaced. */
  RecordedResponse changed(JsonStrings.Change change) {
    return new RecordedResponse(
        status,
        contentType,
        date,
        otherHeaders,
        body == null ? null : JsonStrings.changed(body, change),
        text == null ? null : change.to("", text),
        broken);
  }

  /**
   * Returns the response as if received at another time.
   *
   * @param now the time of receipt, by this machine's clock
   */
  public ApiResponse at(Instant now) {
    List<Header> headers = new ArrayList<>();
    if (contentType != null) {
      headers.add(new Header(CONTENT_TYPE, contentType));
    }
    if (date != null) {
      headers.add(new Header(DATE, dateAt(now)));
    }
    if (otherHeaders != null) {
      otherHeaders.forEach(name -> headers.add(new Header(name, "<not kept>")));
    }
    return new ApiResponse(status, List.copyOf(headers), bytes());
  }

  private String dateAt(Instant now) {
    return RelativeTime.seconds(date).isPresent()
        ? HTTP_DATE.format(
            now.plusSeconds(RelativeTime.seconds(date).getAsLong()).atOffset(ZoneOffset.UTC))
        : date;
  }

  private byte[] bytes() {
    String content = body == null ? Objects.requireNonNullElse(text, "") : body.toString();
    if (broken == null) {
      return content.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length());
    content
        .codePoints()
        .forEach(
            c -> {
              if (c == NO_CHARACTER) {
                bytes.write(NO_BYTE);
              } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
              }
            });
    return bytes.toByteArray();
  }
}
