package asyncinfo.simulation;

import static io.gatling.javaapi.http.HttpDsl.http;

import asyncinfo.contract.Kind;
import asyncinfo.limit.Judge;
import asyncinfo.limit.Plan;
import asyncinfo.verdict.Proves;
import io.gatling.javaapi.core.Simulation;

/** Who asks for more than the limit gets as much as promised, no less and no more. */
@Proves(Kind.LIMIT)
public class OverLimitSimulation extends Simulation {
  private final LimitRun run =
      new LimitRun(
          "over-limit",
          "limit ENFORCED",
          limit -> Plan.over(limit.requests(), limit.seconds()),
          Judge::over);

  /** Declares the load and what must come of it. */
  public OverLimitSimulation() {
    setUp(run.populations())
        .maxDuration(run.longest())
        .protocols(http.disableUrlEncoding().disableCaching().disableFollowRedirect())
        .assertions(run.assertions(Plan.RECOVERY));
  }

  @Override
  public void after() {
    run.close();
  }
}
