package asyncinfo.ratelimit;

import java.util.Optional;

/** Applies where no other rule does: the number is right, and the manner is that of no window. */
final class UnexplainedRule implements Rule {
  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    ProbeStatistics.ProbeCount sustained = evidence.statistics().count(Probe.SUSTAINED);
    return Optional.of(
        Classification.unclear(
            "bursts let %s of %d through, and %d %ss of twice the limit %d"
                .formatted(
                    LimitNumbers.list(evidence.bursts()),
                    evidence.limitedApi().burst(),
                    evidence.statistics().rounds(Probe.SUSTAINED),
                    evidence.period(),
                    sustained.accepted())));
  }
}
