package asyncinfo.ratelimit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Recognises a limiter of another number, or a bucket that refills at another rate. */
final class OtherNumberRule implements Rule {
  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    if (evidence.delay().found()) {
      return Optional.empty();
    }
    List<ProbeStatistics.ProbeCount> bursts = evidence.isolatedBursts();
    List<Integer> numbers =
        bursts.stream().map(ProbeStatistics.ProbeCount::atMost).sorted().toList();
    // A boundary adds to a burst, and calls that warm up connections may take from the first.
    return Stream.of(numbers.get(0), numbers.get((numbers.size() - 1) / 2))
        .distinct()
        .filter(number -> number > 0 && number < evidence.limitedApi().burst())
        .flatMap(number -> named(evidence, number).stream())
        .findFirst()
        .map(
            limiter ->
                Classification.certainlyWrong(
                    limiter,
                    "%s of %d at once get through"
                        .formatted(LimitNumbers.list(bursts), evidence.limitedApi().burst())));
  }

  /** Returns the limiter in words, such as {@code 21 per second (fixed window)}. */
  private static Optional<String> named(RunEvidence evidence, int number) {
    double period = evidence.limitedApi().seconds();
    Optional<String> manner =
        number == evidence.promised()
            ? Optional.empty()
            : Manner.first(evidence.calls(), number, period);
    return manner
        .map(name -> "%s (%s)".formatted(LimiterModel.each(number, period), name))
        .or(() -> bucket(evidence, number));
  }

  private static Optional<String> bucket(RunEvidence evidence, int number) {
    double period = evidence.limitedApi().seconds();
    // A bucket refills while a burst arrives.
    for (int size = Math.max(1, number - 2); size <= number; size++) {
      for (int added : new int[] {evidence.promised(), size}) {
        if (size != evidence.promised()
            && WindowFit.tokenBucket(evidence.calls(), size, added / period).fits()) {
          return Optional.of(
              "%s per second (%s)"
                  .formatted(LimiterModel.number(added / period), LimiterModel.tokenBucket(size)));
        }
      }
    }
    return Optional.empty();
  }
}
