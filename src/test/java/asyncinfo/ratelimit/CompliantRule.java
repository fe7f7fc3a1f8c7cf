package asyncinfo.ratelimit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

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

  private static final String CLOCK_STEPS = "the clock of the endpoint steps";

  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    List<String> manners = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    ObservedCalls calls = evidence.calls();
    int limit = evidence.promised();
    double period = evidence.limitedApi().seconds();
    Manner.plain(calls, limit, period).stream()
        .filter(manner -> manner.fits().getAsBoolean())
        .forEach(manner -> manners.add(manner.name()));
    if (manners.isEmpty()) {
      Stream.concat(
              Manner.withRemark(calls, limit, period).stream(), wrongClocks(evidence).stream())
          .filter(manner -> manner.fits().getAsBoolean())
          .findFirst()
          .ifPresent(
              manner -> {
                manners.add(manner.name());
                remarks.add(manner.remark());
              });
    }
    if (manners.isEmpty()) {
      return Optional.empty();
    }
    if (remarks.contains(CLOCK_STEPS)) {
      boolean exceedsAtOnce =
          evidence.isolatedBursts().stream().anyMatch(b -> b.accepted() > limit);
      boolean exceeds = exceedsAtOnce || evidence.reading().excess() > 0;
      if (exceeds && WindowFit.explainsRefusalsWithoutClock(calls, limit, period)) {
        return Optional.empty();
      }
      // A step that lets a window begin early lets too many through for a clock without steps. It
      // is no excuse for a burst: it would have to happen within it.
      if (exceedsAtOnce || !exceeds) {
        return Optional.of(
            Classification.inconclusive(
                CLOCK_STEPS + ", or it refuses calls below the limit now and then"));
      }
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

  private static List<Manner> wrongClocks(RunEvidence evidence) {
    // After a rest, as many as the limit are accepted on any clock, and seldom more.
    int missing =
        WindowFit.afterRest(evidence.calls(), evidence.promised(), evidence.limitedApi().seconds())
            .under();
    if (missing > 0 || evidence.exceedsInEachBurst()) {
      return List.of();
    }
    return List.of(
        new Manner(
            LimiterModel.FIXED_WINDOW,
            "the clock of the endpoint runs up to 1 % fast or slow",
            () -> fitsWithDrift(evidence)),
        new Manner(
            LimiterModel.FIXED_WINDOW,
            CLOCK_STEPS,
            () ->
                !evidence.reading().evident()
                    && evidence
                        .clock()
                        .fitsInStretches(evidence.calls(), evidence.reading().phase())));
  }

  /** Returns whether a clock fits whose rate is wrong, first to one per mille, then to a tenth. */
  private static boolean fitsWithDrift(RunEvidence evidence) {
    int most = evidence.reading().evident() ? SMALL_DRIFT : MOST_DRIFT;
    double nearest = 0;
    // What fits worse than nearly is not looked at.
    WindowFit best = withDrift(evidence, nearest, new WindowFit(NEARLY_FITS + 1, 0));
    for (int perMille = -most; perMille <= most && !best.fits(); perMille++) {
      WindowFit fit = withDrift(evidence, perMille, best);
      if (fit.sum() < best.sum()) {
        best = fit;
        nearest = perMille;
      }
    }
    for (int tenth = -9; tenth <= 9 && !best.fits() && best.sum() <= NEARLY_FITS; tenth++) {
      best = withDrift(evidence, nearest + tenth / 10.0, best);
    }
    return best.fits();
  }

  private static WindowFit withDrift(RunEvidence evidence, double perMille, WindowFit other) {
    double period = evidence.limitedApi().seconds() * (1 + perMille / 1000);
    return new WindowClock(evidence.promised(), period, 1).best(evidence.calls(), other);
  }
}
