package asyncinfo.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts what limiters of many kinds accept, in simulated time, against the pinned ranges. */
@Tag("slow")
class WorkloadBoundsTest {
  private static final int RUNS = 20;
  private static final LimitedApi API = new LimitedApi("one", 20, 1, true, true);
  private static final Workload WORKLOAD =
      new Workload(
          Workload.WorkloadSize.STANDARD, List.of(API, new LimitedApi("two", 20, 1, true, true)));

  @ParameterizedTest
  @ValueSource(strings = {"fixed", "sliding-log", "token-bucket", "first-request-window"})
  void containWhatACompliantLimiterAccepts(String kind) {
    LimiterModel model = LimiterModel.named(kind, 20, 1).orElseThrow();

    for (int seed = 0; seed < RUNS; seed++) {
      assertThat(outside(model, seed)).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 15, 18, 19, 21, 22, 25, 30, 40})
  void leaveOutTheSteadyStateOfAnotherNumber(int requests) {
    LimiterModel model = LimiterModel.fixed("another", requests, 1, LimiterModel.Compliance.WRONG);

    for (int seed = 0; seed < RUNS; seed++) {
      assertThat(outside(model, seed)).as("seed %d", seed).contains(Probe.SUSTAINED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "ban",
        "queue",
        "shared",
        "per-connection",
        "two-nodes",
        "three-nodes",
        "ten-periods",
        "sixty-periods",
        "token-bucket-small",
        "token-bucket-fast",
        "token-bucket-slow",
        "shared-by-regions",
        "shared-by-accounts"
      })
  void leaveOutAnotherManner(String kind) {
    LimiterModel model = LimiterModel.named(kind, 20, 1).orElseThrow();

    for (int seed = 0; seed < RUNS; seed++) {
      assertThat(outside(model, seed)).as("seed %d", seed).isNotEmpty();
    }
  }

  /** Returns the probes of which a limiter accepts fewer or more than the range, in one run. */
  private static Set<Probe> outside(LimiterModel model, int seed) {
    List<Sample> accepted =
        SimulatedRun.of(WORKLOAD, model, seed, SimulatedRun.Network.measured(1 + seed % 3)).stream()
            .filter(sample -> sample.api().equals("one") && sample.accepted())
            .filter(s -> !s.belongsTo(Probe.SUSTAINED) || WorkloadBounds.isSteady(s.probe()))
            .toList();
    Set<Probe> outside = EnumSet.noneOf(Probe.class);
    new WorkloadBounds(WORKLOAD)
        .accepted(API)
        .forEach(
            (probe, range) -> {
              long count = accepted.stream().filter(s -> s.belongsTo(probe)).count();
              if (count < range.least() || count > range.most()) {
                outside.add(probe);
              }
            });
    return outside;
  }
}
