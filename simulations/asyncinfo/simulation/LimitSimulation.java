package asyncinfo.simulation;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.foreach;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rendezVous;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import asyncinfo.contract.ClauseKind;
import asyncinfo.verdict.Covers;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.util.List;

/** Sends the rate-limit workload to all APIs concurrently: one virtual user per connection. */
@Covers(ClauseKind.LIMIT)
public class LimitSimulation extends Simulation {
  private final LimitRun run = LimitRun.open();

  /** Sends the bytes that were signed. */
  private final HttpProtocolBuilder protocol =
      run.throughProxy(http.disableUrlEncoding().disableCaching().disableFollowRedirect());

  /** OK is an accepted call; KO is a throttled one, or any other response by its error text. */
  private final List<CheckBuilder> checks =
      List.of(
          status().saveAs("status"),
          bodyString().transformWithSession(run::classify).saveAs("outcome"),
          bodyString()
              .transformWithSession((body, session) -> session.get("outcome").toString())
              .is("accepted")
              .name("response")
              .logActualValueInError(true));

  private final HttpRequestActionBuilder get =
      http("#{api} #{probe}").get("#{url}").sign(LimitRun::headers).check(checks);

  private final HttpRequestActionBuilder post =
      http("#{api} #{probe}")
          .post("#{url}")
          .body(ByteArrayBody(LimitRun::body))
          .sign(LimitRun::headers)
          .check(checks);

  /** Warms the JVM with a key whose budget no probe uses; the report leaves these calls out. */
  private final ChainBuilder warmUp =
      repeat(run.warmUps())
          .on(
              feed(listFeeder(run.variants()).random())
                  .exec(run::signWarmUp)
                  .doIfEqualsOrElse("#{method}", "GET")
                  .then(exec(get.silent()))
                  .orElse(exec(post.silent())));

  private final ChainBuilder call =
      feed(listFeeder(run.variants()).random())
          .exec(pause(run::untilDue))
          .exec(run::sign)
          .doIfEqualsOrElse("#{method}", "GET")
          .then(exec(get))
          .orElse(exec(post))
          .exec(run::record);

  /** Begins when the phase before it has ended, because its calls depend on those outcomes. */
  private ChainBuilder phase(int number) {
    return rendezVous(run.users())
        .exec(foreach(session -> run.calls(number, session), "call").on(call));
  }

  /** Waits for the suites where two cores cannot do both. */
  private final ChainBuilder suites =
      asLongAs(session -> run.waitsForSuites()).on(pause(SuiteWait.STEP));

  private final ScenarioBuilder connections =
      scenario("connections")
          .feed(listFeeder(run.connections()).queue())
          .exec(warmUp, phase(0), phase(1), phase(2), suites, phase(3));

  private final ScenarioBuilder verdicts =
      scenario("verdicts")
          .feed(listFeeder(run.apis()).queue())
          .exec(run::judge)
          .exec(
              group("#{api} verdict")
                  .on(
                      dummy("#{verdict}", 1)
                          .withSuccess(session -> session.getBoolean("accepted"))));

  {
    setUp(
            connections
                .injectOpen(atOnceUsers(run.users()))
                .andThen(verdicts.injectOpen(atOnceUsers(run.apis().size()))))
        .protocols(protocol)
        .maxDuration(run.maxDuration())
        .assertions(run.assertions());
  }

  @Override
  public void after() {
    run.close();
  }
}
