package asyncinfo.ratelimit;

import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Recognises that actions of a product, all APIs, regions or accounts share a budget. */
final class SharedBudgetRule implements Rule {
  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    String product = evidence.limitedApi().product();
    List<ProbeStatistics> actions =
        evidence.allApis().stream()
            .filter(api -> api.limitedApi().product().equals(product))
            .toList();
    return sharedBy(evidence, actions, "actions of the product")
        .or(() -> sharedBy(evidence, List.copyOf(evidence.allApis()), "APIs"))
        .or(() -> sharedBy(evidence, CallerIdentity.SECOND_REGION, "regions"))
        .or(() -> sharedBy(evidence, CallerIdentity.SECOND_ACCOUNT, "accounts"));
  }

  private static Optional<Classification> sharedBy(
      RunEvidence evidence, List<ProbeStatistics> apis, String all) {
    if (apis.size() < 2 || !apis.stream().allMatch(SharedBudgetRule::isLimited)) {
      return Optional.empty();
    }
    int promised = evidence.promised();
    int together =
        apis.stream()
            .mapToInt(api -> api.count(Probe.SUSTAINED).atMost() / api.rounds(Probe.SUSTAINED))
            .sum();
    if (together > promised + promised / 2) {
      return Optional.empty();
    }
    String name = "%s shared by all %s".formatted(evidence.limitedApi().limit(), all);
    if (Manner.first(ObservedCalls.ofAll(apis), promised, evidence.limitedApi().seconds())
        .isPresent()) {
      return Optional.of(
          Classification.certainlyWrong(
              name,
              "all %s concurrently let %d per %s through, as one budget does"
                  .formatted(all, together, evidence.period())));
    }
    IntSummaryStatistics alone =
        apis.stream().mapToInt(SharedBudgetRule::mostAtOnce).summaryStatistics();
    // Less than one budget for all is no shared budget, and a shared one is whole to each alone.
    if (10 * mostAtOnce(evidence.statistics()) < 9 * promised
        || together > alone.getMax() + alone.getMin() / 2
        || 4 * together < 3 * alone.getMax()) {
      return Optional.empty();
    }
    return Optional.of(
        Classification.wrong(
            name,
            "each API alone lets %d through, and all %s concurrently %d per %s in all"
                .formatted(mostAtOnce(evidence.statistics()), all, together, evidence.period())));
  }

  /** Returns the most of a burst, up to the limit: bursts at other APIs may have used a part. */
  private static int mostAtOnce(ProbeStatistics statistics) {
    return RunEvidence.bursts(statistics).stream()
        .mapToInt(burst -> Math.min(burst.atMost(), statistics.limitedApi().requests()))
        .max()
        .orElseThrow();
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
