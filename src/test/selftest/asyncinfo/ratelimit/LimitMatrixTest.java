package asyncinfo.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.ratelimit.ConfusionMatrix.Subject;
import asyncinfo.ratelimit.LimitVerdict.LimitStatus;
import asyncinfo.ratelimit.SimulatedRun.Network;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Verdicts on all known limiters in simulated time, at many phases, with the round-trip times, the
 * jitter and the losses of a real client. {@link ConfusionMatrix} prints the same for more seeds.
 */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class LimitMatrixTest {
  private static final int SEEDS = 2;
  private static final int BUSY_SEEDS = 1;
  private static final double BUSY = 5;

  static Stream<Subject> subjects() {
    return ConfusionMatrix.subjects(1).stream();
  }

  static Stream<Subject> busySubjects() {
    return ConfusionMatrix.subjects(BUSY).stream();
  }

  @Test
  void knowsAtLeastSixtyLimiters() {
    assertThat(subjects()).hasSizeGreaterThanOrEqualTo(60);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void isNeverWrongAndSeldomInconclusive(Subject subject) {
    ConfusionMatrix.Row row = matrix(SEEDS).row(subject);

    assertThat(row.wrong()).as(row.verdicts().toString()).isZero();
    if (!subject.undecidable()) {
      assertThat(row.count(LimitStatus.INCONCLUSIVE))
          .as(row.verdicts().toString())
          .isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("busySubjects")
  void isNeverWrongOnABusyMachine(Subject subject) {
    ConfusionMatrix.Row row = matrix(BUSY_SEEDS).row(subject);

    assertThat(row.wrong()).as(row.verdicts().toString()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"40, 1", "10, 1", "100, 10", "5, 1"})
  void scalesWithTheLimit(int requests, int seconds) {
    List<LimitedApi> apis = SimulatedVerdicts.apis(requests, seconds, false);
    Workload workload = new Workload(Workload.WorkloadSize.STANDARD, apis);
    LimiterModel more = LimiterModel.named("fixed-quarter-more", requests, seconds).orElseThrow();
    for (int seed = 0; seed < 3; seed++) {
      LimitVerdict right =
          LimitClassifier.judge(
              apis,
              "one",
              SimulatedRun.of(
                  workload, LimiterModel.documented(requests, seconds), seed, Network.measured(1)));
      LimitVerdict wrong =
          LimitClassifier.judge(
              apis, "one", SimulatedRun.of(workload, more, seed, Network.measured(1)));

      assertThat(right.status()).as(right.toString()).isEqualTo(LimitStatus.ENFORCED);
      assertThat(wrong.status()).as(wrong.toString()).isEqualTo(LimitStatus.NOT_ENFORCED);
    }
  }

  @Test
  void findsASeldomLeakInTheExtendedWorkload() {
    List<LimitedApi> apis = SimulatedVerdicts.apis(20, 1, false);
    Workload extended = new Workload(Workload.WorkloadSize.EXTENDED, apis);

    LimitVerdict verdict =
        LimitClassifier.judge(
            apis,
            "one",
            SimulatedRun.of(
                extended, SimulatedVerdicts.named("leak-seldom"), 2, Network.measured(1)));

    assertThat(verdict.status()).as(verdict.toString()).isEqualTo(LimitStatus.NOT_ENFORCED);
    assertThat(verdict.windows()).isGreaterThan(35);
  }

  private static ConfusionMatrix matrix(int seeds) {
    return new ConfusionMatrix(
        new Workload(Workload.WorkloadSize.STANDARD, SimulatedVerdicts.apis(20, 1, false)), seeds);
  }
}
