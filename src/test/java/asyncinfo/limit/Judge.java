package asyncinfo.limit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.Stream;

/**
 * Judges the samples of a plan. Each bound has two sides, and each follows from when the calls were
 * really sent, so that a slow machine widens a bound or makes the judge unsure, and never turns a
 * word.
 */
public final class Judge {
  /** A call that takes this much longer than the median has been kept waiting. */
  private static final long KEPT_WAITING_NANOS = 400_000_000L;

  private Judge() {}

  /** Judges the samples of {@link Plan#within}: no call may be refused. */
  public static LimitVerdict within(Plan plan, List<Sample> samples) {
    List<Sample> below = of(Plan.BELOW, samples);
    LimitVerdict spoilt = spoilt(plan, below, List.of(Plan.BELOW));
    if (spoilt != null) {
      return spoilt;
    }
    List<Sample> refused =
        below.stream().filter(s -> s.reception() == Reception.THROTTLED).toList();
    String rate =
        "%d calls at %.1f per %s".formatted(below.size(), rate(plan, below), plan.period());
    for (Sample each : refused) {
      int most = mostInOnePeriodWith(plan, each, samples);
      if (most <= plan.requests()) {
        return LimitVerdict.notEnforced(
            "refuses %d of %s, though at most %d arrived in any period around one that was refused; %d are promised"
                .formatted(refused.size(), rate, most, plan.requests()));
      }
    }
    if (!refused.isEmpty()) {
      return LimitVerdict.unsure(
          "%d of %s were refused, and so many may have arrived bunched; run again on a quieter machine"
              .formatted(refused.size(), rate));
    }
    return LimitVerdict.enforced("none of %s was refused".formatted(rate), List.of());
  }

  /** Judges the samples of {@link Plan#over}: as many as promised get through, and no more. */
  public static LimitVerdict over(Plan plan, List<Sample> samples) {
    LimitVerdict spoilt = spoilt(plan, samples, plan.probes());
    if (spoilt != null) {
      return spoilt;
    }
    int promised = plan.requests();
    List<List<Sample>> bursts =
        Stream.iterate(0, i -> i < Plan.BURSTS, i -> i + 1)
            .map(i -> of(Plan.BURST + i, samples))
            .toList();
    if (keepsWaiting(plan, bursts, of(Plan.WARM_UP, samples))) {
      return LimitVerdict.notEnforced(
          "refuses none of %d at once, and keeps them waiting instead"
              .formatted(bursts.get(0).size()));
    }
    if (mayAllStraddle(plan, bursts)) {
      return LimitVerdict.unsure(
          "the bursts were so spread out that each may straddle the edge of a window; run again on"
              + " a quieter machine");
    }
    int size = bursts.get(0).size();
    int fewest = bursts.stream().mapToInt(Judge::accepted).min().orElseThrow();
    int slack =
        bursts.stream()
            .filter(b -> accepted(b) == fewest)
            .mapToInt(b -> refill(plan, b))
            .min()
            .orElseThrow();
    Steady steady = Steady.of(plan, of(Plan.OVERLOAD, samples));
    String numbers =
        "%s of %d at once and %d in %d s of overload got through"
            .formatted(
                String.join("/", bursts.stream().map(b -> "" + accepted(b)).toList()),
                size,
                steady.accepted(),
                steady.periods() * plan.periodNanos() / 1_000_000_000L);

    if (fewest >= size) {
      return LimitVerdict.notEnforced("no limit seen up to " + size + " at once: " + numbers);
    }
    if (fewest < promised) {
      return LimitVerdict.notEnforced(
          "lets only %d through at once, %d are promised: %s".formatted(fewest, promised, numbers));
    }
    if (fewest > promised + slack) {
      return LimitVerdict.notEnforced(
          "enforces " + fewest + " per " + plan.period() + ": " + numbers);
    }
    List<Sample> recovery = of(Plan.RECOVERY, samples);
    if (accepted(recovery) < recovery.size()) {
      return LimitVerdict.notEnforced(
          "lets %d of %d through after an overload is over: %s"
              .formatted(accepted(recovery), recovery.size(), numbers));
    }
    return manner(plan, fewest, steady, numbers);
  }

  private static LimitVerdict manner(Plan plan, int fewest, Steady steady, String numbers) {
    int promised = plan.requests();
    List<String> remarks = new ArrayList<>();
    int off = Math.abs(steady.accepted() - steady.periods() * promised);
    if (steady.accepted() <= steady.tolerance()) {
      remarks.add("refused calls use up the limit too");
    } else if (fewest == promised && steady.isLittleLessThan(promised)) {
      remarks.add(
          "%.1f per %s while overloaded, as a sliding counter does"
              .formatted((double) steady.accepted() / steady.periods(), plan.period()));
    } else if (off > steady.tolerance()) {
      return LimitVerdict.notEnforced(
          "enforces about %.1f per %s: %s"
              .formatted((double) steady.accepted() / steady.periods(), plan.period(), numbers));
    }
    if (fewest > promised) {
      if (2 * steady.tolerance() >= steady.periods()) {
        return LimitVerdict.unsure(
            "the sending was too uneven to tell " + promised + " from " + fewest + ": " + numbers);
      }
      remarks.add("the limit refills while a burst arrives");
    }
    return LimitVerdict.enforced(promised + " per " + plan.period() + ": " + numbers, remarks);
  }

