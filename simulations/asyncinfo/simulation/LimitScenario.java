package asyncinfo.simulation;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.ApiResponse;
import asyncinfo.client.Credentials;
import asyncinfo.client.Redaction;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.contract.Requirement;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.LimitTestOptions;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.ratelimit.CallOutcome;
import asyncinfo.ratelimit.CallerIdentity;
import asyncinfo.ratelimit.LimitedApi;
import asyncinfo.ratelimit.PlannedCall;
import asyncinfo.ratelimit.Probe;
import asyncinfo.ratelimit.ProbeId;
import asyncinfo.ratelimit.Sample;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Sends one API its part of the protocol: one virtual user for each connection, each call signed as
 * it is sent, in all shapes and about several ids by turns. The calls themselves are silent; each
 * leaves one row in the report that says in its name what became of it.
 */
final class LimitScenario {
  private static final Duration OFTEN = Duration.ofMillis(50);
  private static final String DATA = "";
  private static final List<RequestFormat> SHAPES = RequestFormat.EACH_METHOD_AND_SIGNATURE;

  private final Specification specification;
  private final TargetEndpoint target;
  private final Api api;
  private final LimitedApi limitedApi;
  private final Schedule course;
  private final LimitTestOptions probes;
  private final Credentials credentials;
  private final UnaryOperator<String> redaction;
  private final List<Map<String, String>> subjects;
  private final List<String> throttledCodes;
  private final Map<Integer, String> usual = new ConcurrentHashMap<>();
  private final Queue<Row> rows = new ConcurrentLinkedQueue<>();
  private final AtomicInteger users = new AtomicInteger();
  private final AtomicInteger nonces = new AtomicInteger(1);

  /** A row of the report: its name, the time a reply took, and whether that may be so. */
  private record Row(String name, int millis, boolean expected) {}

  /**
   * @param credentials the key that all APIs are called with: they might share its budget
   * @param probes the regions and accounts to probe, which a target may make up anew each time
   */
  LimitScenario(
      Specification specification,
      TargetEndpoint target,
      Api api,
      LimitedApi limitedApi,
      Credentials credentials,
      LimitTestOptions probes,
      Schedule course) {
    this.specification = specification;
    this.target = target;
    this.api = api;
    this.limitedApi = limitedApi;
    this.course = course;
    this.probes = probes;
    this.credentials = credentials;
    this.redaction = redaction();
    this.subjects = RequestFeeder.of(specification, target, api);
    this.throttledCodes = specification.codesFor(Requirement.BURST, "");
  }

  /** The name of the report's row for the calls of a probe that fared alike. */
  static String row(String api, ProbeId probe, CallOutcome reception) {
    return "%s %s %s".formatted(api, probe, reception.name().toLowerCase(Locale.ROOT));
  }

  private UnaryOperator<String> redaction() {
    Redaction first = Redaction.of(credentials);
    Optional<Redaction> second = probes.secondAccount().map(Redaction::of);
    return text -> second.map(r -> r.apply(first.apply(text))).orElseGet(() -> first.apply(text));
  }

  /** The users that send. */
  PopulationBuilder senders() {
    ChainBuilder call =
        exec(pause(session -> session.<Schedule.Step>get("step").pause()))
            .exec(this::sign)
            .exec(
                doSwitch(session -> session.getString("method"))
                    .on(onCase("GET").then(request("GET")), onCase("POST").then(request("POST"))))
            .exec(this::receive);
    ChainBuilder turn =
        exec(this::step)
            .exec(doIf(session -> session.<Schedule.Step>get("step").call().isPresent()).then(call))
            .exec(
                doIf(session -> {
                      Schedule.Step step = session.get("step");
                      return step.call().isEmpty() && !step.over();
                    })
                    .then(pause(session -> session.<Schedule.Step>get("step").pause())));
    ChainBuilder user =
        exec(session -> session.set("connection", users.getAndIncrement()).set("over", false))
            .exec(asLongAs(session -> !session.getBoolean("over")).on(turn));
    return scenario(api.product()).exec(user).injectOpen(atOnceUsers(limitedApi.connections()));
  }

  /**
   * The users that write the report's rows. A dummy takes as long as it says, so who sends must not
   * wait for it.
   */
  PopulationBuilder scribes() {
    ChainBuilder line =
        exec(this::takeRow)
            .exec(
                doIfOrElse(session -> session.contains("row"))
                    .then(
                        dummy(
                                session -> session.<Row>get("row").name(),
                                session -> session.<Row>get("row").millis())
                            .withSuccess(session -> session.<Row>get("row").expected()))
                    .orElse(pause(OFTEN)));
    return scenario(api.product() + " rows")
        .exec(asLongAs(session -> !(course.over() && rows.isEmpty())).on(line))
        .injectOpen(atOnceUsers(limitedApi.connections()));
  }

