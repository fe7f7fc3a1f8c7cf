package asyncinfo.recording;

import asyncinfo.recording.Recording.Head;
import asyncinfo.verdict.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** When each clause was last proved or refuted at a live endpoint, as recordings have it. */
public final class LiveEvidence {
  private static final Set<Verdict> EVIDENCE =
      Set.of(Verdict.PASS, Verdict.FAIL, Verdict.WAIVED, Verdict.DEVIATES);

  private final int runs;
  private final Map<Key, LastResult> results = new HashMap<>();
  private final Map<Key, Instant> notTestable = new HashMap<>();

  private record Key(String product, String clause) {}

  /**
   * A clause was proved or refuted.
   *
   * @param verdict which of the two
   * @param when when the run began
   */
  public record LastResult(Verdict verdict, Instant when) {}

  private LiveEvidence(int runs) {
    this.runs = runs;
  }

  /** What recordings say, by what is known of their runs. */
  public static LiveEvidence of(List<Head> heads) {
    LiveEvidence all =
        new LiveEvidence((int) heads.stream().map(Head::recorded).distinct().count());
    heads.forEach(h -> all.add(h.product(), h.verdicts(), h.finished(), h.when()));
    return all;
  }

  /**
   * The same with what another live run found.
   *
   * @param product the API that it was about
   * @param verdicts its verdicts, by clause id
   * @param finished whether it came to its end
   * @param when when it was
   */
  public LiveEvidence with(
      String product, Map<String, Verdict> verdicts, boolean finished, Instant when) {
    LiveEvidence more = new LiveEvidence(runs);
    more.results.putAll(results);
    more.notTestable.putAll(notTestable);
    more.add(product, verdicts, finished, when);
    return more;
  }

  /** A run that was cut short may have missed what refutes a clause, so it proves none. */
  private void add(String product, Map<String, Verdict> verdicts, boolean finished, Instant when) {
    verdicts.forEach(
        (clause, verdict) -> {
          Key key = new Key(product, clause);
          if (EVIDENCE.contains(verdict) && (finished || verdict != Verdict.PASS)) {
            results.merge(
                key, new LastResult(verdict, when), (a, b) -> a.when().isAfter(b.when()) ? a : b);
          } else if (verdict == Verdict.NOT_TESTABLE) {
            notTestable.merge(key, when, (a, b) -> a.isAfter(b) ? a : b);
          }
        });
  }

  /** How many runs there are. */
  public int runs() {
    return runs;
  }

  /** When a clause was last proved or refuted of an API. */
  public Optional<LastResult> last(String product, String clause) {
    return Optional.ofNullable(results.get(new Key(product, clause)));
  }

  /** When a run last found that a clause cannot be brought about. */
  public Optional<Instant> lastNotTestable(String product, String clause) {
    return Optional.ofNullable(notTestable.get(new Key(product, clause)));
  }
}
