package asyncinfo.verdict;

/** The verdict on a clause after a run. */
public enum Verdict {
  /** Proved in this run. */
  PASS,
  /** The endpoint violates it. */
  FAIL,
  /** The endpoint violates it, and a waiver is in force. */
  WAIVED,
  /** The endpoint differs from observed behaviour that no page promises. */
  DEVIATES,
  /** It cannot be triggered on this target. */
  NOT_TESTABLE,
  /** It could have been observed in this run and was not. */
  UNOBSERVED,
  /** The harness or the connection to the endpoint failed. */
  ERROR
}
