package asyncinfo.ratelimit;

import asyncinfo.ratelimit.LimitVerdict.LimitStatus;
import asyncinfo.ratelimit.LimiterModel.Compliance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges the samples of a workload. Two classifiers read the same samples: {@link RuleClassifier},
 * which a reader can follow, and {@link LikelihoodClassifier}, which knows many limiters. A verdict
 * is given only if both agree, or if the rules are certain. The same samples always get the same
 * verdict.
 */
public final class LimitClassifier {
  /** With fewer, a leak in one window of five would go unseen in a third of the runs. */
  private static final int FEWEST_EXACT_WINDOWS = 6;

  private final List<LimitedApi> limitedApis;
  private final Set<Probe> omitted;
  private final OutcomeReview review;
  private final ProbeStatistics statistics;
  private final List<ProbeStatistics> allApis;

  private LimitClassifier(
      List<LimitedApi> limitedApis, LimitedApi limitedApi, List<Sample> all, Set<Probe> omitted) {
    this.omitted = omitted;
    this.limitedApis = limitedApis;
    Map<String, List<Sample>> byApi = all.stream().collect(Collectors.groupingBy(Sample::api));
    Map<LimitedApi, OutcomeReview> reviews =
        limitedApis.stream()
            .collect(
                Collectors.toMap(
                    api -> api, api -> OutcomeReview.of(byApi.getOrDefault(api.api(), List.of()))));
    this.review = reviews.get(limitedApi);
    this.allApis =
        limitedApis.stream()
            .map(api -> new ProbeStatistics(api, reviews.get(api).samples()))
            .toList();
    this.statistics = allApis.get(limitedApis.indexOf(limitedApi));
  }

  /**
   * Judges one API.
   *
   * @param limitedApis all APIs that were probed concurrently
   * @param api the one to judge
   * @param samples the calls of all of them
   */
  public static LimitVerdict judge(List<LimitedApi> limitedApis, String api, List<Sample> samples) {
    LimitedApi limitedApi =
        limitedApis.stream()
            .filter(a -> a.api().equals(api))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no API " + api + " was probed"));
    return new LimitClassifier(limitedApis, limitedApi, samples, Set.of()).verdict();
  }

  /** Judges the first API of a workload that may leave out probes. */
  static LimitVerdict judge(Workload workload, List<Sample> samples) {
    return new LimitClassifier(
            workload.limitedApis(), workload.limitedApis().get(0), samples, workload.omitted())
        .verdict();
  }

  private LimitVerdict verdict() {
    Optional<Classification> spoilt = spoilt();
    if (spoilt.isPresent()) {
      return verdict(spoilt.get(), List.of(), 0);
    }
    RunEvidence evidence = new RunEvidence(statistics, allApis);
    Classification classification = RuleClassifier.classify(evidence);
    if (classification.status() != LimitStatus.INCONCLUSIVE) {
      List<Sample> all = allApis.stream().flatMap(api -> api.own().stream()).toList();
      classification = both(classification, new LikelihoodClassifier(statistics, all));
    }
    return verdict(
        blurred(classification, evidence).orElse(classification),
        LimitNumbers.of(evidence),
        evidence.exactWindows());
  }

  private LimitVerdict verdict(Classification classification, List<String> numbers, int windows) {
    boolean enforced = classification.status() == LimitStatus.ENFORCED;
    List<String> remarks = new ArrayList<>(classification.remarks());
    if (enforced && !review.hiccupText().isEmpty()) {
      remarks.add(review.hiccupText());
    }
    return new LimitVerdict(
        classification.status(),
        classification.limiter(),
        enforced ? "" : classification.reason(),
        numbers,
        remarks,
        notTested(),
        statistics.own().size(),
        Math.round(statistics.seconds()),
        windows,
        review.undocumentedRefusals());
  }

  private List<String> notTested() {
    List<String> scopes = new ArrayList<>();
    if (limitedApis.size() < 2) {
      scopes.add("whether other APIs share the budget: no other was probed");
    }
    if (!statistics.limitedApi().secondRegion()) {
      scopes.add("whether other regions share the budget: no second region is set");
    }
    if (!statistics.limitedApi().secondAccount()) {
      scopes.add("whether other accounts share the budget: no second account is set");
    }
    return scopes;
  }

  // ---- runs that do not decide

  private Optional<Classification> spoilt() {
    for (ProbeId probe : required(statistics.limitedApi())) {
      if (!statistics.has(probe) && !omitted.contains(probe.probe())) {
        return Optional.of(Classification.inconclusive("the run was cut short before: " + probe));
      }
    }
    if (review.hidesTooMuch()) {
      return Optional.of(Classification.inconclusive(review.hiccupText()));
    }
    long latest = statistics.latest();
    if (latest > statistics.limitedApi().period() / 2) {
      return Optional.of(
          Classification.inconclusive(
              "the rate was not offered: a call was sent %d ms late; run again on a quieter machine"
                  .formatted(latest / 1_000_000)));
    }
    return Optional.empty();
  }

  /**
   * A limiter with a remark may let fewer through, so that few windows show how many they allow.
   */
  private static Optional<Classification> blurred(
      Classification classification, RunEvidence evidence) {
    return classification.status() == LimitStatus.ENFORCED
            && classification.remarks().isEmpty()
            && evidence.exactWindows() < FEWEST_EXACT_WINDOWS
        ? Optional.of(
            Classification.inconclusive(
                "only %d of %d overloaded windows could be counted exactly, because responses took"
                        .formatted(evidence.exactWindows(), evidence.overloadedWindows().size())
                    + " unevenly long; run again on a quieter machine"))
        : Optional.empty();
  }

  private static List<ProbeId> required(LimitedApi limitedApi) {
    Workload alone = new Workload(Workload.WorkloadSize.STANDARD, List.of(limitedApi));
    return new WorkloadBounds(alone.overOpenConnections())
        .usualCalls().stream().map(PlannedCall::probe).distinct().toList();
  }

  // ---- both classifiers

  private static Classification both(Classification ruled, LikelihoodClassifier likelihoods) {
    if (ruled.status() == LimitStatus.ENFORCED) {
      // A clock with a property of its own is none of the models.
      return !ruled.remarks().isEmpty() || likelihoods.leaves(LimiterModel::compliant)
          ? ruled
          : Classification.inconclusive(
              "by the rules it is a %s as promised, and by likelihood it is %s"
                  .formatted(ruled.limiter(), names(likelihoods.rank())));
    }
    if (ruled.certain() && !ruled.limiter().isEmpty()) {
      return ruled;
    }
    LikelihoodClassifier.Ranking ranking = likelihoods.rank();
    if (ranking.explains()
        && ranking.likely().stream().allMatch(m -> m.compliance() == Compliance.WRONG)) {
      return named(ruled, names(ranking));
    }
    if (ruled.certain()) {
      return ruled;
    }
    return Classification.inconclusive(
        ranking.explains()
            ? "%s, and by likelihood it is %s".formatted(ruled.reason(), names(ranking))
            : "%s; no known limiter answers like this, the nearest is %s"
                .formatted(ruled.reason(), ranking.best().model().description()));
  }

  private static Classification named(Classification ruled, String limiter) {
    return new Classification(
        ruled.status(), limiter, ruled.reason(), ruled.certain(), ruled.remarks());
  }

  private static String names(LikelihoodClassifier.Ranking ranking) {
    return LimiterModel.anyOf(
        ranking.likely().stream().map(LimiterModel::description).distinct().toList());
  }
}
