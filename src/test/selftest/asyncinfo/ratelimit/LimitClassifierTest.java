package asyncinfo.ratelimit;

import static asyncinfo.ratelimit.SimulatedVerdicts.apis;
import static asyncinfo.ratelimit.SimulatedVerdicts.named;
import static asyncinfo.ratelimit.SimulatedVerdicts.quiet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.ratelimit.LimitVerdict.LimitStatus;
import asyncinfo.ratelimit.LimiterModel.Compliance;
import asyncinfo.ratelimit.SimulatedRun.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts on single runs in simulated time; {@link LimitMatrixTest} has many of each limiter. */
@Tag("slow")
class LimitClassifierTest {
  private static final LimiterModel DOCUMENTED = LimiterModel.documented(20, 1);

  @Test
  void enforcesTheDocumentedLimitAndStatesThePowerOfTheRun() {
    assertThat(SimulatedVerdicts.of(DOCUMENTED, 1, quiet()).sentence())
        .matches(
            "limit ENFORCED, 20 per second \\(fixed window\\); \\d+ overloaded windows counted"
                + " exactly; a leak in one of ten windows would go unseen in (9|1\\d) % of runs;"
                + " 890 requests in 3\\d s");
  }

  @ParameterizedTest
  @CsvSource({
    "fixed-1-fewer, 19 per second (fixed window)",
    "late-3, 30 of 30 at once get through in the first seconds of an overload",
    "leak-2-each-4th, '20, in some seconds 22'"
  })
  void namesAWrongLimiter(String name, String limiter) {
    assertThat(SimulatedVerdicts.of(named(name), 1, Network.measured(1)).headline())
        .isEqualTo("limit NOT ENFORCED, " + limiter);
  }

  @ParameterizedTest
  @CsvSource({
    "fixed-1-more, 21 per second (fixed window)",
    "token-bucket-1-more, 20 per second (token bucket of 21)",
    "shared, 20 per second shared by all APIs",
    "queue, '20 per second, by queueing calls instead of refusing them'",
    "queue-then-refuse, 'a queue: calls above the limit wait, and are refused when it is full'",
    "ban, '20 per second, and a caller above it is banned for longer'",
    "burst-budget, '20, and up to 30 now and then'"
  })
  void namesWrongLimitersOfManyKinds(String name, String limiter) {
    namesAWrongLimiter(name, limiter);
  }

  /** Runs with five times the measured jitter that need all the evidence together. */
  @ParameterizedTest
  @CsvSource({
    "leak-1-each-2nd, 16, NOT_ENFORCED",
    "queue-then-refuse, 39, NOT_ENFORCED",
    "others-1, 4, INCONCLUSIVE",
    "others-1, 16, INCONCLUSIVE",
    "others-2, 21, INCONCLUSIVE"
  })
  void isNotMisledOnABusyMachine(String name, long seed, LimitStatus right) {
    LimitVerdict verdict = SimulatedVerdicts.of(named(name), seed, Network.measured(5));

    assertThat(verdict.status()).as(verdict.toString()).isEqualTo(right);
  }

  /** A clock that is being set right by NTP, near enough to show it. */
  @Test
  void blamesNoClockThatRunsALittleFast() {
    LimiterModel slewed =
        new LimiterModel(
            "slewed",
            DOCUMENTED.description(),
            Compliance.COMPLIANT,
            DOCUMENTED.scope(),
            0,
            (phase, random) ->
                IrregularLimiters.onClock(
                    Limiter.fixedWindow(20, 1, phase), time -> time * 1.0005));
    Network near = new Network(1, 0.3, 3, 0, 0, 0, false, CallOutcome.THROTTLED, "");

    for (int seed = 0; seed < 20; seed++) {
      LimitVerdict verdict = SimulatedVerdicts.of(slewed, seed, near);

      assertThat(verdict.status()).as(verdict.toString()).isEqualTo(LimitStatus.ENFORCED);
    }
  }

  /** A boundary between two windows may explain one call more in either, but not in each. */
  @Test
  void findsALeakThatShowsInTheWindowsTogether() {
    LimitVerdict verdict = SimulatedVerdicts.of(named("leak-1-each-2nd"), 16, Network.measured(5));

    assertThat(verdict.numbers())
        .contains("accepted in each overloaded window of a clock: 20 (21 times)");
    assertThat(verdict.sentence())
        .startsWith("limit NOT ENFORCED, ")
        .contains("wherever the seconds begin, at least ", " are more than 20 in one of them");
  }

