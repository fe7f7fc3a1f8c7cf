package asyncinfo.ratelimit;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The time for which accepted calls of a burst wait while others of the same burst are refused at
 * once.
 *
 * @param longest the longest wait in seconds; 0 if none waits
 */
record QueueingDelay(double longest) {
  /** The shortest wait that is none of the network's, in periods. */
  private static final double SHORTEST = 0.15;

  private static final double NANOS = 1e9;

  static QueueingDelay of(ProbeStatistics statistics) {
    return new QueueingDelay(
        Stream.concat(
                RunEvidence.burstProbes(),
                IntStream.rangeClosed(1, Workload.RECOVERIES)
                    .mapToObj(j -> new ProbeId(Probe.RECOVERY, j, 0)))
            .mapToDouble(probe -> longest(statistics, probe))
            .max()
            .orElse(0));
  }

  boolean found() {
    return longest > 0;
  }

  private static double longest(ProbeStatistics statistics, ProbeId probe) {
    List<Sample> accepted = statistics.of(probe).stream().filter(Sample::accepted).toList();
    double[] refused =
        statistics.of(probe).stream()
            .filter(s -> s.outcome() == CallOutcome.THROTTLED)
            .mapToDouble(s -> (s.latency() - statistics.quickestRefusal()) / NANOS)
            .sorted()
            .toArray();
    if (refused.length == 0) {
      return 0;
    }
    double usual = refused[refused.length / 2];
    double[] waits =
        accepted.stream()
            .mapToDouble(s -> (s.latency() - statistics.roundTrip()) / NANOS - usual)
            .filter(wait -> wait > SHORTEST * statistics.limitedApi().seconds())
            .sorted()
            .toArray();
    return waits.length * 4 >= accepted.size() && waits.length > 1 ? waits[waits.length - 1] : 0;
  }
}
