package asyncinfo.simulation;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.limit.LimitVerdict;
import asyncinfo.limit.Plan;
import asyncinfo.limit.Reception;
import asyncinfo.limit.Sample;
import asyncinfo.limit.Shot;
import asyncinfo.target.Target;
import asyncinfo.wire.Call;
import asyncinfo.wire.CallShape;
import asyncinfo.wire.Credentials;
import asyncinfo.wire.HttpMessage;
import asyncinfo.wire.Redaction;
import asyncinfo.wire.Reply;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Sends a plan to one API: one virtual user for each connection, each call signed as it is sent, in
 * all shapes by turns. The calls themselves are silent; each leaves one row in the report that says
 * in its name what became of it.
 */
final class LimitScenario {
  private static final List<CallShape> SHAPES = CallShape.EACH_METHOD_AND_SIGNATURE;

  private final Catalogue catalogue;
  private final Target target;
  private final Api api;
  private final Plan plan;
  private final String good;
  private final boolean waived;
  private final Function<List<Sample>, LimitVerdict> judge;
  private final Credentials credentials;
  private final List<String> throttledCodes;
  private final Map<String, String> arguments;
  private final List<Sample> samples = new ArrayList<>();
  private final AtomicInteger users = new AtomicInteger();
  private final AtomicInteger nonces = new AtomicInteger(1);
  private final AtomicLong start = new AtomicLong();
  private LimitVerdict verdict;

  /**
   * @param good what the report says of an API that keeps its promise
   * @param waived whether a violation is put up with, and must not fail the simulation
   * @param judge makes the verdict from the samples, when all are there
   */
  LimitScenario(
      Catalogue catalogue,
      Target target,
      Api api,
      Plan plan,
      String good,
      boolean waived,
      Function<List<Sample>, LimitVerdict> judge) {
    this.catalogue = catalogue;
    this.target = target;
    this.api = api;
    this.plan = plan;
    this.good = good;
    this.waived = waived;
    this.judge = judge;
    this.credentials = target.credentials();
    this.throttledCodes = catalogue.codesFor("burst", "");
    this.arguments = api.examples().get(0).request();
  }

  Api api() {
    return api;
  }

  Plan plan() {
    return plan;
  }

  List<Sample> samples() {
    synchronized (samples) {
      return List.copyOf(samples);
    }
  }

  /** The verdict; null when the run was cut short. */
  LimitVerdict verdict() {
    return verdict;
  }

  /** The name of the report's row for the calls of a probe that fared alike. */
  String row(String probe, Reception reception) {
    return "%s %s %s".formatted(api.product(), probe, reception.name().toLowerCase(Locale.ROOT));
  }

  /** Whether a violation is put up with: the gate judges it by its evidence, no assertion does. */
  boolean waived() {
    return waived;
  }

  /** The name of the report's row for the verdict that the build asks for. */
  String verdictRow() {
    return api.product() + " verdict: " + (waived ? "waived, see conformance.json" : good);
  }

  /** The verdict in a sentence. */
  String sentence() {
    return verdict.enforced() ? good + ", " + verdict.why() : verdict.toString();
  }

  PopulationBuilder population() {
    ChainBuilder shot =
        exec(this::nextShot)
            .exec(pause(this::untilDue))
            .exec(this::sign)
            .exec(
                doSwitch(session -> session.getString("method"))
                    .on(onCase("GET").then(request("GET")), onCase("POST").then(request("POST"))))
            .exec(this::receive)
            .doIf(session -> session.contains("row"))
            .then(
                dummy(session -> session.getString("row"), session -> session.getInt("millis"))
                    .withSuccess(session -> session.getBoolean("expected")));
    ChainBuilder user =
        exec(this::arrive)
            .exec(repeat(session -> plan.of(session.getInt("connection")).size(), "n").on(shot));
    ChainBuilder conclusion =
        exec(this::conclude)
            .exec(
                dummy(session -> session.getString("row"), 1)
                    .withSuccess(session -> session.getBoolean("expected")));
    return scenario(api.product())
        .exec(user)
        .injectOpen(atOnceUsers(plan.connections()))
        .andThen(scenario(api.product() + " verdict").exec(conclusion).injectOpen(atOnceUsers(1)));
  }

