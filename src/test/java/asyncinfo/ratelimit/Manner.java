package asyncinfo.ratelimit;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A manner in which a limiter keeps a number.
 *
 * @param name its name
 * @param remark the property worth a remark where the number is the promised one; empty for none
 * @param fits whether it contradicts no call of the run
 */
record Manner(String name, String remark, BooleanSupplier fits) {
  private static final String REFUSED_COUNTED =
      "refused calls count too, so a caller that does not slow down stays refused";
  private static final String PARTLY_COUNTED =
      "the window before counts in part, so less than a limit may come back at once";

  /** Returns the manners without a remark. */
  static List<Manner> plain(ObservedCalls calls, int limit, double period) {
    return List.of(
        new Manner(
            LimiterModel.FIXED_WINDOW, "", () -> new WindowClock(limit, period, 1).fits(calls)),
        new Manner(
            LimiterModel.SLIDING_LOG, "", () -> WindowFit.slidingLog(calls, limit, period).fits()),
        new Manner(
            LimiterModel.OPENED_BY_FIRST,
            "",
            () -> WindowFit.openedByFirstCall(calls, limit, period).fits()));
  }

  /** Returns the manners that are worth a remark. */
  static List<Manner> withRemark(ObservedCalls calls, int limit, double period) {
    return List.of(
        parts(calls, limit, period, 2, LimiterModel.HALVES),
        parts(calls, limit, period, 10, LimiterModel.TENTHS),
        new Manner(
            LimiterModel.SLIDING_LOG_OF_ALL,
            REFUSED_COUNTED,
            () -> WindowFit.slidingLogOfAllCalls(calls, limit, period).fits()),
        new Manner(
            LimiterModel.tokenBucket(limit),
            "after a rest, up to two limits get through within one period",
            () -> WindowFit.tokenBucket(calls, limit, limit / period).fits()),
        counter(calls, limit, period, LimiterModel.SLIDING_COUNTER, PARTLY_COUNTED, false),
        counter(calls, limit, period, LimiterModel.SLIDING_COUNTER_OF_ALL, REFUSED_COUNTED, true));
  }

  /** Returns the first manner that fits, in words. */
  static Optional<String> first(ObservedCalls calls, int limit, double period) {
    return Stream.concat(
            plain(calls, limit, period).stream(), withRemark(calls, limit, period).stream())
        .filter(manner -> manner.fits().getAsBoolean())
        .map(Manner::name)
        .findFirst();
  }

  private static Manner parts(
      ObservedCalls calls, int limit, double period, int parts, String name) {
    return new Manner(
        name,
        "the window slides in parts of its length, so less than a limit may come back at once",
        () -> new WindowClock(limit, period, parts).fits(calls));
  }

  /** Returns a counter whose clock may be its own or started by a call. */
  private static Manner counter(
      ObservedCalls calls,
      int limit,
      double period,
      String name,
      String remark,
      boolean ofAllCalls) {
    return new Manner(
        name,
        remark,
        () ->
            CounterFit.fitsAnchoredCounter(calls, limit, period, ofAllCalls)
                || CounterFit.fitsSlidingCounter(calls, limit, period, ofAllCalls));
  }
}
