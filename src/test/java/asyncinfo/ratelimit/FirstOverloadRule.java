package asyncinfo.ratelimit;

import asyncinfo.ratelimit.WindowClock.OverloadedWindow;
import java.util.List;
import java.util.Optional;

/** Recognises that a limit is not enforced in the first seconds of an overload. */
final class FirstOverloadRule implements Rule {
  /** The overloaded windows at the end of the run that have to keep the limit. */
  private static final int LAST_WINDOWS = 6;

  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    int promised = evidence.promised();
    ProbeStatistics.ProbeCount first = evidence.bursts().get(0);
    if (!first.whole() || evidence.reading().excess() == 0) {
      return Optional.empty();
    }
    List<OverloadedWindow> windows = evidence.overloadedWindows();
    List<OverloadedWindow> above = windows.stream().filter(w -> w.accepted() > promised).toList();
    ProbeStatistics.ProbeCount later =
        evidence.statistics().count(new ProbeId(Probe.RECOVERY, Workload.RECOVERIES, 0));
    // A counter that lags lets bursts through at any time, but never two limits in a period.
    boolean notOnlyBursts =
        !later.whole() || above.stream().anyMatch(w -> w.accepted() >= 2 * promised);
    boolean keptAtLast =
        windows.size() > LAST_WINDOWS
            && windows.subList(windows.size() - LAST_WINDOWS, windows.size()).stream()
                .allMatch(w -> w.accepted() <= promised);
    if (!notOnlyBursts
        || !keptAtLast
        || above.stream().anyMatch(w -> w.accepted() < w.sent())
        || 2 * above.size() > windows.size()) {
      return Optional.empty();
    }
    return Optional.of(
        Classification.certainlyWrong(
            "%d of %d at once get through in the first seconds of an overload"
                .formatted(first.accepted(), first.sent()),
            "%d of %d overloaded windows let all calls through, the last ones %d"
                .formatted(above.size(), windows.size(), promised)));
  }
}
