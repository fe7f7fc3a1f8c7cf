package asyncinfo.ratelimit;

import java.util.List;
import java.util.Optional;

/**
 * Recognises refusals in the middle of a window: calls that arrive after them are accepted in the
 * same window, so its budget was not used up, by this caller or any other.
 */
final class RefusalsBelowLimitRule implements Rule {
  /** The windows in which this has to happen. */
  private static final int WINDOWS = 3;

  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    List<Integer> after =
        evidence.clock().acceptedAfterRefusal(evidence.calls(), evidence.reading().phase()).stream()
            .sorted()
            .toList();
    long windows = after.stream().filter(n -> n > 0).count();
    // Where capacity returns little by little, most calls are accepted after a refusal.
    if (windows < WINDOWS || after.get(after.size() / 2) * 5 > evidence.promised() * 2) {
      return Optional.empty();
    }
    return Optional.of(
        Classification.certainlyWrong(
            "%d, and refusals below it now and then".formatted(evidence.promised()),
            "in %d of %d windows calls are refused and later ones accepted"
                .formatted(windows, after.size())));
  }
}
