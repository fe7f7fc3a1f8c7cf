package asyncinfo.verdict;

/** What one check found about one clause. */
public enum Outcome {
  /** The endpoint kept the clause. */
  KEPT,
  /** The endpoint broke it. */
  BROKEN,
  /** There is no honest way to bring the clause about on this target. */
  NOT_PROVOKABLE,
  /**
   * The harness or the way to the endpoint failed, so the check says nothing about the endpoint.
   */
  TROUBLE
}
