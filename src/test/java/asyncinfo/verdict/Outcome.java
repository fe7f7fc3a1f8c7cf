package asyncinfo.verdict;

/** What one check found about one clause. */
public enum Outcome {
  /** The endpoint kept the clause. */
  PASSED,
  /** The endpoint broke it. */
  FAILED,
  /** There is no honest way to bring the clause about on this target. */
  NOT_TESTABLE,
  /**
   * The harness or the way to the endpoint failed, so the check says nothing about the endpoint.
   */
  ERROR
}
