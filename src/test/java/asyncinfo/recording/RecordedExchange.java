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
 * One request on the wire and what came of it, without secrets: a response or a noResponse.
 *
 * @param request the request, line by line, for people; a long one is cut
 * @param response what came back; absent where nothing did
 * @param noResponse why nothing came back; absent where something did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordedExchange(List<String> request, RecordedResponse response, String noResponse) {
  private static final Pattern AUTHORIZATION = Pattern.compile("(?m)^Authorization: .*");
  private static final Pattern NONCE = Pattern.compile("\\bNonce=\\d+");

  /** How long a text is that was cut depends on the nonce. */
  private static final Pattern CUT = Pattern.compile("… \\(\\d+ characters in all\\)");

  private static final Pattern TIMESTAMP = Pattern.compile("(Timestamp(?:=|: ))(\\d{1,15})\\b");

  /**
   * A request that was answered.
   *
   * @param secrets takes out what is secret of the request, also where the response repeats it
   * @param stated when the request was made: the time that it states, where it is a good one
   * @param received when the response came, by the same clock
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

  /** A request to which nothing came back, and why. */
  public static RecordedExchange unanswered(
      SignedRequest message, String why, Redaction secrets, Instant stated) {
    return new RecordedExchange(lines(message, secrets, stated), null, secrets.apply(why));
  }

  /** The same with another response. */
  RecordedExchange with(RecordedResponse other) {
    return new RecordedExchange(request, other, noResponse);
  }

  /** The same with other lines of its request. */
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
