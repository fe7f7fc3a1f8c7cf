package asyncinfo.verdict;

import java.util.Objects;

/**
 * What one check found about one clause of one API.
 *
 * @param clause the clause id
 * @param product the API, by its product
 * @param check the check that found it, such as {@code OutputParametersIT [POST v3]}
 * @param outcome what it found
 * @param finding what was expected and seen; absent where the clause was kept
 * @param count how many observations this stands for
 * @param seen what the reply had to say about the clause, such as a value or an error code, in a
 *     few words without secrets; empty where there was no reply
 * @param requestId the RequestId of the reply; empty where there was none
 */
public record Evidence(
    String clause,
    String product,
    String check,
    Outcome outcome,
    Finding finding,
    int count,
    String seen,
    String requestId) {

  /** What is absent from a line of an older ledger is empty. */
  public Evidence {
    seen = Objects.requireNonNullElse(seen, "");
    requestId = Objects.requireNonNullElse(requestId, "");
  }

  /** Evidence that no single reply stands behind. */
  public Evidence(
      String clause, String product, String check, Outcome outcome, Finding finding, int count) {
    this(clause, product, check, outcome, finding, count, "", "");
  }

  /** One observation that the clause was kept. */
  public static Evidence passed(String clause, String product, String check) {
    return new Evidence(clause, product, check, Outcome.PASSED, null, 1);
  }

  /** The same evidence with what the reply behind it said. */
  public Evidence with(String whatWasSeen, String replysRequestId) {
    return new Evidence(
        clause, product, check, outcome, finding, count, whatWasSeen, replysRequestId);
  }
}
