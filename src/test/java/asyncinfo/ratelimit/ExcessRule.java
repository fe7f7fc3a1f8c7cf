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
    Optional<String> other = OtherNumber.find(evidence);
    if (other.isEmpty() && above.isEmpty()) {
      return Optional.of(
          Classification.certainlyWrong(
              "",
              "wherever the %ss begin, at least %d accepted calls are more than %d in one of them"
                  .formatted(evidence.period(), evidence.reading().excess(), promised)));
    }
    if (other.isPresent() || above.size() >= EXCEPTIONS * windows.size()) {
      return Optional.of(
          Classification.certainlyWrong(
              other.orElse(""),
              "%s of %d at once get through"
                  .formatted(LimitNumbers.list(evidence.bursts()), evidence.limitedApi().burst())));
    }
    int most = above.stream().mapToInt(OverloadedWindow::accepted).max().orElseThrow();
    return Optional.of(
        Classification.certainlyWrong(
            most <= promised + SMALL_LEAK
                ? "%d, in some %ss %d".formatted(promised, evidence.period(), most)
                : "%d, and up to %d now and then".formatted(promised, most),
            "%d of %d overloaded windows let more than %d through, up to %d"
                .formatted(above.size(), windows.size(), promised, most)));
  }
}
