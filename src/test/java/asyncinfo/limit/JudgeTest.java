package asyncinfo.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import asyncinfo.limit.LimitVerdict.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The judge against limiters in simulated time, at many phases, with the round-trip times and the
 * jitter of a real client.
 */
class JudgeTest {
  private static final int SEEDS = 200;
  private static final double NANOS = 1e9;
  private static final Plan OVER = Plan.over(20, 1);
  private static final Plan WITHIN = Plan.within(20, 1);

  static Stream<Arguments> lawful() {
    return Stream.of(
        limiter("fixed window of 20", phase -> SimulatedLimiter.fixedWindow(20, 1, phase)),
        limiter(
            "window opened by the first request", phase -> SimulatedLimiter.anchoredWindow(20, 1)),
        limiter("sliding log of 20", phase -> SimulatedLimiter.slidingLog(20, 1, false)),
        limiter("token bucket of 20", phase -> SimulatedLimiter.tokenBucket(20, 20)),
        limiter(
            "sliding log that counts refused calls",
            phase -> SimulatedLimiter.slidingLog(20, 1, true)));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        limiter("15", phase -> SimulatedLimiter.fixedWindow(15, 1, phase)),
        limiter("18", phase -> SimulatedLimiter.fixedWindow(18, 1, phase)),
        limiter("19", phase -> SimulatedLimiter.fixedWindow(19, 1, phase)),
        limiter("21", phase -> SimulatedLimiter.fixedWindow(21, 1, phase)),
        limiter("22", phase -> SimulatedLimiter.fixedWindow(22, 1, phase)),
        limiter("25", phase -> SimulatedLimiter.fixedWindow(25, 1, phase)),
        limiter("40", phase -> SimulatedLimiter.fixedWindow(40, 1, phase)),
        limiter("none", phase -> SimulatedLimiter.none()),
        limiter("200 per 10 s", phase -> SimulatedLimiter.fixedWindow(200, 10, phase)),
        limiter("token bucket of 5", phase -> SimulatedLimiter.tokenBucket(20, 5)),
        limiter("token bucket of 40", phase -> SimulatedLimiter.tokenBucket(20, 40)),
        limiter("queue", phase -> SimulatedLimiter.queue(20, 40)),
        limiter(
            "ban of 5 s",
            phase -> SimulatedLimiter.ban(SimulatedLimiter.fixedWindow(20, 1, phase), 5)),
        limiter(
            "per connection",
            phase ->
                SimulatedLimiter.perConnection(() -> SimulatedLimiter.fixedWindow(20, 1, phase))),
        limiter(
            "two nodes",
            phase -> SimulatedLimiter.nodes(2, () -> SimulatedLimiter.fixedWindow(20, 1, phase))),
        limiter(
            "shared by both APIs",
            phase -> SimulatedLimiter.shared(SimulatedLimiter.fixedWindow(20, 1, phase))));
  }

  private static Arguments limiter(String name, DoubleFunction<SimulatedLimiter> at) {
    return arguments(name, at);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lawful")
  void passesALawfulLimiter(String name, DoubleFunction<SimulatedLimiter> at) {
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(verdict(OVER, at, seed, 1))
          .as("%s, seed %d, %s", name, seed, verdict(OVER, at, seed, 1))
          .extracting(LimitVerdict::word)
          .isEqualTo(Word.ENFORCED);
      assertThat(verdict(WITHIN, at, seed, 1).word())
          .as("%s, seed %d", name, seed)
          .isEqualTo(Word.ENFORCED);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void failsAWrongLimiter(String name, DoubleFunction<SimulatedLimiter> at) {
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(verdict(OVER, at, seed, 1))
          .as("%s, seed %d", name, seed)
          .extracting(LimitVerdict::word)
          .isEqualTo(Word.NOT_ENFORCED);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void neverPassesAWrongLimiterOnABusyMachine(String name, DoubleFunction<SimulatedLimiter> at) {
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(verdict(OVER, at, seed, 8).word())
          .as("%s, seed %d", name, seed)
          .isNotEqualTo(Word.ENFORCED);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lawful")
  void neverFailsALawfulLimiterOnABusyMachine(String name, DoubleFunction<SimulatedLimiter> at) {
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(verdict(OVER, at, seed, 8).word())
          .as("%s, seed %d", name, seed)
          .isNotEqualTo(Word.NOT_ENFORCED);
      assertThat(verdict(WITHIN, at, seed, 8).word())
          .as("%s, seed %d", name, seed)
          .isNotEqualTo(Word.NOT_ENFORCED);
    }
  }

  @Test
  void passesASlidingCounterWithARemark() {
    for (int seed = 0; seed < SEEDS; seed++) {
      LimitVerdict verdict =
          verdict(OVER, phase -> SimulatedLimiter.slidingCounter(20, 1, phase), seed, 1);

      assertThat(verdict.word()).as("seed %d: %s", seed, verdict).isEqualTo(Word.ENFORCED);
    }
  }

  @Test
  void namesTheNumberThatIsEnforced() {
    LimitVerdict verdict = verdict(OVER, phase -> SimulatedLimiter.fixedWindow(25, 1, phase), 7, 1);

    assertThat(verdict.toString()).startsWith("limit NOT ENFORCED, enforces").contains("25");
  }

  @Test
  void failsALimiterThatRefusesBelowTheLimit() {
    LimitVerdict verdict =
        verdict(WITHIN, phase -> SimulatedLimiter.fixedWindow(14, 1, phase), 7, 1);

    assertThat(verdict.word()).isEqualTo(Word.NOT_ENFORCED);
    assertThat(verdict.reason()).matches("refuses \\d of 75 calls at .*; 20 are promised");
  }

  @Test
  void isUnsureWhenTheRateWasNotOffered() {
    List<Sample> late = new ArrayList<>();
    for (Sample s : samples(OVER, SimulatedLimiter.fixedWindow(20, 1, 0), new Random(1), 1)) {
      long delay = s.probe().equals(Plan.OVERLOAD) ? 900_000_000L : 0;
      late.add(
          new Sample(
              s.probe(),
              s.connection(),
              s.planned(),
              s.sent() + delay,
              s.received() + delay,
              s.reception(),
              ""));
    }

    assertThat(Judge.over(OVER, late).word()).isEqualTo(Word.UNSURE);
  }

  @Test
  void isUnsureWhenEachBurstMayStraddleAnEdge() {
    List<Sample> slow = new ArrayList<>();
    for (Sample s : samples(OVER, SimulatedLimiter.fixedWindow(20, 1, 0), new Random(1), 1)) {
      long delay = s.probe().startsWith(Plan.BURST) ? 800_000_000L : 0;
      slow.add(
          new Sample(
              s.probe(),
              s.connection(),
              s.planned(),
              s.sent(),
              s.received() + delay,
              s.reception(),
              ""));
    }

    assertThat(Judge.over(OVER, slow).word()).isEqualTo(Word.UNSURE);
  }

  @Test
  void isUnsureWhenRepliesWereLostOrCallsNotSent() {
    List<Sample> samples = samples(OVER, SimulatedLimiter.fixedWindow(20, 1, 0), new Random(1), 1);
    List<Sample> lost = new ArrayList<>(samples);
    Sample last = lost.remove(lost.size() - 1);
    assertThat(Judge.over(OVER, lost).word()).isEqualTo(Word.UNSURE);

    lost.add(with(last, Reception.LOST));
    assertThat(Judge.over(OVER, lost).word()).isEqualTo(Word.UNSURE);
  }

  @Test
  void failsAnEndpointThatAnswersInAnotherWay() {
    List<Sample> samples =
        new ArrayList<>(samples(OVER, SimulatedLimiter.fixedWindow(20, 1, 0), new Random(1), 1));
    samples.add(with(samples.remove(samples.size() - 1), Reception.OTHER));

    assertThat(Judge.over(OVER, samples).toString())
        .startsWith("limit NOT ENFORCED, 1 of")
        .contains("neither accepted nor throttled: HTTP status 500");
  }

  @Test
  void saysThatNothingWasSent() {
    assertThat(Judge.over(OVER, List.of()).word()).isEqualTo(Word.UNSURE);
    assertThat(Judge.within(WITHIN, List.of()).word()).isEqualTo(Word.UNSURE);
  }

  @Test
  void scalesWithAnotherLimit() {
    for (int[] limit : new int[][] {{40, 1}, {5, 1}, {100, 10}, {1, 1}}) {
      Plan plan = Plan.over(limit[0], limit[1]);
      LimitVerdict right =
          Judge.over(
              plan,
              samples(
                  plan, SimulatedLimiter.fixedWindow(limit[0], limit[1], 0.3), new Random(3), 1));
      LimitVerdict wrong =
          Judge.over(
              plan,
              samples(
                  plan,
                  SimulatedLimiter.fixedWindow(limit[0] + 1 + limit[0] / 4, limit[1], 0.3),
                  new Random(3),
                  1));

      assertThat(right.word()).as("%d per %d s", limit[0], limit[1]).isEqualTo(Word.ENFORCED);
      assertThat(wrong.word()).as("%d per %d s", limit[0], limit[1]).isEqualTo(Word.NOT_ENFORCED);
    }
  }

  private static Sample with(Sample s, Reception reception) {
    return new Sample(
        s.probe(),
        s.connection(),
        s.planned(),
        s.sent(),
        s.received(),
        reception,
        "HTTP status 500");
  }

  private static LimitVerdict verdict(
      Plan plan, DoubleFunction<SimulatedLimiter> at, int seed, double noise) {
    Random random = new Random(seed);
    List<Sample> samples = samples(plan, at.apply(random.nextDouble()), random, noise);
    return plan.equals(WITHIN) ? Judge.within(plan, samples) : Judge.over(plan, samples);
  }

  /** Sends a plan to a limiter as a real client would: a little late, over a real network. */
  private static List<Sample> samples(
      Plan plan, SimulatedLimiter limiter, Random random, double noise) {
    double oneWay = (5 + 75 * random.nextDouble()) / 2000;
    record Flight(Shot shot, int connection, double sent, double arrives) {}
    List<Flight> flights = new ArrayList<>();
    for (int i = 0; i < plan.shots().size(); i++) {
      Shot shot = plan.shots().get(i);
      double late = Math.abs(random.nextGaussian()) * 0.002 + random.nextDouble() * 0.02;
      if (random.nextInt(20) == 0) {
        late -= 0.010 * Math.log(1 - random.nextDouble());
      }
      double sent = shot.at() / NANOS + late * noise;
      double way = oneWay * (1 - 0.08 * noise * Math.log(1 - random.nextDouble()));
      flights.add(new Flight(shot, i % plan.connections(), sent, sent + way));
    }
    flights.sort(Comparator.comparingDouble(Flight::arrives));
    List<Sample> samples = new ArrayList<>();
    for (Flight f : flights) {
      double wait = limiter.admit(f.arrives(), f.connection());
      double received = f.arrives() + Math.max(0, wait) + oneWay;
      samples.add(
          new Sample(
              f.shot().probe(),
              f.connection(),
              f.shot().at(),
              Math.round(f.sent() * NANOS),
              Math.round(received * NANOS),
              wait == SimulatedLimiter.REFUSED ? Reception.THROTTLED : Reception.ACCEPTED,
              ""));
    }
    return samples;
  }
}