  private Session takeRow(Session session) {
    Row row = rows.poll();
    return row == null ? session.remove("row") : session.set("row", row);
  }

  private Session step(Session session) {
    Schedule.Step step = course.next(api.product(), session.getInt("connection"));
    return session.set("step", step).set("over", step.over()).remove("status").remove("body");
  }

  private static PlannedCall call(Session session) {
    return session.<Schedule.Step>get("step").call().orElseThrow();
  }

  private Session sign(Session session) {
    int nonce = nonces.getAndIncrement();
    CallerIdentity origin = call(session).identity();
    SignedRequest message =
        ApiRequest.of(
                api,
                SHAPES.get(nonce % SHAPES.size()),
                target.host(api),
                origin == CallerIdentity.SECOND_REGION
                    ? probes.secondRegion().orElseThrow()
                    : target.region(),
                subjects.get(subject(nonce)),
                origin == CallerIdentity.SECOND_ACCOUNT
                    ? probes.secondAccount().orElseThrow()
                    : credentials,
                Instant.now(),
                nonce)
            .sign();
    return session
        .set("message", message)
        .set("method", message.method())
        .set("nonce", nonce)
        .set("sent", course.now());
  }

  /** Which id a call asks about; not in step with the shapes, so that all pairs come. */
  private int subject(int nonce) {
    return nonce / SHAPES.size() % subjects.size();
  }

  private HttpRequestActionBuilder request(String method) {
    String base = target.endpoint(api).resolve("/").toString();
    HttpRequestActionBuilder request =
        http(api.product())
            .httpRequest(
                method,
                session -> base + session.<SignedRequest>get("message").target().substring(1))
            .sign(
                (unsigned, session) -> {
                  session
                      .<SignedRequest>get("message")
                      .headers()
                      .forEach(h -> unsigned.getHeaders().set(h.name(), h.value()));
                  return unsigned;
                })
            .check(status().saveAs("status"), bodyString().saveAs("body"))
            .silent();
    return method.equals("GET")
        ? request
        : request.body(ByteArrayBody(session -> session.<SignedRequest>get("message").body()));
  }

  private Session receive(Session session) {
    long received = course.now();
    PlannedCall call = call(session);
    long sent = session.getLong("sent");
    int nonce = session.getInt("nonce");
    Optional<ApiResponse> reply = reply(session);
    CallOutcome reception = reply.map(r -> reception(r, subject(nonce))).orElse(CallOutcome.LOST);
    if (call.probe().probe() != Probe.WARM_UP || reception == CallOutcome.OTHER) {
      rows.add(
          new Row(
              row(api.product(), call.probe(), reception),
              reception == CallOutcome.LOST
                  ? 0
                  : (int) Duration.ofNanos(received - sent).toMillis(),
              reception == CallOutcome.ACCEPTED || reception == CallOutcome.THROTTLED));
    }
    course.add(
        Sample.of(
            call,
            SHAPES.get(nonce % SHAPES.size()).toString(),
            "id " + subject(nonce),
            sent,
            received,
            reception,
            detail(reply, reception)));
    return session.markAsSucceeded();
  }

  /**
   * Read from the body. An error that is not about frequency is one that the id brings about, and
   * then it came with the first call too.
   */
  private CallOutcome reception(ApiResponse reply, int subject) {
    if (reply.status() != 200
        || reply.json().filter(j -> j.path("Response").isObject()).isEmpty()) {
      return CallOutcome.OTHER;
    }
    if (!reply.json().map(Specification::isError).orElse(false)) {
      usual.putIfAbsent(subject, DATA);
      return CallOutcome.ACCEPTED;
    }
    String code = reply.errorCode().orElse("");
    if (throttledCodes.contains(code)) {
      return CallOutcome.THROTTLED;
    }
    if (code.isEmpty() || specification.isGatewayCode(code)) {
      return CallOutcome.OTHER;
    }
    String before = usual.putIfAbsent(subject, code);
    return before == null || before.equals(code) ? CallOutcome.ACCEPTED : CallOutcome.OTHER;
  }

  private String detail(Optional<ApiResponse> reply, CallOutcome reception) {
    return switch (reception) {
      case ACCEPTED, THROTTLED -> "";
      case LOST -> "no reply";
      case OTHER -> {
        ApiResponse other = reply.orElseThrow();
        yield redaction.apply(
            other
                .errorCode()
                .map(code -> "Error.Code " + code)
                .orElse("HTTP status " + other.status()));
      }
    };
  }

  private static Optional<ApiResponse> reply(Session session) {
    return session.contains("status") && session.contains("body")
        ? Optional.of(
            new ApiResponse(
                session.getInt("status"),
                List.of(),
                session.getString("body").getBytes(StandardCharsets.UTF_8)))
        : Optional.empty();
  }
}
