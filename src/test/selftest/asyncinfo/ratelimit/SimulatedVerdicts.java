package asyncinfo.ratelimit;

import asyncinfo.ratelimit.SimulatedRun.Network;
import java.util.List;
import java.util.stream.IntStream;

/** Verdicts on limiters in simulated time. */
final class SimulatedVerdicts {
  private SimulatedVerdicts() {}

  static List<LimitedApi> apis(int requests, int seconds, boolean secondScopes) {
    return List.of(
        new LimitedApi("one", requests, seconds, secondScopes, secondScopes),
        new LimitedApi("other", requests, seconds, secondScopes, secondScopes));
  }

  static LimiterModel named(String name) {
    return LimiterModel.named(name, 20, 1).orElseThrow();
  }

  static LimitVerdict of(LimiterModel model, long seed, Network network) {
    return LimitClassifier.judge(apis(20, 1, false), "one", samples(model, seed, network));
  }

  static List<Sample> samples(LimiterModel model, long seed, Network network) {
    Workload standard = new Workload(Workload.WorkloadSize.STANDARD, apis(20, 1, false));
    return SimulatedRun.of(standard, model, seed, network);
  }

  static List<LimitVerdict> of(LimiterModel model, int seeds, double jitter) {
    return IntStream.range(0, seeds)
        .mapToObj(seed -> of(model, seed, Network.measured(jitter)))
        .toList();
  }

  /** Returns the measured network, on which no response is lost. */
  static Network quiet() {
    return Network.measured(1).withLost(0);
  }
}
