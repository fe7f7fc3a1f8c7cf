package asyncinfo.report;

import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.endpoint.Waiver;
import asyncinfo.verdict.ClauseResult;
import asyncinfo.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Status of one waiver after a run.
 *
 * @param clauses ids of the clauses that it waived in the run
 */
record WaiverStatus(Waiver waiver, State state, List<String> clauses) {

  /** States of a waiver. */
  enum State {
    /** It waives at least one violation. */
    USED("is in force", false),
    /** Its last day has passed. */
    EXPIRED("has expired; fix the endpoint or agree on a new date", true),
    /** The clauses that it covers pass. */
    PASSING("is no longer needed, because what it waives passes; remove it", true),
    /** No clause that it covers was found broken or proved. */
    UNUSED("matches nothing that this run judged; remove it", true),
    /** The run was restricted to other clauses, or could not judge these. */
    NOT_ASKED("covers nothing that this run could judge", false);

    private final String description;
    private final boolean blocking;

    State(String description, boolean blocking) {
      this.description = description;
      this.blocking = blocking;
    }
  }

  /** Reports whether the waiver turns the build red. */
  boolean blocking() {
    return state.blocking;
  }

  /**
   * Returns the status of every waiver of a target.
   *
   * @param clauseResults results of the clauses that the run is about
   * @param narrowed whether settings restrict the run to some clauses
   */
  static List<WaiverStatus> all(
      TargetEndpoint target, List<ClauseResult> clauseResults, boolean narrowed) {
    return target.waivers().all().stream()
        .map(waiver -> of(waiver, target, clauseResults, narrowed))
        .toList();
  }

  private static WaiverStatus of(
      Waiver waiver, TargetEndpoint target, List<ClauseResult> clauseResults, boolean narrowed) {
    List<ClauseResult> covered =
        clauseResults.stream().filter(j -> waiver.covers(j.clause())).toList();
    List<String> waived =
        covered.stream()
            .filter(j -> j.verdict() == Verdict.WAIVED)
            .filter(j -> target.waivers().inForce(j.clause()).equals(Optional.of(waiver)))
            .map(j -> j.clause().id())
            .toList();
    State state;
    if (covered.isEmpty() && narrowed) {
      state = State.NOT_ASKED;
    } else if (target.waivers().expired(waiver)) {
      state = State.EXPIRED;
    } else if (!waived.isEmpty()) {
      state = State.USED;
    } else if (covered.stream().anyMatch(j -> j.verdict() == Verdict.ERROR)) {
      state = State.NOT_ASKED;
    } else if (covered.stream().anyMatch(j -> j.verdict() == Verdict.PASS)) {
      state = State.PASSING;
    } else {
      state = State.UNUSED;
    }
    return new WaiverStatus(waiver, state, waived);
  }

  @Override
  public String toString() {
    return "the waiver of %s (%s, expires %s) %s"
        .formatted(waiver.clauses().glob(), waiver.owner(), waiver.expires(), state.description);
  }
}
