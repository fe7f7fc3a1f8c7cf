package asyncinfo.ratelimit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Recognises a compliant limiter: one that contradicts no call of the run, for at least one moment
 * at which each may have been decided.
 */
final class CompliantRule implements Rule {
  /** The errors of a clock's rate that still count as a second, in parts of a thousand. */
  private static final int MOST_DRIFT = 12;

  /** The same where a clock without an error fits all refusals: more would excuse a leak. */
  private static final int SMALL_DRIFT = 2;

  /** The contradictions that remain at most where a clock's rate is known to one per mille. */
  private static final int NEARLY_FITS = 60;

  private static final String REFUSED_COUNTED =
      "refused calls count too, so a caller that does not slow down stays refused";
  private static final String CLOCK_STEPS = "the clock of the endpoint steps";
  private static final String PARTLY_COUNTED =
      "the window before counts in part, so less than a limit may come back at once";

  /** A compliant limiter and the remark on it; empty for the plain ones. */
  private record Candidate(String manner, String remark, BooleanSupplier fits) {}

  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    List<String> manners = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (Candidate candidate : plain(evidence)) {
      if (candidate.fits().getAsBoolean()) {
        manners.add(candidate.manner());
      }
    }
    if (manners.isEmpty()) {
      withRemark(evidence).stream()
          .filter(candidate -> candidate.fits().getAsBoolean())
          .findFirst()
          .ifPresent(
              candidate -> {
                manners.add(candidate.manner());
                remarks.add(candidate.remark());
              });
    }
    if (manners.isEmpty()) {
      return Optional.empty();
    }
    boolean exceedsAtOnce =
        evidence.isolatedBursts().stream().anyMatch(b -> b.accepted() > evidence.promised());
    if (remarks.contains(CLOCK_STEPS) && exceedsAtOnce && needsNoClock(evidence)) {
      return Optional.empty();
    }
    if (remarks.contains(CLOCK_STEPS) && (evidence.reading().excess() == 0 || exceedsAtOnce)) {
      // A step that lets a window begin early lets too many through for a clock without steps. It
      // is no excuse for a burst: it would have to happen within it.
      return Optional.of(
          Classification.inconclusive(
              CLOCK_STEPS + ", or it refuses calls below the limit now and then"));
    }
    if (evidence.delay().found()) {
      if ((!remarks.isEmpty() && evidence.exceedsInEachBurst())
          || evidence.delay().longest() > evidence.limitedApi().seconds()
          || manners.get(0).equals(LimiterModel.tokenBucket(evidence.promised()))) {
        return Optional.empty();
      }
      remarks.add(
          String.format(
              Locale.ROOT,
              "accepted calls of a burst wait up to %.2f s for their response",
              evidence.delay().longest()));
    }
    return Optional.of(
        Classification.enforced(
            "%s (%s)".formatted(evidence.limitedApi().limit(), LimiterModel.anyOf(manners)),
            remarks));
  }

  private static boolean needsNoClock(RunEvidence evidence) {
    return WindowFit.explainsRefusalsWithoutClock(
        evidence.calls(), evidence.promised(), evidence.limitedApi().seconds());
  }

  private static List<Candidate> plain(RunEvidence evidence) {
    ObservedCalls calls = evidence.calls();
    int limit = evidence.promised();
    double period = evidence.limitedApi().seconds();
    return List.of(
        new Candidate(LimiterModel.FIXED_WINDOW, "", () -> evidence.clock().best(calls).fits()),
        new Candidate(
            LimiterModel.SLIDING_LOG, "", () -> WindowFit.slidingLog(calls, limit, period).fits()),
        new Candidate(
            LimiterModel.OPENED_BY_FIRST,
            "",
            () -> WindowFit.openedByFirstCall(calls, limit, period).fits()));
  }

  private static List<Candidate> withRemark(RunEvidence evidence) {
    ObservedCalls calls = evidence.calls();
    int limit = evidence.promised();
    double period = evidence.limitedApi().seconds();
    return List.of(
        parts(evidence, 2, LimiterModel.HALVES),
        parts(evidence, 10, LimiterModel.TENTHS),
        new Candidate(
            LimiterModel.SLIDING_LOG_OF_ALL,
            REFUSED_COUNTED,
            () -> WindowFit.slidingLogOfAllCalls(calls, limit, period).fits()),
        new Candidate(
            LimiterModel.tokenBucket(limit),
            "after a rest, up to two limits get through within one period",
            () -> WindowFit.tokenBucket(calls, limit, limit / period).fits()),
        counter(evidence, LimiterModel.SLIDING_COUNTER, PARTLY_COUNTED, false),
        counter(evidence, LimiterModel.SLIDING_COUNTER_OF_ALL, REFUSED_COUNTED, true),
        new Candidate(
            LimiterModel.FIXED_WINDOW,
            "the clock of the endpoint runs up to 1 % fast or slow",
            () -> fitsWithDrift(evidence)),
        new Candidate(
            LimiterModel.FIXED_WINDOW,
            CLOCK_STEPS,
            () ->
                !evidence.reading().evident()
                    && evidence.clock().fitsInStretches(calls, evidence.reading().phase())));
  }

  /** Returns a counter whose clock may be its own or started by a call. */
  private static Candidate counter(
      RunEvidence evidence, String manner, String remark, boolean ofAllCalls) {
    ObservedCalls calls = evidence.calls();
    int limit = evidence.promised();
    double period = evidence.limitedApi().seconds();
    return new Candidate(
        manner,
        remark,
        () ->
            CounterFit.anchoredCounter(calls, limit, period, ofAllCalls).fits()
                || CounterFit.slidingCounter(calls, limit, period, ofAllCalls).fits());
  }

  private static Candidate parts(RunEvidence evidence, int parts, String manner) {
    return new Candidate(
        manner,
        "the window slides in parts of its length, so less than a limit may come back at once",
        () ->
            new WindowClock(evidence.promised(), evidence.limitedApi().seconds(), parts)
                .best(evidence.calls())
                .fits());
  }

  /** Returns whether a clock fits whose rate is wrong, first to one per mille, then to a tenth. */
  private static boolean fitsWithDrift(RunEvidence evidence) {
    int most = evidence.reading().evident() ? SMALL_DRIFT : MOST_DRIFT;
    double nearest = 0;
    WindowFit best = withDrift(evidence, nearest);
    for (int perMille = -most; perMille <= most && !best.fits(); perMille++) {
      WindowFit fit = withDrift(evidence, perMille);
      if (fit.sum() < best.sum()) {
        best = fit;
        nearest = perMille;
      }
    }
    for (int tenth = -9; tenth <= 9 && !best.fits() && best.sum() <= NEARLY_FITS; tenth++) {
      WindowFit fit = withDrift(evidence, nearest + tenth / 10.0);
      best = fit.sum() < best.sum() ? fit : best;
    }
    return best.fits();
  }

  private static WindowFit withDrift(RunEvidence evidence, double perMille) {
    double period = evidence.limitedApi().seconds() * (1 + perMille / 1000);
    return new WindowClock(evidence.promised(), period, 1).best(evidence.calls());
  }
}
