package asyncinfo.verdict;

/** The outcome of one check of one clause. */
public enum Outcome {
  /** The endpoint satisfies the clause. */
  PASSED,
  /** The endpoint violates the clause. */
  FAILED,
  /** The clause cannot be triggered on this target. */
  NOT_TESTABLE,
  /** The harness or the connection to the endpoint failed, so the check yields no verdict. */
  ERROR
}
