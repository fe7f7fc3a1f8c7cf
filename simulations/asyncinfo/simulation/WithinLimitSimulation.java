package asyncinfo.simulation;

import static io.gatling.javaapi.http.HttpDsl.http;

import asyncinfo.contract.Kind;
import asyncinfo.limit.Judge;
import asyncinfo.limit.Plan;
import asyncinfo.verdict.Proves;
import io.gatling.javaapi.core.Simulation;

/** Who keeps three quarters of the limit is never refused. */
@Proves(Kind.LIMIT)
public class WithinLimitSimulation extends Simulation {
  private final LimitRun run =
      new LimitRun(
          "within-limit",
          "nothing refused below the limit",
          limit -> Plan.within(limit.requests(), limit.seconds()),
          Judge::within);

  /** Declares the load and what must come of it. */
  public WithinLimitSimulation() {
    setUp(run.populations())
        .maxDuration(run.longest())
        .protocols(http.disableUrlEncoding().disableCaching().disableFollowRedirect())
        .assertions(run.assertions(Plan.BELOW));
  }

  @Override
  public void after() {
    run.close();
  }
}