  /** Why samples say nothing, or say at once that something other than a limit is at work. */
  private static LimitVerdict spoilt(Plan plan, List<Sample> samples, List<String> probes) {
    for (String probe : probes) {
      int seen = of(probe, samples).size();
      if (seen != plan.count(probe)) {
        return LimitVerdict.unsure(
            "%d of the %d calls of %s were sent".formatted(seen, plan.count(probe), probe));
      }
    }
    List<Sample> judged = samples.stream().filter(s -> probes.contains(s.probe())).toList();
    List<Sample> other = judged.stream().filter(s -> s.reception() == Reception.OTHER).toList();
    if (!other.isEmpty()) {
      return LimitVerdict.notEnforced(
          "%d of %d calls were neither accepted nor throttled: %s"
              .formatted(other.size(), judged.size(), other.get(0).detail()));
    }
    List<Sample> lost = judged.stream().filter(s -> s.reception() == Reception.LOST).toList();
    if (!lost.isEmpty()) {
      return LimitVerdict.unsure(
          "%d of %d calls had no reply: %s"
              .formatted(lost.size(), judged.size(), lost.get(0).detail()));
    }
    long latest = judged.stream().mapToLong(s -> s.sent() - s.planned()).max().orElse(0);
    if (latest > plan.periodNanos() / 2) {
      return LimitVerdict.unsure(
          "the offered rate was not reached: a call was sent %d ms late"
              .formatted(latest / 1_000_000));
    }
    return null;
  }

  /** Whether one edge of a fixed window, wherever it lies, can fall into each burst. */
  private static boolean mayAllStraddle(Plan plan, List<List<Sample>> bursts) {
    return bursts.stream()
        .mapToLong(Judge::firstSent)
        .anyMatch(
            edge ->
                bursts.stream()
                    .allMatch(
                        burst ->
                            Math.floorMod(edge - firstSent(burst), plan.periodNanos())
                                <= spread(burst)));
  }

  private static long firstSent(List<Sample> burst) {
    return burst.stream().mapToLong(Sample::sent).min().orElse(0);
  }

  /** How many a limiter that refills all the time lets through on top while a burst arrives. */
  private static int refill(Plan plan, List<Sample> burst) {
    return (int) Math.ceil((double) plan.requests() * spread(burst) / plan.periodNanos());
  }

  private static long spread(List<Sample> burst) {
    return burst.stream().mapToLong(Sample::received).max().orElse(0) - firstSent(burst);
  }

  /** Whether each burst was accepted whole, and much of it late. */
  private static boolean keepsWaiting(Plan plan, List<List<Sample>> bursts, List<Sample> warmUp) {
    long usual = median(warmUp.stream().map(s -> s.received() - s.sent()).toList());
    return bursts.stream()
        .allMatch(
            burst ->
                accepted(burst) == burst.size()
                    && burst.stream()
                            .filter(s -> s.received() - s.sent() > usual + KEPT_WAITING_NANOS)
                            .count()
                        > plan.requests() / 4);
  }

  private static long median(List<Long> values) {
    return values.isEmpty()
        ? 0
        : values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
  }

  /** The most calls that can have arrived in any one period in which this one arrived. */
  private static int mostInOnePeriodWith(Plan plan, Sample one, List<Sample> all) {
    return all.stream()
        .map(Sample::sent)
        .map(sent -> Math.max(sent + 1, one.sent()) - plan.periodNanos())
        .filter(from -> from <= one.received())
        .mapToInt(
            from ->
                (int)
                    all.stream()
                        .filter(s -> s.received() >= from && s.sent() < from + plan.periodNanos())
                        .count())
        .max()
        .orElse(1);
  }

  private static double rate(Plan plan, List<Sample> samples) {
    long first = samples.stream().mapToLong(Sample::sent).min().orElse(0);
    long last = samples.stream().mapToLong(Sample::sent).max().orElse(0);
    return last == first ? 0 : (samples.size() - 1.0) * plan.periodNanos() / (last - first);
  }

  private static int accepted(List<Sample> samples) {
    return (int) samples.stream().filter(Sample::accepted).count();
  }

  private static List<Sample> of(String probe, List<Sample> samples) {
    return samples.stream().filter(s -> s.probe().equals(probe)).toList();
  }

  /**
   * What got through in whole periods of overload. A limiter that repeats itself each period lets
   * the same number through in any whole number of periods, wherever its periods begin; only calls
   * that arrived unevenly around the two ends can blur the number.
   */
  private record Steady(int accepted, int periods, int tolerance) {

    /** Whether up to a tenth less than promised gets through, and more than noise is missing. */
    boolean isLittleLessThan(int promised) {
      int missing = periods * promised - accepted;
      return missing > tolerance && missing <= periods * promised / 10 + tolerance;
    }

    static Steady of(Plan plan, List<Sample> overload) {
      int perPeriod = 2 * plan.requests();
      List<Sample> byPlan =
          overload.stream().sorted(Comparator.comparingLong(Sample::planned)).toList();
      List<Sample> whole = byPlan.subList(perPeriod, byPlan.size());
      long start = whole.get(0).planned();
      long end = whole.get(whole.size() - 1).planned();
      LongSummaryStatistics offsets =
          overload.stream()
              .filter(
                  s ->
                      Math.abs(s.planned() - start) < plan.periodNanos()
                          || end - s.planned() < plan.periodNanos())
              .mapToLong(s -> s.sent() + (s.received() - s.sent()) / 2 - s.planned())
              .summaryStatistics();
      long uneven = offsets.getMax() - offsets.getMin();
      int tolerance =
          (int) Math.max(2, Math.ceil((double) perPeriod * uneven / plan.periodNanos()));
      return new Steady(Judge.accepted(whole), whole.size() / perPeriod, tolerance);
    }
  }
}
