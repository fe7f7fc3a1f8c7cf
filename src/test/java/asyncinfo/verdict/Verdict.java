package asyncinfo.verdict;

/** What is known about a clause after a run. */
public enum Verdict {
  /** Proved in this run. */
  PASS,
  /** The endpoint breaks it. */
  FAIL,
  /** The endpoint breaks it, and a waiver in force says so. */
  WAIVED,
  /** The endpoint differs from observed behaviour that no page promises. */
  DEVIATES,
  /** It cannot be brought about on this target. */
  NOT_TESTABLE,
  /** It could have been seen in this run and was not. */
  UNOBSERVED,
  /** The harness or the way to the endpoint failed. */
  ERROR
}
