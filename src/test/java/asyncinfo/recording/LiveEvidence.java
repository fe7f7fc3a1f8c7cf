package asyncinfo.recording;

import asyncinfo.recording.Recording.Head;
import asyncinfo.verdict.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The latest conclusive verdict on each clause at a live endpoint, according to recordings. */
public final class LiveEvidence {
  private static final Set<Verdict> EVIDENCE =
      Set.of(Verdict.PASS, Verdict.FAIL, Verdict.WAIVED, Verdict.DEVIATES);

  private final int runs;
  private final Map<Key, LastResult> results = new HashMap<>();
  private final Map<Key, Instant> notTestable = new HashMap<>();

  private record Key(String api, String clause) {}

  /**
   * A conclusive verdict on a clause.
   *
   * @param verdict the verdict
   * @param when the start time of the run
   */
  public record LastResult(Verdict verdict, Instant when) {}

  private LiveEvidence(int runs) {
    this.runs = runs;
  }

  /** Returns the evidence of recordings, from their metadata. */
  public static LiveEvidence of(List<Head> heads) {
    LiveEvidence all =
        new LiveEvidence((int) heads.stream().map(Head::recorded).distinct().count());
    heads.forEach(h -> all.add(h.folder(), h.verdicts(), h.finished(), h.when()));
    return all;
  }

  /**
   * Returns a copy that includes another live run.
   *
   * @param api the folder of the API under {@code schemas/}
   * @param verdicts its verdicts, by clause id
   * @param finished false if the run was interrupted
   * @param when the start time of the run
   */
  public LiveEvidence with(
      String api, Map<String, Verdict> verdicts, boolean finished, Instant when) {
    LiveEvidence more = new LiveEvidence(runs);
    more.results.putAll(results);
    more.notTestable.putAll(notTestable);
    more.add(api, verdicts, finished, when);
    return more;
  }

  /**
   * Adds a run. An interrupted one may have missed a violation, so its PASS verdicts do not count.
   */
  private void add(String api, Map<String, Verdict> verdicts, boolean finished, Instant when) {
    verdicts.forEach(
        (clause, verdict) -> {
          Key key = new Key(api, clause);
          if (EVIDENCE.contains(verdict) && (finished || verdict != Verdict.PASS)) {
            results.merge(
                key, new LastResult(verdict, when), (a, b) -> a.when().isAfter(b.when()) ? a : b);
          } else if (verdict == Verdict.NOT_TESTABLE) {
            notTestable.merge(key, when, (a, b) -> a.isAfter(b) ? a : b);
          }
        });
  }

  /** Returns the number of runs. */
  public int runs() {
    return runs;
  }

  /** Returns the latest conclusive verdict on a clause of an API. */
  public Optional<LastResult> last(String api, String clause) {
    return Optional.ofNullable(results.get(new Key(api, clause)));
  }

  /** Returns the start time of the latest run that could not trigger a clause. */
  public Optional<Instant> lastNotTestable(String api, String clause) {
    return Optional.ofNullable(notTestable.get(new Key(api, clause)));
  }
}
