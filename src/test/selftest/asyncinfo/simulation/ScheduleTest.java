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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How virtual users are led through a protocol, on a clock that the test moves. */
class ScheduleTest {
  private static final LimitedApi PARTY = new LimitedApi("one", 2, 1, false, false);
  private static final Workload PROTOCOL =
      new Workload(Workload.WorkloadSize.STANDARD, List.of(PARTY));

  private final AtomicLong clock = new AtomicLong(1_000_000_000_000L);
  private final AtomicInteger stages = new AtomicInteger();
  private final Schedule course = new Schedule(PROTOCOL, clock::get, stages::incrementAndGet);

  @Test
  void leadsThroughTheUsualProtocolWhereSomethingIsRefused() {
    run(true);

    assertThat(course.samples()).hasSize(new WorkloadBounds(PROTOCOL).usualCalls().size());
    assertThat(stages).hasValue(2);
    assertThat(course.next("one", 0).over()).isTrue();
  }

  @Test
  void asksForMoreWhereNothingIsRefused() {
    run(false);

    assertThat(course.samples()).hasSize(new WorkloadBounds(PROTOCOL).mostCalls(PARTY));
    assertThat(stages).hasValue(Workload.PHASES);
  }

  @Test
  void waitsForTheRepliesOfAStage() {
    Schedule.Step first = course.next("one", 0);
    assertThat(first.call()).isPresent();
    clock.addAndGet(Duration.ofMinutes(10).toNanos());

    Schedule.Step step = null;
    for (int connection = 0; connection < PARTY.connections(); connection++) {
      do {
        step = course.next("one", connection);
        step.call().ifPresent(call -> course.add(sample(call, CallOutcome.THROTTLED)));
      } while (step.call().isPresent());
    }

    assertThat(step.over()).isFalse();
    assertThat(step.pause()).isPositive();
    assertThat(stages).hasValue(1);
    course.add(sample(first.call().orElseThrow(), CallOutcome.LOST));
    assertThat(course.next("one", 0).call()).isPresent();
    assertThat(stages).hasValue(2);
  }

  /** Each user in turn, each call answered at once. */
  private void run(boolean refuse) {
    boolean over = false;
    for (int i = 0; i < 10_000 && !over; i++) {
      over = true;
      for (int connection = 0; connection < PARTY.connections(); connection++) {
        Schedule.Step step = course.next("one", connection);
        over &= step.over();
        step.call()
            .ifPresent(
                call ->
                    course.add(
                        sample(
                            call,
                            refuse && call.probe().probe() == Probe.BURST
                                ? CallOutcome.THROTTLED
                                : CallOutcome.ACCEPTED)));
      }
      clock.addAndGet(Duration.ofMillis(50).toNanos());
    }
    assertThat(over).isTrue();
  }

  private static Sample sample(PlannedCall call, CallOutcome reception) {
    return Sample.of(call, "", "", call.at(), call.at() + 1_000_000, reception, "");
  }
}
