package asyncinfo.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the calls of a workload, its duration and its bounds. */
class WorkloadTest {
  private static final LimitedApi ONE = new LimitedApi("one", 20, 1, false, false);
  private static final LimitedApi OTHER = new LimitedApi("other", 20, 1, false, false);
  private static final LimitedApi EVERYWHERE = new LimitedApi("one", 20, 1, true, true);
  private static final double SECOND = 1e9;

  private final WorkloadBounds alone = new WorkloadBounds(workload(ONE));

  @Test
  void takesLessThanFortySecondsForTwoApis() {
    WorkloadBounds standard = new WorkloadBounds(workload(ONE, OTHER));

    assertThat(count(standard.usualCalls(), "one")).isEqualTo(890);
    assertThat(standard.usualDuration() / SECOND).isBetween(34.0, 37.0);
  }

  @ParameterizedTest
  @EnumSource
  void isBoundedWhereNoCallIsRefused(Workload.WorkloadSize size) {
    WorkloadBounds bounds = new WorkloadBounds(new Workload(size, List.of(EVERYWHERE, OTHER)));

    assertThat(bounds.mostCalls()).isLessThan(5_400);
    assertThat(bounds.longestDuration() / SECOND).isLessThan(90);
  }

  @Test
  void staysBelowTheLimitBeforeTheFirstBurst() {
    List<PlannedCall> early =
        alone.usualCalls().stream()
            .filter(call -> call.probe().probe() == Probe.WARM_UP)
            .sorted(Comparator.comparingLong(PlannedCall::at))
            .toList();

    assertThat(early.stream().map(PlannedCall::connection).distinct()).hasSize(ONE.connections());
    for (PlannedCall last : early) {
      assertThat(
              early.stream()
                  .filter(s -> s.at() <= last.at() && s.at() > last.at() - 0.95 * SECOND)
                  .count())
          .isLessThanOrEqualTo(20);
    }
  }

  @Test
  void beginsWithAnOverloadAfterARest() {
    PlannedCall first =
        alone.usualCalls().stream()
            .filter(call -> call.probe().probe() != Probe.WARM_UP)
            .findFirst()
            .orElseThrow();

    assertThat(first.probe()).isEqualTo(ProbeId.of(Probe.BURST, 1));
    assertThat(first.at() / SECOND).isLessThan(4);
  }

  @Test
  void usesEachConnectionOnceInABurst() {
    Map<ProbeId, List<PlannedCall>> bursts =
        alone.usualCalls().stream()
            .filter(call -> call.probe().probe() == Probe.BURST)
            .collect(Collectors.groupingBy(PlannedCall::probe));

    assertThat(bursts).hasSize(Workload.BURSTS);
    assertThat(bursts.values())
        .allSatisfy(
            burst ->
                assertThat(burst.stream().map(PlannedCall::connection).distinct())
                    .hasSize(ONE.connections()));
  }

  @Test
  void sustainsTwiceTheLimitForAtLeastEightSecondsAtAllApisConcurrently() {
    List<PlannedCall> calls =
        new WorkloadBounds(workload(ONE, OTHER))
            .usualCalls().stream().filter(call -> call.probe().probe() == Probe.SUSTAINED).toList();

    assertThat(
            calls.stream()
                .filter(call -> call.api().equals("one"))
                .collect(Collectors.groupingBy(PlannedCall::probe, Collectors.counting())))
        .hasSize(14)
        .allSatisfy((probe, count) -> assertThat(count).isEqualTo(40));
    assertThat(begins(calls, "other") - begins(calls, "one")).isLessThan(2_000_000_000L);
  }

  @Test
  void sendsMoreOnlyWhereNoCallWasRefused() {
    Workload workload = workload(ONE, OTHER);
    List<Sample> samples = new ArrayList<>();
    for (PlannedCall call : workload.phase(0, 0, List.of()).calls()) {
      boolean refused = call.api().equals("one") && call.probe().equals(ProbeId.of(Probe.BURST, 1));
      samples.add(
          Sample.of(
              call,
              "",
              "",
              call.at(),
              call.at() + 5_000_000,
              refused ? CallOutcome.THROTTLED : CallOutcome.ACCEPTED,
              ""));
    }

    List<PlannedCall> wide = workload.phase(1, 0, samples).calls();

    assertThat(count(wide, "one")).isZero();
    assertThat(count(wide, "other")).isEqualTo(100);
  }

  @Test
  void beginsWithTheFirstOverloadWhereConnectionsAreOpen() {
    Workload open = workload(ONE).overOpenConnections();
    List<PlannedCall> first = open.phase(0, 0, List.of()).calls();

    assertThat(first).extracting(call -> call.probe().probe()).containsOnly(Probe.BURST);
    assertThat(first.get(0).at()).as("time for all users to meet").isEqualTo(300_000_000);
    assertThat(new WorkloadBounds(open).usualCalls()).hasSize(860);
  }

  @Test
  void leavesOutOneProbe() {
    assertThat(
            new WorkloadBounds(workload(ONE).without(Probe.RECOVERY).without(Probe.BELOW))
                .usualCalls())
        .extracting(call -> call.probe().probe())
        .contains(Probe.BURST, Probe.SUSTAINED)
        .doesNotContain(Probe.RECOVERY, Probe.BELOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"below", "burst 2", "recovery 1.0", "after huge burst", "sustained 14"})
  void parsesTheNameOfAProbe(String name) {
    assertThat(ProbeId.parse(name)).hasToString(name);
  }

  @Test
  void knowsTheNamesOfEarlierLogs() {
    assertThat(ProbeId.parse("trace 2.3")).isEqualTo(new ProbeId(Probe.RECOVERY, 2, 3));
    assertThat(ProbeId.parse("halves 1")).isEqualTo(ProbeId.of(Probe.WINDOW_EDGE, 1));
    assertThatThrownBy(() -> ProbeId.parse("bursts 1")).hasMessage("unknown probe \"bursts 1\"");
    assertThatThrownBy(() -> ProbeId.parse("")).hasMessage("unknown probe \"\"");
  }

  private static Workload workload(LimitedApi... limitedApis) {
    return new Workload(Workload.WorkloadSize.STANDARD, List.of(limitedApis));
  }

  private static long begins(List<PlannedCall> calls, String api) {
    return calls.stream()
        .filter(call -> call.api().equals(api))
        .mapToLong(PlannedCall::at)
        .min()
        .orElseThrow();
  }

  private static long count(List<PlannedCall> calls, String api) {
    return calls.stream().filter(call -> call.api().equals(api)).count();
  }
}
