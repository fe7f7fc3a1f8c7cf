package asyncinfo.ratelimit;

import java.util.List;
import java.util.Optional;

/** Recognises that an overload bans the caller for longer than the period. */
final class BanRule implements Rule {
  @Override
  public Optional<Classification> classify(RunEvidence evidence) {
    List<ProbeStatistics.ProbeCount> bursts = evidence.bursts();
    int first = 0;
    while (first < bursts.size() && bursts.get(first).whole()) {
      first++;
    }
    if (first >= bursts.size() - 1
        || bursts.stream().skip(first + 1).anyMatch(b -> b.atMost() > 0)) {
      return Optional.empty();
    }
    int accepted = bursts.get(first).atMost();
    return Optional.of(
        accepted == 0
            ? Classification.certainlyWrong("nothing at once", "lets nothing of a burst through")
            : Classification.certainlyWrong(
                LimiterModel.banned(evidence.promised(), evidence.limitedApi().seconds()),
                "lets %d through at once, and nothing of the bursts after that"
                    .formatted(accepted)));
  }
}
