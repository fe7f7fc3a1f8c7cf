package asyncinfo.ratelimit;

import java.util.Optional;
import java.util.stream.IntStream;

/** Recognises that all calls of all bursts are accepted. */
final class NoLimitRule implements Rule {
  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    if (!evidence.bursts().stream().allMatch(ProbeStatistics.ProbeCount::whole)) {
      return Optional.empty();
    }
    ProbeStatistics statistics = evidence.statistics();
    LimitedApi limitedApi = evidence.limitedApi();
    ProbeStatistics.ProbeCount wide = statistics.count(ProbeId.of(Probe.WIDE));
    if (wide.sent() == 0) {
      return Optional.empty();
    }
    if (isSharedLazily(evidence)) {
      return Optional.of(
          Classification.certainlyWrong(
              "",
              "all of %d at once get through, and soon after a burst none does"
                  .formatted(limitedApi.burst())));
    }
    if (!wide.whole()) {
      return Optional.of(
          Classification.certainlyWrong(
              "",
              "%d of %d at once get through, and all of %d"
                  .formatted(wide.accepted(), wide.sent(), limitedApi.burst())));
    }
    ProbeStatistics.ProbeCount single = statistics.count(ProbeId.of(Probe.SINGLE));
    if (single.throttled() > 0) {
      return Optional.of(
          Classification.certainlyWrong(
              limitedApi.limit() + " for each connection",
              "all of %d over %d connections get through, and over one connection %d of %d"
                  .formatted(
                      wide.sent(), limitedApi.connections(), single.accepted(), single.sent())));
    }
    ProbeStatistics.ProbeCount huge = statistics.count(ProbeId.of(Probe.HUGE));
    boolean refusesLater =
        statistics.own().stream().anyMatch(s -> s.outcome() == CallOutcome.THROTTLED);
    return Optional.of(
        Classification.certainlyWrong(
            refusesLater ? "" : LimiterModel.NONE_SEEN,
            huge.sent() == 0
                ? "%d of %d at once get through".formatted(wide.accepted(), wide.sent())
                : "%d of %d at once get through, and %d of %d"
                    .formatted(wide.accepted(), wide.sent(), huge.accepted(), huge.sent())));
  }

  /** Returns whether bursts are accepted whole, and soon after each one every call is refused. */
  private static boolean isSharedLazily(RunEvidence evidence) {
    return IntStream.rangeClosed(1, Workload.RECOVERIES)
        .allMatch(
            j ->
                evidence.statistics().count(new ProbeId(Probe.RECOVERY, j, 0)).whole()
                    && evidence.batches(j).stream().filter(b -> b.atMost() == 0).count() >= 2
                    && evidence.batches(j).stream().anyMatch(b -> b.accepted() > 0));
  }
}
