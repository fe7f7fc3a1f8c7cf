package asyncinfo.ratelimit;

import asyncinfo.ratelimit.WindowClock.OverloadedWindow;
import java.util.List;
import java.util.Optional;

/**
 * Recognises that more calls get through than promised: wherever the boundaries of the windows may
 * lie, at least one window has too many.
 */
final class ExcessRule implements Rule {
  /** Windows above the limit that are this few are named as exceptions. */
  private static final double EXCEPTIONS = 0.6;

  private static final int SMALL_LEAK = 3;

  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    if (evidence.delay().found() || evidence.reading().excess() == 0) {
      return Optional.empty();
    }
    int promised = evidence.promised();
    List<OverloadedWindow> windows = evidence.overloadedWindows();
    List<OverloadedWindow> above = windows.stream().filter(w -> w.accepted() > promised).toList();
    if (!evidence.reading().evident() || above.isEmpty()) {
      return Optional.of(withoutClock(evidence));
    }
    if (above.size() >= EXCEPTIONS * windows.size()) {
      return Optional.of(Classification.certainlyWrong("", atOnce(evidence)));
    }
    int most = above.stream().mapToInt(OverloadedWindow::accepted).max().orElseThrow();
    return Optional.of(
        Classification.certainlyWrong(
            aboveNowAndThen(evidence, most),
            "%d of %d overloaded windows let more than %d through, up to %d"
                .formatted(above.size(), windows.size(), promised, most)));
  }

  /** No clock begins the windows, so only bursts are counted, and what no boundary explains. */
  private static Classification withoutClock(RunEvidence evidence) {
    int promised = evidence.promised();
    List<ProbeStatistics.ProbeCount> bursts = evidence.isolatedBursts();
    long above = bursts.stream().filter(b -> b.accepted() > promised).count();
    int most = bursts.stream().mapToInt(ProbeStatistics.ProbeCount::accepted).max().orElseThrow();
    // The boundary of a window may explain one of them.
    boolean nowAndThen = above > 1 && above < EXCEPTIONS * bursts.size();
    return Classification.certainlyWrong(
        nowAndThen ? aboveNowAndThen(evidence, most) : "",
        "wherever the %ss begin, at least %d accepted calls are more than %d in one of them; %s"
            .formatted(evidence.period(), evidence.reading().excess(), promised, atOnce(evidence)));
  }

  private static String aboveNowAndThen(RunEvidence evidence, int most) {
    int promised = evidence.promised();
    return most <= promised + SMALL_LEAK
        ? "%d, in some %ss %d".formatted(promised, evidence.period(), most)
        : "%d, and up to %d now and then".formatted(promised, most);
  }

  private static String atOnce(RunEvidence evidence) {
    return "%s of %d at once get through"
        .formatted(LimitNumbers.list(evidence.isolatedBursts()), evidence.limitedApi().burst());
  }
}
