package asyncinfo.ratelimit;

import asyncinfo.ratelimit.LimitVerdict.LimitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Judges the samples of a protocol. Two judges look at the same samples: {@link RuleClassifier},
 * which a reader can follow, and {@link LikelihoodClassifier}, which knows many limiters; only what
 * both say is a word. The same samples always get the same verdict.
 */
public final class LimitClassifier {
  /** A reply in fifty may be lost: then what is left still decides, or the judges say that not. */
  private static final int LOST_SHARE = 50;

  private final List<LimitedApi> limitedApis;
  private final List<Sample> all;
  private final List<ProbeStatistics> readings;

  private LimitClassifier(List<LimitedApi> limitedApis, List<Sample> all) {
    this.limitedApis = limitedApis;
    this.all = all;
    this.readings =
        limitedApis.stream().map(limitedApi -> new ProbeStatistics(limitedApi, all)).toList();
  }

  /**
   * Judges one API.
   *
   * @param limitedApis all APIs that were probed side by side
   * @param api the one to judge
   * @param samples the calls of all of them
   */
  public static LimitVerdict judge(List<LimitedApi> limitedApis, String api, List<Sample> samples) {
    return new LimitClassifier(limitedApis, samples).verdict(api);
  }

  private LimitVerdict verdict(String api) {
    ProbeStatistics reading =
        readings.stream()
            .filter(r -> r.limitedApi().api().equals(api))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no API " + api + " was probed"));
    Optional<RuleClassifier.Classification> spoilt = spoilt(reading);
    if (spoilt.isPresent()) {
      return verdict(reading, spoilt.get(), List.of(), List.of());
    }
    RuleClassifier rules = new RuleClassifier(reading, readings);
    RuleClassifier.Classification ruled = rules.opinion();
    LikelihoodClassifier.Ranking replayed = new LikelihoodClassifier(reading, all).rank();
    return verdict(reading, both(ruled, replayed), rules.numbers(), remarks(replayed));
  }

  private LimitVerdict verdict(
      ProbeStatistics reading,
      RuleClassifier.Classification opinion,
      List<String> numbers,
      List<String> remarks) {
    boolean enforced = opinion.word() == LimitStatus.ENFORCED;
    return new LimitVerdict(
        opinion.word(),
        opinion.limiter(),
        enforced ? "" : opinion.reason(),
        numbers,
        enforced ? remarks : List.of(),
        notTested(reading.limitedApi()),
        reading.own().size(),
        Math.round(reading.seconds()));
  }

  private List<String> notTested(LimitedApi limitedApi) {
    List<String> scopes = new ArrayList<>();
    if (limitedApis.size() < 2) {
      scopes.add("whether other APIs share the budget: no other was probed");
    }
    if (!limitedApi.secondRegion()) {
      scopes.add("whether other regions share the budget: no second region is set");
    }
    if (!limitedApi.secondAccount()) {
      scopes.add("whether other accounts share the budget: no second account is set");
    }
    return scopes;
  }

  // ---- what spoils a run

  private static Optional<RuleClassifier.Classification> spoilt(ProbeStatistics reading) {
    List<Sample> judged = reading.judged();
    List<Sample> other =
        reading.own().stream().filter(s -> s.outcome() == CallOutcome.OTHER).toList();
    if (!other.isEmpty()) {
      return Optional.of(
          RuleClassifier.Classification.certainlyWrong(
              "",
              "%d of %d calls are neither accepted nor throttled: %s"
                  .formatted(other.size(), reading.own().size(), other.get(0).detail())));
    }
    for (ProbeId probe : required(reading.limitedApi())) {
      if (!reading.has(probe)) {
        return Optional.of(
            RuleClassifier.Classification.unsure("the run was cut short before: " + probe));
      }
    }
    long lost = judged.stream().filter(s -> s.outcome() == CallOutcome.LOST).count();
    if (lost * LOST_SHARE > judged.size()) {
      return Optional.of(
          RuleClassifier.Classification.unsure(
              "%d of %d calls had no reply".formatted(lost, judged.size())));
    }
    long latest = reading.latest();
    if (latest > reading.limitedApi().seconds() * 1_000_000_000L / 2) {
      return Optional.of(
          RuleClassifier.Classification.unsure(
              "the rate was not offered: a call was sent %d ms late; run again on a quieter machine"
                  .formatted(latest / 1_000_000)));
    }
    return Optional.empty();
  }

  private static List<ProbeId> required(LimitedApi limitedApi) {
    Workload alone = new Workload(Workload.WorkloadSize.STANDARD, List.of(limitedApi));
    return new WorkloadBounds(alone)
        .usualCalls().stream().map(PlannedCall::probe).distinct().toList();
  }

  // ---- both judges

  private static RuleClassifier.Classification both(
      RuleClassifier.Classification ruled, LikelihoodClassifier.Ranking replayed) {
    if (ruled.word() == LimitStatus.INCONCLUSIVE) {
      return ruled;
    }
    boolean kept = ruled.word() == LimitStatus.ENFORCED;
    if (!replayed.explains()) {
      return ruled.certain()
          ? ruled
          : RuleClassifier.Classification.unsure(
              because(ruled) + "no known limiter answers like this, " + nearest(replayed));
    }
    List<LimiterModel> likely = replayed.likely();
    boolean compliant = likely.stream().anyMatch(LimiterModel::compliant);
    boolean wrong = likely.stream().anyMatch(k -> k.compliance() == LimiterModel.Compliance.WRONG);
    boolean hidden =
        likely.stream().anyMatch(k -> k.compliance() == LimiterModel.Compliance.OBSCURED);
    // Whom others hinder little still meets the documented limiter.
    if (kept && compliant && !wrong) {
      return RuleClassifier.Classification.enforced(names(replayed, LimiterModel::compliant));
    }
    if (!kept && wrong && !compliant && !hidden) {
      return new RuleClassifier.Classification(
          LimitStatus.NOT_ENFORCED, names(replayed, k -> true), ruled.reason(), ruled.certain());
    }
    if (hidden && !compliant) {
      return RuleClassifier.Classification.unsure(because(ruled) + names(replayed, k -> true));
    }
    return RuleClassifier.Classification.unsure(
        "%s, and by replay it is %s"
            .formatted(
                kept ? "by the rules it is a " + ruled.limiter() + " as promised" : ruled.reason(),
                names(replayed, k -> true)));
  }

  private static String because(RuleClassifier.Classification ruled) {
    return ruled.reason().isEmpty() ? "" : ruled.reason() + "; ";
  }

  private static String nearest(LikelihoodClassifier.Ranking replayed) {
    return "the nearest is " + replayed.best().kind().description();
  }

  private static String names(
      LikelihoodClassifier.Ranking replayed, Predicate<LimiterModel> which) {
    return replayed.likely().stream()
        .filter(which)
        .map(LimiterModel::description)
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private static List<String> remarks(LikelihoodClassifier.Ranking replayed) {
    return replayed.likely().stream()
        .filter(kind -> kind.compliance() == LimiterModel.Compliance.COMPLIANT_WITH_REMARK)
        .findFirst()
        .map(kind -> List.of("lawful, though not the plain window of the documentation"))
        .orElse(List.of());
  }
}
