package asyncinfo.limit;

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
class ProtocolTest {
  private static final Party ONE = new Party("one", 20, 1, false, false);
  private static final Party OTHER = new Party("other", 20, 1, false, false);
  private static final Party EVERYWHERE = new Party("one", 20, 1, true, true);
  private static final double SECOND = 1e9;

  @Test
  void sendsTheLeanProtocolInHalfAMinute() {
    Protocol lean = new Protocol(Protocol.Extent.LEAN, List.of(ONE, OTHER));

    assertThat(count(lean.usual(), "one")).isEqualTo(468);
    assertThat(lean.usualLength() / SECOND).isBetween(25.0, 35.0);
  }

  @ParameterizedTest
  @EnumSource
  void isBoundedWhereNothingIsRefused(Protocol.Extent extent) {
    Protocol protocol = new Protocol(extent, List.of(EVERYWHERE, OTHER));

    assertThat(protocol.most(EVERYWHERE)).isLessThan(1_200);
    assertThat(protocol.longest() / SECOND).isLessThan(75);
  }

  @Test
  void neverGoesOverTheLimitBeforeTheBursts() {
    List<Shot> early =
        new Protocol(Protocol.Extent.LEAN, List.of(ONE))
            .usual().stream()
                .filter(s -> List.of(Protocol.WARM_UP, Protocol.BELOW).contains(s.probe()))
                .sorted(Comparator.comparingLong(Shot::at))
                .toList();

    for (Shot last : early) {
      assertThat(
              early.stream()
                  .filter(s -> s.at() <= last.at() && s.at() > last.at() - 0.95 * SECOND)
                  .count())
          .isLessThanOrEqualTo(20);
    }
  }

  @Test
  void usesEachConnectionOnceInABurst() {
    List<Shot> shots = new Protocol(Protocol.Extent.LEAN, List.of(ONE)).usual();

    Map<String, List<Shot>> bursts =
        shots.stream()
            .filter(s -> s.probe().startsWith(Protocol.BURST))
            .collect(Collectors.groupingBy(Shot::probe));

    assertThat(bursts).hasSize(Protocol.BURSTS);
    assertThat(bursts.values())
        .allSatisfy(
            burst ->
                assertThat(burst.stream().map(Shot::connection).distinct())
                    .hasSize(ONE.connections()));
  }

  @Test
  void asksForMoreOnlyWhereNothingWasRefused() {
    Protocol protocol = new Protocol(Protocol.Extent.LEAN, List.of(ONE, OTHER));
    List<Sample> seen = new ArrayList<>();
    for (Shot shot : protocol.stage(0, 0, List.of()).shots()) {
      boolean refused = shot.api().equals("one") && shot.probe().endsWith("1");
      seen.add(
          Sample.of(
              shot,
              "",
              "",
              shot.at(),
              shot.at() + 5_000_000,
              refused ? Reception.THROTTLED : Reception.ACCEPTED,
              ""));
    }

    List<Shot> wide = protocol.stage(1, 0, seen).shots();

    assertThat(count(wide, "one")).isZero();
    assertThat(count(wide, "other")).isEqualTo(100);
  }

  @Test
  void asksAllApisAtTheSameInstant() {
    List<Shot> together =
        new Protocol(Protocol.Extent.LEAN, List.of(ONE, OTHER))
            .usual().stream().filter(s -> s.probe().equals(Protocol.TOGETHER + " 1")).toList();

    assertThat(together).hasSize(50);
    assertThat(together.stream().map(Shot::at).distinct()).hasSize(1);
  }

  private static long count(List<Shot> shots, String api) {
    return shots.stream().filter(s -> s.api().equals(api)).count();
  }
}
