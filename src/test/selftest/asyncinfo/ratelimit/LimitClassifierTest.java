package asyncinfo.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.ratelimit.LimitVerdict.LimitStatus;
import asyncinfo.ratelimit.LimiterModel.Compliance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The judge against limiters of all kinds in simulated time, at many phases, with the round-trip
 * times, the jitter and the losses of a real client. {@link ConfusionMatrix} prints the same for
 * more seeds.
 */
@Execution(ExecutionMode.CONCURRENT)
class LimitClassifierTest {
  private static final int SEEDS = 4;
  private static final int BUSY_SEEDS = 2;
  private static final double BUSY = 5;

  static Stream<LimiterModel> benchmarked() {
    return LimiterModel.benchmarked(20, 1).stream();
  }

  static Stream<LimiterModel> known() {
    // With one region and one account, who shares a budget over them is like who does not.
    return LimiterModel.all(20, 1).stream()
        .filter(k -> k.scope() != Scope.ALL_REGIONS && k.scope() != Scope.ALL_ACCOUNTS);
  }

  @ParameterizedTest
  @MethodSource("benchmarked")
  void isNeverWrongAboutTheWordAndSeldomUnsure(LimiterModel kind) {
    List<LimitVerdict> verdicts = verdicts(kind, SEEDS, 1);

    assertThat(verdicts)
        .allSatisfy(
            v ->
                assertThat(v.status())
                    .as(v.toString())
                    .isIn(rightWord(kind), LimitStatus.INCONCLUSIVE));
    assertThat(verdicts.stream().filter(v -> v.status() == LimitStatus.INCONCLUSIVE).count())
        .isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("known")
  void neverPassesAWrongLimiterNorFailsALawfulOneOnABusyMachine(LimiterModel kind) {
    assertThat(verdicts(kind, BUSY_SEEDS, BUSY))
        .allSatisfy(
            v ->
                assertThat(v.status())
                    .as(v.toString())
                    .isNotEqualTo(kind.compliant() ? LimitStatus.NOT_ENFORCED : passed(kind)));
  }

  /** What others hinder little may still be seen as what it is, the documented one. */
  private static LimitStatus passed(LimiterModel kind) {
    return kind.compliance() == Compliance.OBSCURED ? null : LimitStatus.ENFORCED;
  }

  @Test
  void neverTakesTheDocumentedLimiterForAnythingElse() {
    assertThat(verdicts(LimiterModel.documented(20, 1), 25, 1))
        .allSatisfy(
            v -> {
              assertThat(v.status()).as(v.toString()).isEqualTo(LimitStatus.ENFORCED);
              assertThat(v.limiter()).isEqualTo("20 per second (fixed window)");
              assertThat(v.sentence())
                  .matches(
                      "limit ENFORCED, 20 per second \\(fixed window\\); \\d+ requests in \\d+ s");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "fixed-1-fewer, 19 per second (fixed window)",
    "fixed-1-more, 21 per second (fixed window)",
    "fixed-quarter-more, 25 per second (fixed window)",
    "ten-periods, 200 per 10 seconds (fixed window)",
    "half-periods, 10 per 0.5 seconds (fixed window)",
    "double-periods, 40 per 2 seconds (fixed window)",
    "token-bucket-fast, 30 per second (token bucket of 20)",
    "shared, 20 per second shared by all APIs",
    "ban, '20 per second, and whoever goes over it is barred for longer'",
    "queue, '20 per second, by keeping calls waiting instead of refusing them'",
    "per-subject, 20 per second for each id that is asked for",
    "three-nodes, 20 per second on each of 3 nodes"
  })
  void namesAWrongLimiter(String kind, String description) {
    assertThat(verdicts(named(kind), 3, 1))
        .extracting(LimitVerdict::headline)
        .contains("limit NOT ENFORCED, " + description);
  }

  @ParameterizedTest
  @CsvSource({
    "lazy-30, several counters that tell each other late",
    "lazy-150, several counters that tell each other late",
    "others-2, others may use the same budget",
    "others-5, others may use the same budget"
  })
  void saysWhatHidesALimiterAndDoesNotGuess(String kind, String description) {
    assertThat(verdicts(named(kind), 5, 1))
        .allSatisfy(
            v -> assertThat(v.status()).as(v.toString()).isEqualTo(LimitStatus.INCONCLUSIVE))
        .anySatisfy(v -> assertThat(v.sentence()).contains(description));
  }

  @ParameterizedTest
  @CsvSource({
    "shared-by-regions, 20 per second shared by all regions",
    "shared-by-accounts, 20 per second shared by all accounts",
    "fixed, 20 per second (fixed window)"
  })
  void seesWhoSharesABudgetWhereThereIsASecondRegionAndAccount(String kind, String description) {
    List<LimitedApi> limitedApis = limitedApis(20, 1, true);
    Workload protocol = new Workload(Workload.WorkloadSize.STANDARD, limitedApis);

    for (int seed = 0; seed < 4; seed++) {
      LimitVerdict verdict =
          LimitClassifier.judge(
              limitedApis, "one", SimulatedRun.of(protocol, named(kind), seed, 1));

      assertThat(verdict.limiter()).as(verdict.toString()).isEqualTo(description);
      assertThat(verdict.notTested()).isEmpty();
    }
  }

  @Test
  void saysWhatItCouldNotTest() {
    List<LimitedApi> alone = List.of(limitedApis(20, 1, false).get(0));
    LimitVerdict verdict =
        LimitClassifier.judge(
            alone,
            "one",
            SimulatedRun.of(
                new Workload(Workload.WorkloadSize.STANDARD, alone),
                LimiterModel.documented(20, 1),
                1,
                1));

    assertThat(verdict.enforced()).isTrue();
    assertThat(verdict.notTested())
        .hasSize(3)
        .anyMatch(s -> s.contains("other APIs"))
        .anyMatch(s -> s.contains("second region"))
        .anyMatch(s -> s.contains("second account"));
  }

  @Test
  void isUnsureAboutAnEndpointThatIsSlowerThanItsLimit() {
    LimiterModel slow =
        new LimiterModel(
            "slow",
            "",
            Compliance.OBSCURED,
            Scope.DOCUMENTED,
            0,
            (phase, random) -> Limiter.queue(8, 1_000));

    assertThat(verdicts(slow, 3, 1))
        .allSatisfy(
            v -> {
              assertThat(v.status()).as(v.toString()).isEqualTo(LimitStatus.INCONCLUSIVE);
              assertThat(v.reason()).contains("serves only 8").contains("cannot be reached");
            });
  }

  @Test
  void letsAnEndpointTakeLongerForWhatItAccepts() {
    LimiterModel compliant = LimiterModel.documented(20, 1);
    LimiterModel laborious =
        new LimiterModel(
            "laborious",
            compliant.description(),
            Compliance.COMPLIANT,
            Scope.DOCUMENTED,
            1,
            (phase, random) -> {
              Limiter inner = compliant.maker().make(phase, random);
              return time -> inner.admit(time) == Limiter.REFUSED ? Limiter.REFUSED : 0.25;
            });

    assertThat(verdicts(laborious, 5, 1))
        .allSatisfy(v -> assertThat(v.status()).as(v.toString()).isEqualTo(LimitStatus.ENFORCED));
  }

  @Test
  void isUnsureAboutALimiterThatNobodyKnows() {
    LimiterModel moody =
        new LimiterModel(
            "moody",
            "",
            Compliance.WRONG,
            Scope.DOCUMENTED,
            0,
            (phase, random) -> time -> random.nextInt(3) == 0 ? Limiter.REFUSED : 0);

    assertThat(verdicts(moody, 3, 1))
        .allSatisfy(
            v -> assertThat(v.status()).as(v.toString()).isNotEqualTo(LimitStatus.ENFORCED));
  }

  @Test
  void toleratesALostReplyAndNotMany() {
    List<LimitedApi> limitedApis = limitedApis(20, 1, false);
    Workload protocol = new Workload(Workload.WorkloadSize.STANDARD, limitedApis);
    LimiterModel documented = LimiterModel.documented(20, 1);

    assertThat(
            LimitClassifier.judge(
                    limitedApis, "one", SimulatedRun.of(protocol, documented, 1, 1, 5, 80, 0.004))
                .status())
        .isEqualTo(LimitStatus.ENFORCED);
    LimitVerdict many =
        LimitClassifier.judge(
            limitedApis, "one", SimulatedRun.of(protocol, documented, 1, 1, 5, 80, 0.1));
    assertThat(many.status()).isEqualTo(LimitStatus.INCONCLUSIVE);
    assertThat(many.reason()).matches("\\d+ of \\d+ calls had no reply");
  }

  @Test
  void failsAnEndpointThatAnswersInAnotherWay() {
    List<Sample> samples = new ArrayList<>(compliant());
    samples.replaceAll(
        s ->
            s.probe().equals(ProbeId.of(Probe.BURST, 2)) && s.outcome() == CallOutcome.THROTTLED
                ? s.with(CallOutcome.OTHER, "HTTP status 429")
                : s);

    LimitVerdict verdict = LimitClassifier.judge(limitedApis(20, 1, false), "one", samples);

    assertThat(verdict.sentence())
        .startsWith("limit NOT ENFORCED, 10 of 468 calls are neither accepted nor throttled:")
        .contains("HTTP status 429");
  }

  @Test
  void isUnsureWhenTheRateWasNotOffered() {
    List<Sample> samples = new ArrayList<>(compliant());
    samples.replaceAll(
        s ->
            s.probe().equals(ProbeId.of(Probe.BURST, 2)) && s.connection() > 15
                ? new Sample(
                    s.api(),
                    s.probe(),
                    s.identity(),
                    s.connection(),
                    s.format(),
                    s.subject(),
                    s.planned(),
                    s.sent() + 900_000_000L,
                    s.received() + 900_000_000L,
                    s.outcome(),
                    s.detail())
                : s);

    assertThat(LimitClassifier.judge(limitedApis(20, 1, false), "one", samples).reason())
        .startsWith("the rate was not offered: a call was sent 9");
  }

  @Test
  void isUnsureAboutARunThatWasCutShort() {
    List<Sample> samples = compliant();

    for (int size : new int[] {0, 40, 150, 300}) {
      LimitVerdict verdict =
          LimitClassifier.judge(limitedApis(20, 1, false), "one", samples.subList(0, size));

      assertThat(verdict.status()).isEqualTo(LimitStatus.INCONCLUSIVE);
      assertThat(verdict.reason()).startsWith("the run was cut short");
    }
    assertThatThrownBy(() -> LimitClassifier.judge(limitedApis(20, 1, false), "third", samples))
        .hasMessageContaining("third");
  }

  @Test
  void saysTheSameOfTheSameSamples() {
    List<Sample> samples = compliant();

    assertThat(LimitClassifier.judge(limitedApis(20, 1, false), "one", samples))
        .isEqualTo(LimitClassifier.judge(limitedApis(20, 1, false), "one", samples));
  }

  @ParameterizedTest
  @CsvSource({"40, 1", "10, 1", "100, 10", "5, 1"})
  void scalesWithTheLimit(int requests, int seconds) {
    List<LimitedApi> limitedApis = limitedApis(requests, seconds, false);
    Workload protocol = new Workload(Workload.WorkloadSize.STANDARD, limitedApis);
    for (int seed = 0; seed < 3; seed++) {
      LimitVerdict right =
          LimitClassifier.judge(
              limitedApis,
              "one",
              SimulatedRun.of(protocol, LimiterModel.documented(requests, seconds), seed, 1));
      LimitVerdict wrong =
          LimitClassifier.judge(
              limitedApis,
              "one",
              SimulatedRun.of(
                  protocol,
                  LimiterModel.named("fixed-quarter-more", requests, seconds).orElseThrow(),
                  seed,
                  1));

      assertThat(right.status()).as(right.toString()).isEqualTo(LimitStatus.ENFORCED);
      assertThat(wrong.status()).as(wrong.toString()).isEqualTo(LimitStatus.NOT_ENFORCED);
    }
  }

  @Test
  void hammersInTheFullProtocolToo() {
    List<LimitedApi> limitedApis = limitedApis(20, 1, false);
    Workload full = new Workload(Workload.WorkloadSize.EXTENDED, limitedApis);

    for (LimiterModel kind : List.of(named("fixed"), named("sliding-log"), named("fixed-1-more"))) {
      LimitVerdict verdict =
          LimitClassifier.judge(limitedApis, "one", SimulatedRun.of(full, kind, 1, 1));

      assertThat(verdict.status()).as(verdict.toString()).isEqualTo(rightWord(kind));
      assertThat(verdict.calls()).isEqualTo(618);
    }
  }

  private static LimitStatus rightWord(LimiterModel kind) {
    return kind.compliant() ? LimitStatus.ENFORCED : LimitStatus.NOT_ENFORCED;
  }

  private static LimiterModel named(String name) {
    return LimiterModel.named(name, 20, 1).orElseThrow();
  }

  private static List<LimitedApi> limitedApis(int requests, int seconds, boolean second) {
    return List.of(
        new LimitedApi("one", requests, seconds, second, second),
        new LimitedApi("other", requests, seconds, second, second));
  }

  private static List<LimitVerdict> verdicts(LimiterModel kind, int seeds, double noise) {
    List<LimitedApi> limitedApis = limitedApis(20, 1, false);
    Workload protocol = new Workload(Workload.WorkloadSize.STANDARD, limitedApis);
    return IntStream.range(0, seeds)
        .mapToObj(
            seed ->
                LimitClassifier.judge(
                    limitedApis, "one", SimulatedRun.of(protocol, kind, seed, noise)))
        .toList();
  }

  private static List<Sample> compliant() {
    return SimulatedRun.of(
        new Workload(Workload.WorkloadSize.STANDARD, limitedApis(20, 1, false)),
        LimiterModel.documented(20, 1),
        1,
        1,
        5,
        80,
        0);
  }
}
