package asyncinfo.simulation;

import static io.gatling.javaapi.http.HttpDsl.http;

import asyncinfo.contract.ClauseKind;
import asyncinfo.verdict.Covers;
import io.gatling.javaapi.core.Simulation;

/** As much gets through as each API promises, no less and no more, whoever asks in whatever way. */
@Covers(ClauseKind.LIMIT)
public class LimitSimulation extends Simulation {
  private final LimitRun run = new LimitRun();

  /** Declares the load and what must come of it. */
  public LimitSimulation() {
    setUp(run.populations())
        .maxDuration(run.longest())
        .protocols(http.disableUrlEncoding().disableCaching().disableFollowRedirect())
        .assertions(run.assertions());
  }

  @Override
  public void after() {
    run.close();
  }
}
