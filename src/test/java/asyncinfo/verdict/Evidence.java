package asyncinfo.verdict;

import java.util.Objects;

/**
 * The result of one check of one clause on one API.
 *
 * @param clause the clause id
 * @param api the id of the API
 * @param check the check that found it, such as {@code OutputParametersIT [POST v3]}
 * @param outcome the outcome
 * @param finding expected and actual behaviour; null if the check passed
 * @param count the number of observations that this stands for
 * @param seen the part of the response that bears on the clause, such as a value or an error code,
 *     without secrets; empty if there was no response
 * @param requestId the RequestId of the response; empty if there was none
 */
public record Evidence(
    String clause,
    String api,
    String check,
    Outcome outcome,
    Finding finding,
    int count,
    String seen,
    String requestId) {

  /** Replaces parts that a line of an older log lacks by empty ones. */
  public Evidence {
    Objects.requireNonNull(api, "api is missing");
    seen = Objects.requireNonNullElse(seen, "");
    requestId = Objects.requireNonNullElse(requestId, "");
  }

  /** Makes evidence that rests on no single response. */
  public Evidence(
      String clause, String api, String check, Outcome outcome, Finding finding, int count) {
    this(clause, api, check, outcome, finding, count, "", "");
  }

  /** Returns one observation that passed. */
  public static Evidence passed(String clause, String api, String check) {
    return new Evidence(clause, api, check, Outcome.PASSED, null, 1);
  }

  /** Returns the same evidence with the part of the response behind it. */
  public Evidence with(String whatWasSeen, String replysRequestId) {
    return new Evidence(clause, api, check, outcome, finding, count, whatWasSeen, replysRequestId);
  }
}
