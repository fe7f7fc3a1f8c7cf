package asyncinfo.ratelimit;

import java.util.List;
import java.util.Optional;

/** Recognises an endpoint that queues the calls above the limit instead of refusing them. */
final class QueueRule implements Rule {
  private static final double NANOS = 1e9;

  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    int promised = evidence.promised();
    boolean queued =
        evidence.bursts().stream()
            .allMatch(b -> b.whole() && b.slow() >= Math.max(1, promised / 4));
    if (!queued) {
      return Optional.empty();
    }
    double rate = servedPerPeriod(evidence.statistics());
    if (rate > 1.15 * promised) {
      return Optional.empty();
    }
    if (rate < 0.85 * promised) {
      return Optional.of(
          Classification.inconclusive(
              "the endpoint serves only %s per %s, so its limit cannot be reached"
                  .formatted(LimiterModel.number(rate), evidence.period())));
    }
    return Optional.of(
        Classification.certainlyWrong(
            LimiterModel.queued(promised / (double) evidence.limitedApi().seconds()),
            "refuses none of %d at once, and answers them one by one at %s per %s"
                .formatted(
                    evidence.limitedApi().burst(), LimiterModel.number(rate), evidence.period())));
  }

  /** Returns the rate at which the queued calls of a burst are answered. */
  private static double servedPerPeriod(ProbeStatistics statistics) {
    return RunEvidence.burstProbes()
        .mapToDouble(
            probe -> {
              List<Long> answered =
                  statistics.of(probe).stream()
                      .filter(s -> s.accepted() && s.latency() > statistics.longWait())
                      .map(Sample::received)
                      .sorted()
                      .toList();
              long took = answered.get(answered.size() - 1) - answered.get(0);
              return took == 0
                  ? Double.MAX_VALUE
                  : (answered.size() - 1) * NANOS * statistics.limitedApi().seconds() / took;
            })
        .average()
        .orElseThrow();
  }
}
