package asyncinfo.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the protocol sends, and what it may cost. */
class WorkloadTest {
  private static final LimitedApi ONE = new LimitedApi("one", 20, 1, false, false);
  private static final LimitedApi OTHER = new LimitedApi("other", 20, 1, false, false);
  private static final LimitedApi EVERYWHERE = new LimitedApi("one", 20, 1, true, true);
  private static final double SECOND = 1e9;

  @Test
  void sendsTheLeanProtocolInHalfAMinute() {
    Workload lean = new Workload(Workload.WorkloadSize.STANDARD, List.of(ONE, OTHER));

    assertThat(count(lean.usual(), "one")).isEqualTo(468);
    assertThat(lean.usualLength() / SECOND).isBetween(25.0, 35.0);
  }

  @ParameterizedTest
  @EnumSource
  void isBoundedWhereNothingIsRefused(Workload.WorkloadSize size) {
    Workload protocol = new Workload(size, List.of(EVERYWHERE, OTHER));

    assertThat(protocol.most(EVERYWHERE)).isLessThan(1_200);
    assertThat(protocol.longest() / SECOND).isLessThan(75);
  }

  @Test
  void neverGoesOverTheLimitBeforeTheBursts() {
    List<PlannedCall> early =
        new Workload(Workload.WorkloadSize.STANDARD, List.of(ONE))
            .usual().stream()
                .filter(s -> List.of(Workload.WARM_UP, Workload.BELOW).contains(s.probe()))
                .sorted(Comparator.comparingLong(PlannedCall::at))
                .toList();

    for (PlannedCall last : early) {
      assertThat(
              early.stream()
                  .filter(s -> s.at() <= last.at() && s.at() > last.at() - 0.95 * SECOND)
                  .count())
          .isLessThanOrEqualTo(20);
    }
  }

  @Test
  void usesEachConnectionOnceInABurst() {
    List<PlannedCall> calls = new Workload(Workload.WorkloadSize.STANDARD, List.of(ONE)).usual();

    Map<String, List<PlannedCall>> bursts =
        calls.stream()
            .filter(s -> s.probe().startsWith(Workload.BURST))
            .collect(Collectors.groupingBy(PlannedCall::probe));

    assertThat(bursts).hasSize(Workload.BURSTS);
    assertThat(bursts.values())
        .allSatisfy(
            burst ->
                assertThat(burst.stream().map(PlannedCall::connection).distinct())
                    .hasSize(ONE.connections()));
  }

  @Test
  void asksForMoreOnlyWhereNothingWasRefused() {
    Workload protocol = new Workload(Workload.WorkloadSize.STANDARD, List.of(ONE, OTHER));
    List<Sample> seen = new ArrayList<>();
    for (PlannedCall call : protocol.stage(0, 0, List.of()).calls()) {
      boolean refused = call.api().equals("one") && call.probe().endsWith("1");
      seen.add(
          Sample.of(
              call,
              "",
              "",
              call.at(),
              call.at() + 5_000_000,
              refused ? CallOutcome.THROTTLED : CallOutcome.ACCEPTED,
              ""));
    }

    List<PlannedCall> wide = protocol.stage(1, 0, seen).calls();

    assertThat(count(wide, "one")).isZero();
    assertThat(count(wide, "other")).isEqualTo(100);
  }

  @Test
  void asksAllApisAtTheSameInstant() {
    List<PlannedCall> together =
        new Workload(Workload.WorkloadSize.STANDARD, List.of(ONE, OTHER))
            .usual().stream().filter(s -> s.probe().equals(Workload.TOGETHER + " 1")).toList();

    assertThat(together).hasSize(50);
    assertThat(together.stream().map(PlannedCall::at).distinct()).hasSize(1);
  }

  private static long count(List<PlannedCall> calls, String api) {
    return calls.stream().filter(s -> s.api().equals(api)).count();
  }
}
