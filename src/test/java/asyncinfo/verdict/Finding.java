package asyncinfo.verdict;

import java.util.Objects;

/**
 * Details of a violated clause, or of one without a verdict. Nothing in it is secret.
 *
 * @param expected every acceptable outcome
 * @param actual the outcome
 * @param requestId the RequestId of the response; empty if there was none
 * @param request the request, redacted; empty where none was sent
 * @param reply the response; empty if there was none
 * @param reproduce a command that repeats the check
 * @param curl shell commands that sign the request anew and send it; empty where it was sent with
 *     no valid signature
 * @param defect the defect of the response that explains the finding; null if no rule for every
 *     response is violated at the place that the check is about
 */
public record Finding(
    String expected,
    String actual,
    String requestId,
    String request,
    String reply,
    String reproduce,
    String curl,
    Defect defect) {

  /** Treats what an older evidence file lacks as empty. */
  public Finding {
    curl = Objects.requireNonNullElse(curl, "");
  }

  /** A finding without a command for curl and without a known defect of the response. */
  public Finding(
      String expected,
      String actual,
      String requestId,
      String request,
      String reply,
      String reproduce) {
    this(expected, actual, requestId, request, reply, reproduce, "", null);
  }

  /** Returns a finding without a response. */
  public static Finding of(String expected, String actual, String reproduce) {
    return new Finding(expected, actual, "", "", "", reproduce);
  }
}
