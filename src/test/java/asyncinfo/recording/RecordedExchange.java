package asyncinfo.recording;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.Redaction;
import asyncinfo.client.SignedRequest;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request and its response, or the reason for which there was none, without secrets.
 *
 * @param request the lines of the request, for the reader; truncated if long
 * @param response the response; absent if none was received
 * @param noResponse the transport failure; absent if a response was received
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordedExchange(List<String> request, RecordedResponse response, String noResponse) {
  private static final Pattern AUTHORIZATION = Pattern.compile("(?m)^Authorization: .*");
  private static final Pattern NONCE = Pattern.compile("\\bNonce=\\d+");

  /** Mark of truncation, with a length that depends on the nonce. */
  private static final Pattern CUT = Pattern.compile("… \\(\\d+ characters in all\\)");

  private static final Pattern TIMESTAMP = Pattern.compile("(Timestamp(?:=|: ))(\\d{1,15})\\b");

  /**
   * Returns an exchange with a response.
   *
   * @param secrets redacts the secrets of the request, also in the response
   * @param stated the timestamp of a valid request made at the same time
   * @param received the time of receipt, by the same clock
   */
  public static RecordedExchange answered(
      SignedRequest message,
      ApiResponse response,
      Redaction secrets,
      Instant stated,
      Instant received) {
    return new RecordedExchange(
        lines(message, secrets, stated), RecordedResponse.of(response, secrets, received), null);
  }

  /** Returns an exchange without a response, with the reason. */
  public static RecordedExchange unanswered(
      SignedRequest message, String why, Redaction secrets, Instant stated) {
    return new RecordedExchange(lines(message, secrets, stated), null, secrets.apply(why));
  }

  /** Returns a copy with another response. */
  RecordedExchange with(RecordedResponse other) {
    return new RecordedExchange(request, other, noResponse);
  }

  /** Returns a copy with other request lines. */
  RecordedExchange with(List<String> lines) {
    return new RecordedExchange(lines, response, noResponse);
  }

  private static List<String> lines(SignedRequest message, Redaction secrets, Instant stated) {
    String text = AUTHORIZATION.matcher(secrets.request(message)).replaceAll("Authorization: ***");
    text = NONCE.matcher(text).replaceAll("Nonce=<nonce>");
    return TIMESTAMP
        .matcher(CUT.matcher(text).replaceAll("…"))
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1)
                        + RelativeTime.text(
                            "time", Long.parseLong(found.group(2)) - stated.getEpochSecond())))
        .lines()
        .toList();
  }
}