  private Session arrive(Session session) {
    // Leaves time for all users to be there before the first call is due.
    start.compareAndSet(0, System.nanoTime() + Duration.ofMillis(500).toNanos());
    return session.set("connection", users.getAndIncrement());
  }

  private Session nextShot(Session session) {
    Shot shot = plan.of(session.getInt("connection")).get(session.getInt("n"));
    return session.set("shot", shot).remove("row").remove("status").remove("body");
  }

  private Duration untilDue(Session session) {
    Shot shot = session.get("shot");
    return Duration.ofNanos(Math.max(0, start.get() + shot.at() - System.nanoTime()));
  }

  private Session sign(Session session) {
    int nonce = nonces.getAndIncrement();
    HttpMessage message =
        Call.of(
                api,
                SHAPES.get(nonce % SHAPES.size()),
                target.host(api),
                target.region(),
                arguments,
                credentials,
                Instant.now(),
                nonce)
            .sign();
    return session
        .set("message", message)
        .set("method", message.method())
        .set("sent", System.nanoTime() - start.get());
  }

  private HttpRequestActionBuilder request(String method) {
    String base = target.endpoint(api).resolve("/").toString();
    HttpRequestActionBuilder request =
        http(api.product())
            .httpRequest(
                method, session -> base + session.<HttpMessage>get("message").target().substring(1))
            .sign(
                (unsigned, session) -> {
                  session
                      .<HttpMessage>get("message")
                      .headers()
                      .forEach(h -> unsigned.getHeaders().set(h.name(), h.value()));
                  return unsigned;
                })
            .check(status().saveAs("status"), bodyString().saveAs("body"))
            .silent();
    return method.equals("GET")
        ? request
        : request.body(ByteArrayBody(session -> session.<HttpMessage>get("message").body()));
  }

  private Session receive(Session session) {
    long received = System.nanoTime() - start.get();
    Shot shot = session.get("shot");
    long sent = session.getLong("sent");
    Reception reception = reception(session);
    Sample sample =
        new Sample(
            shot.probe(),
            session.getInt("connection"),
            shot.at(),
            sent,
            received,
            reception,
            detail(session, reception));
    synchronized (samples) {
      samples.add(sample);
    }
    Session next = session.markAsSucceeded();
    return shot.probe().equals(Plan.WARM_UP)
        ? next
        : next.set("row", row(shot.probe(), reception))
            .set("millis", (int) Duration.ofNanos(received - sent).toMillis())
            .set(
                "expected",
                waived || reception == Reception.ACCEPTED || reception == Reception.THROTTLED);
  }

  private Reception reception(Session session) {
    if (!session.contains("status") || !session.contains("body")) {
      return Reception.LOST;
    }
    Reply reply = reply(session);
    if (reply.status() != 200
        || reply.json().filter(j -> j.path("Response").isObject()).isEmpty()) {
      return Reception.OTHER;
    }
    if (!reply.json().map(Catalogue::isError).orElse(false)) {
      return Reception.ACCEPTED;
    }
    String code = reply.errorCode().orElse("");
    if (throttledCodes.contains(code)) {
      return Reception.THROTTLED;
    }
    return code.isEmpty() || catalogue.isGatewayCode(code) ? Reception.OTHER : Reception.ACCEPTED;
  }

  private String detail(Session session, Reception reception) {
    return switch (reception) {
      case ACCEPTED, THROTTLED -> "";
      case LOST -> "no reply";
      case OTHER -> {
        Reply reply = reply(session);
        yield Redaction.of(credentials)
            .apply(reply.errorCode().orElse("HTTP status " + reply.status()));
      }
    };
  }

  private static Reply reply(Session session) {
    return new Reply(
        session.getInt("status"),
        List.of(),
        session.getString("body").getBytes(StandardCharsets.UTF_8));
  }

  private Session conclude(Session session) {
    verdict = judge.apply(samples());
    return session
        .set(
            "row",
            verdict.enforced() || waived
                ? verdictRow()
                : api.product() + " verdict: " + verdict.headline())
        .set("expected", verdict.enforced() || waived);
  }
}
