package asyncinfo.simulation;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.http.HttpDsl.Proxy;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.Credentials;
import asyncinfo.client.ProxyServer;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.SignedRequest;
import asyncinfo.client.Truststore;
import asyncinfo.config.Settings;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.BlockedApis;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.ratelimit.CallOutcome;
import asyncinfo.ratelimit.LimitVerdict;
import asyncinfo.ratelimit.PlannedCall;
import asyncinfo.ratelimit.Probe;
import asyncinfo.ratelimit.ProbeId;
import asyncinfo.ratelimit.Sample;
import asyncinfo.ratelimit.Workload;
import asyncinfo.ratelimit.WorkloadBounds;
import asyncinfo.verdict.ResultPaths;
import io.gatling.http.client.Request;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.TrustManagerFactory;

/** One run of the limit simulation: what its sessions do between Gatling's actions. */
final class LimitRun {
  /** The number of calls after which the JVM has compiled most of what a call needs. */
  private static final int WARM_UPS = 300;

  private final Specification specification = Specification.load();
  private final TargetEndpoint endpoint = Settings.ofProcess(specification).open();
  private final Instant began = Instant.now();
  private final LimitPlan plan =
      new LimitPlan(
          specification,
          endpoint,
          RequestCounts.readAll(ResultPaths.EVIDENCE),
          BlockedApis.read(ResultPaths.EVIDENCE),
          began);
  private final Workload workload = plan.workload();
  private final SuiteWait suites =
      new SuiteWait(
          plan.limitedApis().size(),
          ResultPaths.EVIDENCE,
          System::nanoTime,
          () -> System.out.println(SuiteWait.MESSAGE));
  private final Schedule schedule = new Schedule(workload, System::nanoTime, this::printProgress);
  private final Map<String, Api> apis;
  private final Map<String, ApiClient> clients;
  private final LimitResults results;

  /** Kept reachable, because the JDK caches trust managers weakly. */
  private final Optional<TrustManagerFactory> trusted;

  /**
   * Opens the endpoint that the settings name, and plans the calls. Where none may be sent, writes
   * the reasons as evidence and ends the process, so that Gatling leaves no empty report.
   */
  static LimitRun open() {
    LimitRun run = new LimitRun();
    if (run.apis.isEmpty()) {
      run.plan
          .notRun()
          .forEach(e -> System.out.printf("limit: %s: %s%n", e.api(), e.finding().actual()));
      run.close();
      System.exit(0);
    }
    return run;
  }

  private LimitRun() {
    this.results = new LimitResults(plan, endpoint, schedule, began);
    this.trusted = endpoint.truststore().map(LimitRun::trust);
    this.apis =
        plan.limitedApis().keySet().stream()
            .collect(Collectors.toMap(Api::id, api -> api, (a, b) -> a, LinkedHashMap::new));
    Credentials credentials = endpoint.credentials();
    this.clients =
        apis.values().stream()
            .collect(
                Collectors.toMap(
                    Api::id,
                    api ->
                        new ApiClient(specification, endpoint, api, credentials, plan.options())));
  }

