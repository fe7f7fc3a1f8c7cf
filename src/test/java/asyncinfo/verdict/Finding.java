package asyncinfo.verdict;

/**
 * What a reader needs to believe that a clause is broken, or could not be judged. Nothing in it is
 * secret.
 *
 * @param expected every acceptable outcome
 * @param actual what was seen
 * @param requestId the RequestId of the reply; empty when there was none
 * @param request the request, redacted; empty when none was sent
 * @param reply the reply; empty when there was none
 * @param reproduce a line that repeats the check
 */
public record Finding(
    String expected,
    String actual,
    String requestId,
    String request,
    String reply,
    String reproduce) {

  /** A finding without a reply to show. */
  public static Finding of(String expected, String actual, String reproduce) {
    return new Finding(expected, actual, "", "", "", reproduce);
  }
}
