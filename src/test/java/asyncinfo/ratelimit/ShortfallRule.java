package asyncinfo.ratelimit;

import asyncinfo.ratelimit.WindowClock.OverloadedWindow;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Recognises that fewer calls get through than promised. A burst after a rest is clear of earlier
 * calls, so no compliant limiter accepts less than the limit of it; but other callers of the same
 * account may use a part of the budget, now and then.
 */
final class ShortfallRule implements Rule {
  private static final int LONGEST_CYCLE = 8;

  /** The share of the windows of a cycle that have to be low. */
  private static final double REGULAR = 0.75;

  /** The share of the windows between them that certainly are not low. */
  private static final double EXACT = 0.6;

  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    int promised = evidence.promised();
    List<ProbeStatistics.ProbeCount> isolated = evidence.isolatedBursts();
    int fewest = isolated.stream().mapToInt(ProbeStatistics.ProbeCount::atMost).min().orElse(0);
    int most = isolated.stream().mapToInt(ProbeStatistics.ProbeCount::atMost).max().orElse(0);
    String counts =
        "%s of %d at once get through"
            .formatted(LimitNumbers.list(isolated), evidence.limitedApi().burst());
    long few = isolated.stream().filter(b -> 2 * b.atMost() <= promised).count();
    if (few >= 3) {
      return Optional.of(Classification.certainlyWrong("", counts));
    }
    return collapses(evidence, most)
        .or(() -> lulls(evidence))
        .or(() -> refusedBelow(evidence))
        .or(
            () ->
                fewest < promised
                    ? Optional.of(
                        Classification.inconclusive(
                            "the number that gets through changes, "
                                + counts.replace(" get through", "")
                                + "; others may use the same budget"))
                    : Optional.empty());
  }

  /**
   * A burst is accepted as promised, and an overload that lasts gets less than half of it. Where it
   * gets almost nothing, refused calls may count too.
   */
  private static Optional<Classification> collapses(RunEvidence evidence, int most) {
    ProbeStatistics.ProbeCount sustained = evidence.statistics().count(Probe.SUSTAINED);
    int periods = evidence.statistics().rounds(Probe.SUSTAINED);
    return most >= evidence.promised()
            && sustained.accepted() > 2 * evidence.promised()
            && 2 * sustained.atMost() < periods * evidence.promised()
        ? Optional.of(
            Classification.certainlyWrong(
                "",
                "%d get through in %d periods of twice the limit"
                    .formatted(sustained.accepted(), periods)))
        : Optional.empty();
  }

  /**
   * Every so many windows let fewer through, always as many, and those between do not: a regular
   * cycle that no other caller keeps.
   */
  private static Optional<Classification> lulls(RunEvidence evidence) {
    int promised = evidence.promised();
    List<OverloadedWindow> windows = evidence.overloadedWindows();
    List<OverloadedWindow> low = windows.stream().filter(w -> w.accepted() < promised).toList();
    boolean alike = low.stream().map(OverloadedWindow::accepted).distinct().count() == 1;
    if (low.size() < 3 || 2 * low.size() > windows.size() || !alike) {
      return Optional.empty();
    }
    double period = evidence.limitedApi().seconds();
    return IntStream.rangeClosed(2, LONGEST_CYCLE)
            .anyMatch(
                cycle -> {
                  List<OverloadedWindow> due =
                      windows.stream()
                          .filter(
                              w ->
                                  Math.round((w.begin() - low.get(0).begin()) / period) % cycle
                                      == 0)
                          .toList();
                  List<OverloadedWindow> others =
                      windows.stream().filter(w -> !due.contains(w)).toList();
                  // Where few windows are counted exactly, low ones hide between those.
                  return due.containsAll(low)
                      && low.size() >= REGULAR * due.size()
                      && others.stream().filter(OverloadedWindow::exact).count()
                          >= EXACT * others.size();
                })
        ? Optional.of(
            Classification.certainlyWrong(
                "%d, in some %ss %d".formatted(promised, evidence.period(), low.get(0).accepted()),
                "%d of %d overloaded windows let fewer than %d through"
                    .formatted(low.size(), windows.size(), promised)))
        : Optional.empty();
  }

  private static Optional<Classification> refusedBelow(RunEvidence evidence) {
    ProbeStatistics.ProbeCount low = evidence.statistics().count(ProbeId.of(Probe.BELOW));
    ProbeStatistics.ProbeCount half = evidence.statistics().count(ProbeId.of(Probe.WINDOW_EDGE, 1));
    return low.throttled() + half.throttled() > 0
        ? Optional.of(
            Classification.unclear(
                "%d of %d calls at three quarters of the limit are refused, and %d of %d at once"
                    .formatted(low.throttled(), low.sent(), half.throttled(), half.sent())))
        : Optional.empty();
  }
}
