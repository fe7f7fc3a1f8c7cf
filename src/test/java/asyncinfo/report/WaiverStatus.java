package asyncinfo.report;

import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.endpoint.Waiver;
import asyncinfo.verdict.ClauseResult;
import asyncinfo.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What became of one waiver in a run.
 *
 * @param waiver the waiver
 * @param state whether it still does what it is there for
 * @param clauses the ids of the clauses that it put up with
 */
record WaiverStatus(Waiver waiver, State state, List<String> clauses) {

  /** Whether a waiver still does what it is there for. */
  enum State {
    /** It puts up with a violation. */
    USED("is in force", false),
    /** Its last day has passed. */
    EXPIRED("has expired; mend the endpoint, or agree on another day", true),
    /** What it puts up with does not happen any more. */
    PASSING("is no longer needed, for what it waives passes; remove it", true),
    /** No clause that it covers was found broken, nor proved. */
    UNUSED("waives nothing that this run judged; remove it", true),
    /** The run was narrowed to other clauses, or could not judge these. */
    NOT_ASKED("is about nothing that this run could judge", false);

    private final String words;
    private final boolean blocking;

    State(String words, boolean blocking) {
      this.words = words;
      this.blocking = blocking;
    }
  }

  /** Whether the waiver must not stay as it is. */
  boolean blocking() {
    return state.blocking;
  }

  /**
   * Reviews every waiver of a target.
   *
   * @param clauseResults of the clauses that the run was about
   * @param narrowed whether the run was about some clauses only
   */
  static List<WaiverStatus> all(
      TargetEndpoint target, List<ClauseResult> clauseResults, boolean narrowed) {
    return target.waivers().all().stream()
        .map(waiver -> of(waiver, target, clauseResults, narrowed))
        .toList();
  }

  private static WaiverStatus of(
      Waiver waiver, TargetEndpoint target, List<ClauseResult> clauseResults, boolean narrowed) {
    List<ClauseResult> about =
        clauseResults.stream().filter(j -> waiver.covers(j.clause())).toList();
    List<String> waived =
        about.stream()
            .filter(j -> j.verdict() == Verdict.WAIVED)
            .filter(j -> target.waivers().inForce(j.clause()).equals(Optional.of(waiver)))
            .map(j -> j.clause().id())
            .toList();
    State state;
    if (about.isEmpty() && narrowed) {
      state = State.NOT_ASKED;
    } else if (target.waivers().expired(waiver)) {
      state = State.EXPIRED;
    } else if (!waived.isEmpty()) {
      state = State.USED;
    } else if (about.stream().anyMatch(j -> j.verdict() == Verdict.ERROR)) {
      state = State.NOT_ASKED;
    } else if (about.stream().anyMatch(j -> j.verdict() == Verdict.PASS)) {
      state = State.PASSING;
    } else {
      state = State.UNUSED;
    }
    return new WaiverStatus(waiver, state, waived);
  }

  @Override
  public String toString() {
    return "the waiver of %s (%s, expires %s) %s"
        .formatted(waiver.clauses().glob(), waiver.owner(), waiver.expires(), state.words);
  }
}