  /**
   * Gatling asks the JDK for the certificates to trust when it first needs them. Two users that ask
   * at once may get those of before, so they are read here first, and the JDK caches them.
   */
  private static TrustManagerFactory trust(Truststore truststore) {
    System.setProperty("javax.net.ssl.trustStore", truststore.file().toString());
    System.setProperty("javax.net.ssl.trustStoreType", Truststore.TYPE);
    System.setProperty("javax.net.ssl.trustStorePassword", truststore.password());
    try {
      TrustManagerFactory trusted =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init((KeyStore) null);
      return trusted;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the protocol with the proxy through which the endpoints are reached, if any. */
  HttpProtocolBuilder throughProxy(HttpProtocolBuilder protocol) {
    List<ProxyServer> proxies =
        apis.values().stream().flatMap(api -> endpoint.proxy(api).stream()).distinct().toList();
    if (proxies.size() > 1) {
      throw new IllegalStateException(
          "Gatling uses one proxy, and the endpoints need %s".formatted(proxies));
    }
    String[] direct =
        apis.values().stream()
            .filter(api -> endpoint.proxy(api).isEmpty())
            .map(api -> endpoint.endpoint(api).getHost())
            .toArray(String[]::new);
    return proxies.isEmpty()
        ? protocol
        : protocol.proxy(Proxy(proxies.get(0).host(), proxies.get(0).port())).noProxyFor(direct);
  }

  private void printProgress(int phase, Duration left) {
    String names = String.join(" and ", apis.keySet());
    String probed =
        switch (phase) {
          case 0 -> names + (apis.size() > 1 ? ", side by side" : ", alone");
          case Workload.PHASES - 1 -> "recovery, window edges, and the scope of the budget";
          default -> "with more bursts, because of what the first ones let through";
        };
    Duration usual =
        phase == 0 ? Duration.ofNanos(new WorkloadBounds(workload).usualDuration()) : left;
    System.out.printf("limit: probing %s; about %d s left%n", probed, usual.toSeconds());
  }

  // ---- what the simulation feeds

  /** Returns a record for each connection of each API: {@code api}, {@code connection}. */
  List<Map<String, Object>> connections() {
    return plan.limitedApis().values().stream()
        .flatMap(
            limitedApi ->
                IntStream.range(0, limitedApi.connections())
                    .mapToObj(
                        i -> Map.<String, Object>of("api", limitedApi.api(), "connection", i)))
        .toList();
  }

  /** Returns a record for each pair of request format and subject. */
  List<Map<String, Object>> variants() {
    return RequestFormat.EACH_METHOD_AND_SIGNATURE.stream()
        .flatMap(
            format ->
                IntStream.range(0, ApiClient.SUBJECTS)
                    .mapToObj(i -> Map.<String, Object>of("format", format, "subject", i)))
        .toList();
  }

  /** Returns a record for each API: {@code api}. */
  List<Map<String, Object>> apis() {
    return apis.keySet().stream().map(api -> Map.<String, Object>of("api", api)).toList();
  }

  // ---- what a session does between Gatling's actions

  /** Returns the calls of the session's connection in a phase. */
  List<PlannedCall> calls(int phase, Session session) {
    return schedule.calls(phase, session.getString("api"), session.getInt("connection"));
  }

  /** Returns whether the suites of this run have to end before the last phase. */
  boolean waitsForSuites() {
    return !suites.isOver();
  }

  /** Returns the time until the session's call is due. */
  Duration untilDue(Session session) {
    return schedule.untilDue(call(session));
  }

  private static PlannedCall call(Session session) {
    return session.get("call");
  }

  private ApiClient client(Session session) {
    return clients.get(session.getString("api"));
  }

  /** Signs the session's call, at the time of sending. */
  Session sign(Session session) {
    PlannedCall call = call(session);
    SignedRequest request =
        client(session).sign(call.identity(), session.get("format"), session.getInt("subject"));
    return toSend(request, session).set("probe", row(call.probe())).set("sent", schedule.now());
  }

  /** Signs a call that warms the JVM. */
  Session signWarmUp(Session session) {
    SignedRequest request =
        client(session).signWarmUp(session.get("format"), session.getInt("subject"));
    return toSend(request, session).set("probe", "warm-up").markAsSucceeded();
  }

  private Session toSend(SignedRequest request, Session session) {
    return session
        .remove("status")
        .remove("outcome")
        .set("request", request)
        .set("method", request.method())
        .set("url", client(session).url(request));
  }

  /** Returns the number of calls per connection that warm the JVM. */
  int warmUps() {
    return plan.warmsUp() ? Math.max(2, WARM_UPS / users()) : 0;
  }

  /** Names the row of Gatling's report that counts the calls of a probe. */
  private static String row(ProbeId id) {
    return id.probe() == Probe.SUSTAINED && !WorkloadBounds.isSteady(id)
        ? id.probe() + ", onset"
        : id.probe().toString();
  }

  /** Sets the headers as signed. */
  static Request headers(Request unsigned, Session session) {
    session
        .<SignedRequest>get("request")
        .headers()
        .forEach(h -> unsigned.getHeaders().set(h.name(), h.value()));
    return unsigned;
  }

  /** Returns the body as signed. */
  static byte[] body(Session session) {
    return session.<SignedRequest>get("request").body();
  }

  /** Classifies a response to the session's call. */
  ResponseClassifier.Classification classify(String body, Session session) {
    return client(session)
        .classify(
            new ApiResponse(
                session.getInt("status"), List.of(), body.getBytes(StandardCharsets.UTF_8)),
            session.getInt("subject"));
  }

  /** Adds the sample of the session's call, also when no response was received. */
  Session record(Session session) {
    long received = schedule.now();
    ResponseClassifier.Classification outcome =
        session.contains("outcome")
            ? session.get("outcome")
            : ResponseClassifier.Classification.LOST;
    boolean explained =
        outcome.outcome() == CallOutcome.ACCEPTED || outcome.outcome() == CallOutcome.THROTTLED;
    schedule.add(
        Sample.of(
            call(session),
            session.get("format").toString(),
            client(session).subjectName(session.getInt("subject")),
            session.getLong("sent"),
            received,
            outcome.outcome(),
            explained ? "" : outcome.detail()));
    return session.markAsSucceeded();
  }

  /** Judges an API. */
  Session judge(Session session) {
    Api api = apis.get(session.getString("api"));
    LimitVerdict verdict = results.judge(api);
    return session
        .set("verdict", verdict.headline())
        .set("accepted", verdict.enforced() || plan.isWaived(api));
  }

  // ---- what the simulation asserts, and leaves behind

  /** Returns the number of virtual users: one for each connection. */
  int users() {
    return connections().size();
  }

  /** Returns the time after which Gatling stops. */
  Duration maxDuration() {
    return plan.maxDuration();
  }

  /**
   * Returns the assertions: of each API the verdict, and the accepted calls of those probes of
   * which a compliant limiter accepts a known number; and that no call is missing.
   */
  List<Assertion> assertions() {
    WorkloadBounds bounds = new WorkloadBounds(workload);
    List<Assertion> all = new ArrayList<>();
    plan.limitedApis()
        .forEach(
            (api, limitedApi) -> {
              String name = api.id();
              all.add(details(name + " verdict").successfulRequests().count().is(1L));
              if (!plan.isWaived(api)) {
                bounds
                    .accepted(limitedApi)
                    .forEach(
                        (probe, range) ->
                            all.add(
                                details(name + " " + probe)
                                    .successfulRequests()
                                    .count()
                                    .between((long) range.least(), (long) range.most())));
              }
            });
    if (apis.values().stream().noneMatch(plan::isWaived)) {
      WorkloadBounds.Range calls = bounds.calls();
      long verdictRows = apis.size();
      all.add(
          global()
              .allRequests()
              .count()
              .between(calls.least() + verdictRows, calls.most() + verdictRows));
    }
    return all;
  }

  /** Writes evidence, prints the verdicts, and closes the endpoint. Never throws. */
  void close() {
    try {
      results.write();
    } catch (IOException | UncheckedIOException e) {
      // Gatling writes no report after an exception here; missing evidence is an error anyway.
      System.out.println("limit: evidence could not be written: " + e.getMessage());
    } finally {
      Reference.reachabilityFence(trusted);
      endpoint.close();
    }
  }
}
