package asyncinfo.ratelimit;

import java.util.Optional;
import java.util.stream.IntStream;

/** Recognises that APIs, regions or accounts share a budget. */
final class SharedBudgetRule implements Rule {
  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    return sharedByApis(evidence)
        .or(() -> sharedBy(evidence, CallerIdentity.SECOND_REGION, "regions"))
        .or(() -> sharedBy(evidence, CallerIdentity.SECOND_ACCOUNT, "accounts"));
  }

  private static Optional<Classification> sharedByApis(RunEvidence evidence) {
    if (evidence.allApis().size() < 2
        || !evidence.allApis().stream().allMatch(SharedBudgetRule::isLimited)) {
      return Optional.empty();
    }
    int fewest = evidence.fewestAtOnce();
    int apart = evidence.allApis().stream().mapToInt(RunEvidence::fewestAtOnce).sum();
    int together =
        evidence.allApis().stream()
            .mapToInt(api -> api.count(Probe.SUSTAINED).atMost() / api.rounds(Probe.SUSTAINED))
            .sum();
    // Less than one budget for all is no shared budget, and a shared one is whole to each alone.
    if (10 * fewest < 9 * evidence.promised()
        || together > apart - fewest / 2
        || 4 * together < 3 * fewest) {
      return Optional.empty();
    }
    return Optional.of(
        Classification.wrong(
            evidence.limitedApi().limit() + " shared by all APIs",
            "each API alone lets %d through, and all of them concurrently %d per %s in all"
                .formatted(fewest, together, evidence.period())));
  }

  private static boolean isLimited(ProbeStatistics statistics) {
    return statistics.rounds(Probe.SUSTAINED) > 0
        && RunEvidence.bursts(statistics).stream().noneMatch(ProbeStatistics.ProbeCount::whole);
  }

  private static Optional<Classification> sharedBy(
      RunEvidence evidence, CallerIdentity second, String all) {
    ProbeStatistics statistics = evidence.statistics();
    int fewest = evidence.fewestAtOnce();
    int both =
        IntStream.rangeClosed(1, Workload.SCOPES)
            .mapToObj(i -> ProbeId.of(Probe.SCOPE, i))
            .filter(probe -> statistics.count(probe, second).sent() > 0)
            .mapToInt(
                probe ->
                    statistics.count(probe, CallerIdentity.FIRST).atMost()
                        + statistics.count(probe, second).atMost())
            .min()
            .orElse(Integer.MAX_VALUE);
    return both <= fewest + fewest / 4 && isLimited(statistics)
        ? Optional.of(
            Classification.wrong(
                evidence.limitedApi().limit() + " shared by all " + all,
                "one alone lets %d through, and two %s at the same instant %d in all"
                    .formatted(fewest, all, both)))
        : Optional.empty();
  }
}
