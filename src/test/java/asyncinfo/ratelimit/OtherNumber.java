package asyncinfo.ratelimit;

import java.util.Optional;

/** Finds the limiter of another number that contradicts no call of a run. */
final class OtherNumber {
  private OtherNumber() {}

  /** Returns that limiter in words, such as {@code 21 per second (fixed window)}. */
  static Optional<String> find(RunEvidence evidence) {
    ObservedCalls calls = evidence.calls();
    double period = evidence.limitedApi().seconds();
    double rate = evidence.promised() / period;
    int number =
        evidence.isolatedBursts().stream()
            .mapToInt(ProbeStatistics.ProbeCount::atMost)
            .min()
            .orElse(0);
    if (number == 0 || number == evidence.limitedApi().burst()) {
      return Optional.empty();
    }
    if (new WindowClock(number, period, 1).best(calls).fits()) {
      return named(LimiterModel.each(number, period), LimiterModel.FIXED_WINDOW);
    }
    if (WindowFit.slidingLog(calls, number, period).fits()) {
      return named(LimiterModel.each(number, period), LimiterModel.SLIDING_LOG);
    }
    if (WindowFit.openedByFirstCall(calls, number, period).fits()) {
      return named(LimiterModel.each(number, period), LimiterModel.OPENED_BY_FIRST);
    }
    // A bucket refills while a burst arrives.
    for (int size = Math.max(1, number - 2); size <= number; size++) {
      if (size != evidence.promised() && WindowFit.tokenBucket(calls, size, rate).fits()) {
        return named(LimiterModel.number(rate) + " per second", LimiterModel.tokenBucket(size));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> named(String limit, String manner) {
    return Optional.of("%s (%s)".formatted(limit, manner));
  }
}
