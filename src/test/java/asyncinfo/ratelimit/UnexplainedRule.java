package asyncinfo.ratelimit;

import java.util.Optional;

/** Applies where no other rule does: the number is right, and the manner is that of no window. */
final class UnexplainedRule implements Rule {
  /** The share of the limit that other callers leave who use it now and then. */
  private static final double LEFT = 0.9;

  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    ProbeStatistics.ProbeCount sustained = evidence.statistics().count(Probe.SUSTAINED);
    int periods = evidence.statistics().rounds(Probe.SUSTAINED);
    String counts =
        "bursts let %s of %d through, and %d %ss of twice the limit %d"
            .formatted(
                LimitNumbers.list(evidence.bursts()),
                evidence.limitedApi().burst(),
                periods,
                evidence.period(),
                sustained.accepted());
    boolean littleIsMissing =
        evidence.reading().excess() == 0
            && evidence.isolatedBursts().stream().allMatch(b -> b.atMost() >= evidence.promised())
            && sustained.atMost() >= LEFT * periods * evidence.promised();
    return Optional.of(
        littleIsMissing
            ? Classification.inconclusive(counts + "; others may use the same budget")
            : Classification.unclear(counts));
  }
}
