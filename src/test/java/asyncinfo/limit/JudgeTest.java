package asyncinfo.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.limit.LimitVerdict.Word;
import asyncinfo.limit.LimiterKind.Standing;
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
class JudgeTest {
  private static final int SEEDS = 4;
  private static final int BUSY_SEEDS = 2;
  private static final double BUSY = 5;

  static Stream<LimiterKind> measured() {
    return LimiterKind.measured(20, 1).stream();
  }

  static Stream<LimiterKind> known() {
    // With one region and one account, who shares a budget over them is like who does not.
    return LimiterKind.zoo(20, 1).stream()
        .filter(k -> k.scope() != Scope.ALL_REGIONS && k.scope() != Scope.ALL_ACCOUNTS);
  }

  @ParameterizedTest
  @MethodSource("measured")
  void isNeverWrongAboutTheWordAndSeldomUnsure(LimiterKind kind) {
    List<LimitVerdict> verdicts = verdicts(kind, SEEDS, 1);

    assertThat(verdicts)
        .allSatisfy(v -> assertThat(v.word()).as(v.toString()).isIn(rightWord(kind), Word.UNSURE));
    assertThat(verdicts.stream().filter(v -> v.word() == Word.UNSURE).count())
        .isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("known")
  void neverPassesAWrongLimiterNorFailsALawfulOneOnABusyMachine(LimiterKind kind) {
    assertThat(verdicts(kind, BUSY_SEEDS, BUSY))
        .allSatisfy(
            v ->
                assertThat(v.word())
                    .as(v.toString())
                    .isNotEqualTo(kind.lawful() ? Word.NOT_ENFORCED : passed(kind)));
  }

  /** What others hinder little may still be seen as what it is, the documented one. */
  private static Word passed(LimiterKind kind) {
    return kind.standing() == Standing.HIDDEN ? null : Word.ENFORCED;
  }

  @Test
  void neverTakesTheDocumentedLimiterForAnythingElse() {
    assertThat(verdicts(LimiterKind.documented(20, 1), 25, 1))
        .allSatisfy(
            v -> {
              assertThat(v.word()).as(v.toString()).isEqualTo(Word.ENFORCED);
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
  void namesAWrongLimiter(String kind, String says) {
    assertThat(verdicts(named(kind), 3, 1))
        .extracting(LimitVerdict::headline)
        .contains("limit NOT ENFORCED, " + says);
  }

  @ParameterizedTest
  @CsvSource({
    "lazy-30, several counters that tell each other late",
    "lazy-150, several counters that tell each other late",
    "others-2, others may use the same budget",
    "others-5, others may use the same budget"
  })
  void saysWhatHidesALimiterAndDoesNotGuess(String kind, String says) {
    assertThat(verdicts(named(kind), 5, 1))
        .allSatisfy(v -> assertThat(v.word()).as(v.toString()).isEqualTo(Word.UNSURE))
        .anySatisfy(v -> assertThat(v.sentence()).contains(says));
  }

  @ParameterizedTest
  @CsvSource({
    "shared-by-regions, 20 per second shared by all regions",
    "shared-by-accounts, 20 per second shared by all accounts",
    "fixed, 20 per second (fixed window)"
  })
  void seesWhoSharesABudgetWhereThereIsASecondRegionAndAccount(String kind, String says) {
    List<Party> parties = parties(20, 1, true);
    Protocol protocol = new Protocol(Protocol.Extent.LEAN, parties);

    for (int seed = 0; seed < 4; seed++) {
      LimitVerdict verdict =
          Judge.judge(parties, "one", SimulatedRun.of(protocol, named(kind), seed, 1));

      assertThat(verdict.limiter()).as(verdict.toString()).isEqualTo(says);
      assertThat(verdict.notTested()).isEmpty();
    }
  }

  @Test
  void saysWhatItCouldNotTest() {
    List<Party> alone = List.of(parties(20, 1, false).get(0));
    LimitVerdict verdict =
        Judge.judge(
            alone,
            "one",
            SimulatedRun.of(
                new Protocol(Protocol.Extent.LEAN, alone), LimiterKind.documented(20, 1), 1, 1));

    assertThat(verdict.enforced()).isTrue();
    assertThat(verdict.notTested())
        .hasSize(3)
        .anyMatch(s -> s.contains("other APIs"))
        .anyMatch(s -> s.contains("second region"))
        .anyMatch(s -> s.contains("second account"));
  }

  @Test
  void isUnsureAboutAnEndpointThatIsSlowerThanItsLimit() {
    LimiterKind slow =
        new LimiterKind(
            "slow",
            "",
            Standing.HIDDEN,
            Scope.DOCUMENTED,
            0,
            (phase, random) -> Limiter.queue(8, 1_000));

    assertThat(verdicts(slow, 3, 1))
        .allSatisfy(
            v -> {
              assertThat(v.word()).as(v.toString()).isEqualTo(Word.UNSURE);
              assertThat(v.reason()).contains("serves only 8").contains("cannot be reached");
            });
  }

  @Test
  void letsAnEndpointTakeLongerForWhatItAccepts() {
    LimiterKind lawful = LimiterKind.documented(20, 1);
    LimiterKind laborious =
        new LimiterKind(
            "laborious",
            lawful.says(),
            Standing.LAWFUL,
            Scope.DOCUMENTED,
            1,
            (phase, random) -> {
              Limiter inner = lawful.maker().make(phase, random);
              return time -> inner.admit(time) == Limiter.REFUSED ? Limiter.REFUSED : 0.25;
            });

    assertThat(verdicts(laborious, 5, 1))
        .allSatisfy(v -> assertThat(v.word()).as(v.toString()).isEqualTo(Word.ENFORCED));
  }

  @Test
  void isUnsureAboutALimiterThatNobodyKnows() {
    LimiterKind moody =
        new LimiterKind(
            "moody",
            "",
            Standing.WRONG,
            Scope.DOCUMENTED,
            0,
            (phase, random) -> time -> random.nextInt(3) == 0 ? Limiter.REFUSED : 0);

    assertThat(verdicts(moody, 3, 1))
        .allSatisfy(v -> assertThat(v.word()).as(v.toString()).isNotEqualTo(Word.ENFORCED));
  }

  @Test
  void toleratesALostReplyAndNotMany() {
    List<Party> parties = parties(20, 1, false);
    Protocol protocol = new Protocol(Protocol.Extent.LEAN, parties);
    LimiterKind documented = LimiterKind.documented(20, 1);

    assertThat(
            Judge.judge(parties, "one", SimulatedRun.of(protocol, documented, 1, 1, 5, 80, 0.004))
                .word())
        .isEqualTo(Word.ENFORCED);
    LimitVerdict many =
        Judge.judge(parties, "one", SimulatedRun.of(protocol, documented, 1, 1, 5, 80, 0.1));
    assertThat(many.word()).isEqualTo(Word.UNSURE);
    assertThat(many.reason()).matches("\\d+ of \\d+ calls had no reply");
  }

  @Test
  void failsAnEndpointThatAnswersInAnotherWay() {
    List<Sample> samples = new ArrayList<>(lawful());
    samples.replaceAll(
        s ->
            s.probe().equals(Protocol.BURST + " 2") && s.reception() == Reception.THROTTLED
                ? s.with(Reception.OTHER, "HTTP status 429")
                : s);

    LimitVerdict verdict = Judge.judge(parties(20, 1, false), "one", samples);

    assertThat(verdict.sentence())
        .startsWith("limit NOT ENFORCED, 10 of 468 calls are neither accepted nor throttled:")
        .contains("HTTP status 429");
  }

  @Test
  void isUnsureWhenTheRateWasNotOffered() {
    List<Sample> samples = new ArrayList<>(lawful());
    samples.replaceAll(
        s ->
            s.probe().equals(Protocol.BURST + " 2") && s.connection() > 15
                ? new Sample(
                    s.api(),
                    s.probe(),
                    s.origin(),
                    s.connection(),
                    s.shape(),
                    s.subject(),
                    s.planned(),
                    s.sent() + 900_000_000L,
                    s.received() + 900_000_000L,
                    s.reception(),
                    s.detail())
                : s);

    assertThat(Judge.judge(parties(20, 1, false), "one", samples).reason())
        .startsWith("the rate was not offered: a call was sent 9");
  }

  @Test
  void isUnsureAboutARunThatWasCutShort() {
    List<Sample> samples = lawful();

    for (int size : new int[] {0, 40, 150, 300}) {
      LimitVerdict verdict = Judge.judge(parties(20, 1, false), "one", samples.subList(0, size));

      assertThat(verdict.word()).isEqualTo(Word.UNSURE);
      assertThat(verdict.reason()).startsWith("the run was cut short");
    }
    assertThatThrownBy(() -> Judge.judge(parties(20, 1, false), "third", samples))
        .hasMessageContaining("third");
  }

  @Test
  void saysTheSameOfTheSameSamples() {
    List<Sample> samples = lawful();

    assertThat(Judge.judge(parties(20, 1, false), "one", samples))
        .isEqualTo(Judge.judge(parties(20, 1, false), "one", samples));
  }

  @ParameterizedTest
  @CsvSource({"40, 1", "10, 1", "100, 10", "5, 1"})
  void scalesWithTheLimit(int requests, int seconds) {
    List<Party> parties = parties(requests, seconds, false);
    Protocol protocol = new Protocol(Protocol.Extent.LEAN, parties);
    for (int seed = 0; seed < 3; seed++) {
      LimitVerdict right =
          Judge.judge(
              parties,
              "one",
              SimulatedRun.of(protocol, LimiterKind.documented(requests, seconds), seed, 1));
      LimitVerdict wrong =
          Judge.judge(
              parties,
              "one",
              SimulatedRun.of(
                  protocol,
                  LimiterKind.named("fixed-quarter-more", requests, seconds).orElseThrow(),
                  seed,
                  1));

      assertThat(right.word()).as(right.toString()).isEqualTo(Word.ENFORCED);
      assertThat(wrong.word()).as(wrong.toString()).isEqualTo(Word.NOT_ENFORCED);
    }
  }

  @Test
  void hammersInTheFullProtocolToo() {
    List<Party> parties = parties(20, 1, false);
    Protocol full = new Protocol(Protocol.Extent.FULL, parties);

    for (LimiterKind kind : List.of(named("fixed"), named("sliding-log"), named("fixed-1-more"))) {
      LimitVerdict verdict = Judge.judge(parties, "one", SimulatedRun.of(full, kind, 1, 1));

      assertThat(verdict.word()).as(verdict.toString()).isEqualTo(rightWord(kind));
      assertThat(verdict.calls()).isEqualTo(618);
    }
  }

  private static Word rightWord(LimiterKind kind) {
    return kind.lawful() ? Word.ENFORCED : Word.NOT_ENFORCED;
  }

  private static LimiterKind named(String name) {
    return LimiterKind.named(name, 20, 1).orElseThrow();
  }

  private static List<Party> parties(int requests, int seconds, boolean second) {
    return List.of(
        new Party("one", requests, seconds, second, second),
        new Party("other", requests, seconds, second, second));
  }

  private static List<LimitVerdict> verdicts(LimiterKind kind, int seeds, double noise) {
    List<Party> parties = parties(20, 1, false);
    Protocol protocol = new Protocol(Protocol.Extent.LEAN, parties);
    return IntStream.range(0, seeds)
        .mapToObj(seed -> Judge.judge(parties, "one", SimulatedRun.of(protocol, kind, seed, noise)))
        .toList();
  }

  private static List<Sample> lawful() {
    return SimulatedRun.of(
        new Protocol(Protocol.Extent.LEAN, parties(20, 1, false)),
        LimiterKind.documented(20, 1),
        1,
        1,
        5,
        80,
        0);
  }
}