  @ParameterizedTest
  @CsvSource({
    "sliding-log, sliding log, ''",
    "sliding-halves, window that slides in halves, less than a limit may come back at once",
    "sliding-tenths, window that slides in tenths, less than a limit may come back at once",
    "sliding-counter, sliding counter, the window before counts in part",
    "token-bucket, token bucket of 20, up to two limits get through within one period",
    "clock-fast, fixed window, the clock of the endpoint runs up to 1 % fast",
    "clock-steps, fixed window, the clock of the endpoint steps",
    "delays-evenly, fixed window, accepted calls of a burst wait up to 0.",
    "delays-half, fixed window, accepted calls of a burst wait up to 0.5"
  })
  void remarksOnACompliantLimiterThatIsNoPlainWindow(String name, String manner, String remark) {
    LimitVerdict verdict = SimulatedVerdicts.of(named(name), 1, quiet());

    assertThat(verdict.headline())
        .as(verdict.toString())
        .isEqualTo("limit ENFORCED, 20 per second (%s)".formatted(manner));
    assertThat(String.join("; ", verdict.remarks())).contains(remark);
  }

  @Test
  void doesNotBlameALimiterWhoseBudgetOthersUse() {
    LimitVerdict verdict = SimulatedVerdicts.of(named("others-2"), 1, Network.measured(1));

    assertThat(verdict.status()).as(verdict.toString()).isEqualTo(LimitStatus.INCONCLUSIVE);
    assertThat(verdict.sentence()).contains("others may use the same budget");
  }

  @ParameterizedTest
  @CsvSource({
    "shared-by-regions, 20 per second shared by all regions",
    "shared-by-accounts, 20 per second shared by all accounts",
    "fixed, 20 per second (fixed window)"
  })
  void recognisesASharedBudgetWhereThereIsASecondRegionAndAccount(String name, String limiter) {
    List<LimitedApi> apis = apis(20, 1, true);
    Workload workload = new Workload(Workload.WorkloadSize.STANDARD, apis);

    LimitVerdict verdict =
        LimitClassifier.judge(
            apis, "one", SimulatedRun.of(workload, named(name), 1, Network.measured(1)));

    assertThat(verdict.limiter()).as(verdict.toString()).isEqualTo(limiter);
    assertThat(verdict.notTested()).isEmpty();
  }

  /** The limit of a page is that of one API, also where a product has several. */
  @ParameterizedTest
  @CsvSource({
    "shared-by-actions, vm vm-DescribeZones, '20 per second shared by all actions of the product'",
    "shared-by-actions, dts vm vm-DescribeZones, '20 per second shared by all actions of the"
        + " product'",
    "shared-by-actions, vm vm-DescribeZones vm-DescribeJobs, '20 per second shared by all actions"
        + " of the product'",
    "shared, dts vm vm-DescribeZones, 20 per second shared by all APIs",
    "fixed, dts vm vm-DescribeZones, 20 per second (fixed window)"
  })
  void tellsWhetherActionsOfAProductShareABudget(String name, String ids, String limiter) {
    List<LimitedApi> apis =
        Stream.of(ids.split(" ", -1)).map(id -> new LimitedApi(id, 20, 1, false, false)).toList();
    Workload workload = new Workload(Workload.WorkloadSize.STANDARD, apis);
    for (int seed = 0; seed < 4; seed++) {
      List<Sample> samples = SimulatedRun.of(workload, named(name), seed, Network.measured(1));
      for (LimitedApi api : apis) {
        LimitVerdict verdict = LimitClassifier.judge(apis, api.api(), samples);

        boolean concerned = !name.equals("shared-by-actions") || api.product().equals("vm");
        assertThat(verdict.limiter())
            .as("%s, seed %d: %s", api, seed, verdict)
            .isEqualTo(concerned ? limiter : "20 per second (fixed window)");
      }
    }
  }

  @Test
  void listsTheScopesThatItCouldNotTest() {
    List<LimitedApi> alone = List.of(apis(20, 1, false).get(0));
    Workload workload = new Workload(Workload.WorkloadSize.STANDARD, alone);

    LimitVerdict verdict =
        LimitClassifier.judge(
            alone, "one", SimulatedRun.of(workload, DOCUMENTED, 1, Network.measured(1)));

    assertThat(verdict.enforced()).as(verdict.toString()).isTrue();
    assertThat(verdict.notTested())
        .hasSize(3)
        .anyMatch(s -> s.contains("other APIs"))
        .anyMatch(s -> s.contains("second region"))
        .anyMatch(s -> s.contains("second account"));
  }

  @Test
  void isInconclusiveAboutAnEndpointThatIsSlowerThanItsLimit() {
    LimiterModel slow =
        LimiterModel.unclocked(
            "slow", "", Compliance.OBSCURED, (phase, random) -> Limiter.queue(8, 1_000));

    LimitVerdict verdict = SimulatedVerdicts.of(slow, 1, Network.measured(1));

    assertThat(verdict.status()).as(verdict.toString()).isEqualTo(LimitStatus.INCONCLUSIVE);
    assertThat(verdict.reason()).contains("serves only 8").contains("cannot be reached");
  }

