package asyncinfo.ratelimit;

import java.util.List;
import java.util.Optional;

/**
 * The first classifier: rules that a reader can follow, in order. It knows nothing of the
 * likelihoods.
 */
final class RuleClassifier {
  private static final List<Rule> RULES =
      List.of(
          new QueueRule(),
          new FirstOverloadRule(),
          new NoLimitRule(),
          new SharedBudgetRule(),
          new BanRule(),
          new CompliantRule(),
          new OtherNumberRule(),
          new ExcessRule(),
          new DelayRule(),
          new RefusalsBelowLimitRule(),
          new ShortfallRule(),
          new UnexplainedRule());

  private RuleClassifier() {}

  /** Returns the classification of the first rule that applies. */
  static Classification classify(RunEvidence evidence) {
    return RULES.stream()
        .map(rule -> rule.classify(evidence))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }
}
