package asyncinfo.ratelimit;

import java.util.Locale;
import java.util.Optional;

/** Recognises that calls above the limit wait, some of them, instead of being refused. */
final class DelayRule implements Rule {
  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    if (!evidence.delay().found()) {
      return Optional.empty();
    }
    String counts =
        String.format(
            Locale.ROOT,
            "%s of %d at once get through, some of them after %.2f s",
            LimitNumbers.list(evidence.bursts()),
            evidence.limitedApi().burst(),
            evidence.delay().longest());
    return Optional.of(
        evidence.exceedsInEachBurst()
            ? Classification.certainlyWrong(LimiterModel.QUEUED_AND_REFUSED, counts)
            : Classification.unclear(counts));
  }
}
