package asyncinfo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.ratelimit.CallOutcome;
import asyncinfo.ratelimit.LimitedApi;
import asyncinfo.ratelimit.PlannedCall;
import asyncinfo.ratelimit.Probe;
import asyncinfo.ratelimit.Sample;
import asyncinfo.ratelimit.Workload;
import asyncinfo.ratelimit.WorkloadBounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Schedules a workload on a clock that the test moves. */
class ScheduleTest {
  private static final LimitedApi API = new LimitedApi("one", 2, 1, false, false);
  private static final Workload WORKLOAD =
      new Workload(Workload.WorkloadSize.STANDARD, List.of(API));

  private final AtomicLong clock = new AtomicLong(1_000_000_000_000L);
  private final List<Integer> begun = new ArrayList<>();
  private final Schedule schedule =
      new Schedule(WORKLOAD, clock::get, (number, left) -> begun.add(number));

  @Test
  void sendsTheUsualWorkloadWhereCallsAreThrottled() {
    run(true);

    assertThat(schedule.samples()).hasSize(new WorkloadBounds(WORKLOAD).usualCalls().size());
    assertThat(begun).containsExactly(0, Workload.PHASES - 1);
  }

  @Test
  void sendsMoreWhereNoCallIsThrottled() {
    run(false);

    assertThat(schedule.samples()).hasSize(new WorkloadBounds(WORKLOAD).mostCalls());
    assertThat(begun).containsExactly(0, 1, 2, 3);
  }

  @Test
  void givesEachConnectionItsOwnCallsInTheOrderOfTime() {
    List<PlannedCall> calls = schedule.calls(0, "one", 1);

    assertThat(calls).isNotEmpty().allMatch(call -> call.connection() == 1);
    assertThat(calls).extracting(PlannedCall::at).isSorted();
    assertThat(schedule.calls(0, "another", 1)).isEmpty();
  }

  @Test
  void beginsAPhaseAfterTheEndOfTheOneBeforeIt() {
    run(true);

    List<Sample> samples = schedule.samples();
    long lastBurst =
        samples.stream().filter(this::isBurst).mapToLong(Sample::planned).max().orElseThrow();
    long next =
        samples.stream()
            .filter(s -> s.probe().probe() == Probe.RECOVERY)
            .mapToLong(Sample::planned)
            .min()
            .orElseThrow();
    assertThat(next - lastBurst).isGreaterThan(Duration.ofSeconds(2).toNanos());
  }

  private boolean isBurst(Sample sample) {
    return sample.probe().probe() == Probe.BURST;
  }

  @Test
  void beginsLateWhereTheResponsesOfThePhaseBeforeAreLate() {
    schedule.calls(0, "one", 0);
    clock.addAndGet(Duration.ofMinutes(10).toNanos());

    List<PlannedCall> calls = schedule.calls(1, "one", 0);

    assertThat(calls.get(0).at()).isGreaterThanOrEqualTo(Duration.ofMinutes(10).toNanos());
    assertThat(schedule.untilDue(calls.get(0)))
        .isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
  }

  @Test
  void sendsALateCallAtOnce() {
    PlannedCall first = schedule.calls(0, "one", 0).get(0);
    clock.addAndGet(Duration.ofSeconds(5).toNanos());

    assertThat(schedule.untilDue(first)).isZero();
  }

  /** Answers each call at once, phase by phase, as the barrier of the simulation does. */
  private void run(boolean throttleBursts) {
    for (int phase = 0; phase < Workload.PHASES; phase++) {
      for (int connection = 0; connection < API.connections(); connection++) {
        for (PlannedCall call : schedule.calls(phase, "one", connection)) {
          boolean throttled = throttleBursts && call.probe().probe() == Probe.BURST;
          schedule.add(
              Sample.of(
                  call,
                  "",
                  "",
                  call.at(),
                  call.at() + 1_000_000,
                  throttled ? CallOutcome.THROTTLED : CallOutcome.ACCEPTED,
                  ""));
        }
      }
      clock.addAndGet(Duration.ofMillis(50).toNanos());
    }
  }
}