  @Test
  void acceptsAnEndpointThatTakesLongerForAcceptedCalls() {
    LimiterModel slow =
        LimiterModel.clocked(
            "slow to accept",
            "",
            Compliance.COMPLIANT,
            1,
            (phase, random) -> {
              Limiter inner = DOCUMENTED.maker().make(phase, random);
              return time -> inner.admit(time) == Limiter.REFUSED ? Limiter.REFUSED : 0.25;
            });

    LimitVerdict verdict = SimulatedVerdicts.of(slow, 1, quiet());

    assertThat(verdict.status()).as(verdict.toString()).isEqualTo(LimitStatus.ENFORCED);
    assertThat(verdict.remarks()).isEmpty();
  }

  @Test
  void doesNotEnforceWhatRefusesAtRandom() {
    LimiterModel random =
        LimiterModel.unclocked(
            "random",
            "",
            Compliance.WRONG,
            (phase, dice) -> time -> dice.nextInt(3) == 0 ? Limiter.REFUSED : 0);

    LimitVerdict verdict = SimulatedVerdicts.of(random, 1, Network.measured(1));

    assertThat(verdict.status()).as(verdict.toString()).isNotEqualTo(LimitStatus.ENFORCED);
  }

  @Test
  void isInconclusiveWhenTheRateWasNotOffered() {
    List<Sample> late =
        changed(
            s ->
                s.probe().equals(ProbeId.of(Probe.BURST, 2)) && s.connection() > 15
                    ? delayed(s, 900_000_000, 900_000_000)
                    : s);

    assertThat(judge(late).reason()).startsWith("the rate was not offered: a call was sent 9");
  }

  /** In these trials the first burst alone is accepted whole. */
  @ParameterizedTest
  @CsvSource({"fixed, 58, ENFORCED", "late-1, 2, NOT_ENFORCED", "late-1, 3, NOT_ENFORCED"})
  void repeatsTheFirstOverloadWhereAWindowMayEndInIt(String name, long seed, LimitStatus right) {
    LimitVerdict verdict = SimulatedVerdicts.of(named(name), seed, Network.measured(2));

    assertThat(verdict.status()).as(verdict.toString()).isEqualTo(right);
    assertThat(verdict.numbers()).anyMatch(line -> line.endsWith("accepted: burst after rest"));
  }

  @Test
  void doesNotRepeatAnOverloadThatIsRefusedAsPromised() {
    assertThat(SimulatedVerdicts.of(named("fixed"), 1, Network.measured(1)).numbers())
        .noneMatch(line -> line.contains("burst after rest"));
  }

  @Test
  void isInconclusiveIfTheMomentOfMostCallsIsUncertain() {
    List<Sample> uneven = changed(s -> s.connection() % 4 == 0 ? s : delayed(s, 0, 450_000_000));

    assertThat(judge(uneven).sentence())
        .matches("limit INCONCLUSIVE, only [0-5] of \\d+ overloaded windows could be counted.*");
  }

  private static Sample delayed(Sample s, long sending, long receiving) {
    return new Sample(
        s.api(),
        s.probe(),
        s.identity(),
        s.connection(),
        s.format(),
        s.subject(),
        s.planned(),
        s.sent() + sending,
        s.received() + receiving,
        s.outcome(),
        s.detail());
  }

  @Test
  void isInconclusiveAboutARunThatWasCutShort() {
    List<Sample> samples = changed(s -> s);

    for (int size : new int[] {0, 40, 150, 300}) {
      LimitVerdict verdict = judge(samples.subList(0, size));

      assertThat(verdict.status()).isEqualTo(LimitStatus.INCONCLUSIVE);
      assertThat(verdict.reason()).startsWith("the run was cut short");
      assertThat(verdict.power()).isEqualTo("no overloaded window could be counted exactly");
    }
    assertThatThrownBy(() -> LimitClassifier.judge(apis(20, 1, false), "third", samples))
        .hasMessageContaining("third");
  }

  @Test
  void repeatsTheVerdictOnTheSameSamples() {
    List<Sample> samples = changed(s -> s);

    assertThat(judge(samples)).isEqualTo(judge(samples));
  }

  private static LimitVerdict judge(List<Sample> samples) {
    return LimitClassifier.judge(apis(20, 1, false), "one", samples);
  }

  private static List<Sample> changed(UnaryOperator<Sample> change) {
    List<Sample> samples =
        new ArrayList<>(SimulatedVerdicts.samples(DOCUMENTED, 1, SimulatedVerdicts.quiet()));
    samples.replaceAll(change);
    return samples;
  }
}
