package asyncinfo.ratelimit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The calls of an API, each with the interval in which the endpoint decided on it. A call whose
 * response took no longer than the quickest one was decided at a fixed distance from its sending;
 * what a response took beyond that is the uncertainty of that moment. The fixed distance is the
 * same for all calls, so it only shifts the endpoint's clock, whose phase is unknown anyway.
 */
final class ObservedCalls {
  /** The error of both clocks and of the shortest latency, in seconds. */
  private static final double CLOCK_ERROR = 0.0015;

  private static final double NANOS = 1e9;

  private final List<Call> all;
  private final List<Call> accepted;
  private final List<Call> refused;
  private final double end;
  private final double[] possibleFrom;
  private final double[] possibleTo;
  private final double[] anyFrom;
  private final double[] anyTo;
  private final int[] possibleBeforeRefusal;

  /**
   * A call.
   *
   * @param from the earliest moment at which the endpoint may have decided on it, in seconds
   * @param to the latest moment
   * @param outcome accepted, throttled, or lost where that is unknown
   */
  record Call(double from, double to, CallOutcome outcome) {
    boolean accepted() {
      return outcome == CallOutcome.ACCEPTED;
    }

    boolean refused() {
      return outcome == CallOutcome.THROTTLED;
    }

    /** Returns the same call, decided on no earlier than at a moment. */
    Call notBefore(double moment) {
      return new Call(Math.max(from, moment), Math.max(to, moment), outcome);
    }
  }

  /**
   * Reads the calls of a run.
   *
   * @param queued whether accepted calls wait for their response after the endpoint decided on them
   */
  ObservedCalls(ProbeStatistics statistics, boolean queued) {
    this(statistics.own(), queued);
  }

  /** Reads the calls of several APIs as if they were of one, none of which waits. */
  static ObservedCalls ofAll(List<ProbeStatistics> apis) {
    return new ObservedCalls(apis.stream().flatMap(api -> api.own().stream()).toList(), false);
  }

  private ObservedCalls(List<Sample> own, boolean queued) {
    List<Sample> samples =
        own.stream()
            .filter(s -> s.identity() == CallerIdentity.FIRST && !s.belongsTo(Probe.SCOPE))
            .toList();
    double quickAccepted = quickest(samples, CallOutcome.ACCEPTED);
    double quickRefused = quickest(samples, CallOutcome.THROTTLED);
    double quick = Math.min(quickAccepted, quickRefused);
    double longest = queued ? longestUncertainty(samples, quickRefused) : Double.MAX_VALUE;
    this.all =
        samples.stream()
            .map(
                s ->
                    call(
                        s,
                        switch (s.outcome()) {
                          case ACCEPTED -> quickAccepted;
                          case THROTTLED -> quickRefused;
                          case OTHER, LOST -> quick;
                        },
                        longest))
            .sorted(Comparator.comparingDouble(Call::from))
            .toList();
    this.end = all.stream().mapToDouble(Call::to).max().orElse(0);
    this.accepted = all.stream().filter(Call::accepted).toList();
    this.refused = all.stream().filter(Call::refused).toList();
    this.possibleFrom = sorted(c -> !c.refused(), Call::from);
    this.possibleTo = sorted(c -> !c.refused(), Call::to);
    this.anyFrom = sorted(c -> true, Call::from);
    this.anyTo = sorted(c -> true, Call::to);
    this.possibleBeforeRefusal =
        refused.stream().mapToInt(call -> below(possibleFrom, call.to(), true)).toArray();
  }

  private static Call call(Sample s, double quick, double longest) {
    double from = s.sent() / NANOS;
    double uncertainty = Math.min(longest, Math.max(0, s.latency() / NANOS - quick));
    return new Call(
        from - CLOCK_ERROR,
        from + uncertainty + CLOCK_ERROR,
        s.outcome() == CallOutcome.OTHER ? CallOutcome.LOST : s.outcome());
  }

  private static double quickest(List<Sample> samples, CallOutcome outcome) {
    return samples.stream()
            .filter(s -> s.outcome() == outcome)
            .mapToLong(Sample::latency)
            .min()
            .orElse(Long.MAX_VALUE)
        / NANOS;
  }

  /** Returns how much longer than the quickest one the slowest refusal took, in seconds. */
  private static double longestUncertainty(List<Sample> samples, double quickRefused) {
    return samples.stream()
        .filter(s -> s.outcome() == CallOutcome.THROTTLED)
        .mapToDouble(s -> s.latency() / NANOS - quickRefused)
        .max()
        .orElse(0.02);
  }

  private double[] sorted(Predicate<Call> which, ToDoubleFunction<Call> time) {
    return all.stream().filter(which).mapToDouble(time).sorted().toArray();
  }

  /** Returns all calls, by the earliest moment. */
  List<Call> all() {
    return all;
  }

  /** Returns the latest moment of any call. */
  double end() {
    return end;
  }

  List<Call> accepted() {
    return accepted;
  }

  List<Call> refused() {
    return refused;
  }

  /** Returns the number of calls that may have been accepted between two moments. */
  int possiblyAccepted(double from, double to) {
    return below(possibleFrom, to, true) - certainlyAcceptedBefore(from);
  }

  /** Returns the number of calls that can only have been accepted before a moment. */
  int certainlyAcceptedBefore(double moment) {
    return below(possibleTo, moment, false);
  }

  /** Returns the number of calls that may have been accepted before a refusal, by its number. */
  int possiblyAcceptedBeforeRefusal(int refusal) {
    return possibleBeforeRefusal[refusal];
  }

  /** Returns the number of calls, refused or not, that may have arrived between two moments. */
  int possiblyArrived(double from, double to) {
    return below(anyFrom, to, true) - below(anyTo, from, false);
  }

  /** Returns how many of some times in order lie below a value, or at it if inclusive. */
  static int below(double[] sorted, double value, boolean inclusive) {
    int i = Arrays.binarySearch(sorted, value);
    if (i < 0) {
      return -i - 1;
    }
    if (inclusive) {
      while (i < sorted.length && sorted[i] == value) {
        i++;
      }
    } else {
      while (i > 0 && sorted[i - 1] == value) {
        i--;
      }
    }
    return i;
  }
}
