package asyncinfo.simulation;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import asyncinfo.client.Credentials;
import asyncinfo.client.Truststore;
import asyncinfo.config.Settings;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.LimitTestOptions;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.ratelimit.CallOutcome;
import asyncinfo.ratelimit.LimitLog;
import asyncinfo.ratelimit.LimitVerdict;
import asyncinfo.ratelimit.LimitedApi;
import asyncinfo.ratelimit.Probe;
import asyncinfo.ratelimit.Sample;
import asyncinfo.ratelimit.Workload;
import asyncinfo.ratelimit.WorkloadBounds;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.EvidenceLog;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Outcome;
import asyncinfo.verdict.ResultPaths;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;

/**
 * The limit's protocol, sent to every judged API side by side, and what becomes of its samples: a
 * log for each API, which the judge reads; a row in the report; evidence.
 */
final class LimitRun {
  private static final String NAME = "limit";
  private static final Path LOGS = Path.of("target", "limit");

  private final Specification specification = Specification.load();
  private final TargetEndpoint target = Settings.ofProcess(specification).open();
  private final LimitTestOptions probes = target.limitTestOptions();
  private final Map<Api, LimitedApi> limitedApis = new LinkedHashMap<>();
  private final List<Evidence> notRun = new ArrayList<>();
  private final List<RequestCounts> before = RequestCounts.readAll(ResultPaths.EVIDENCE);
  private final Instant began = Instant.now();
  private final Workload protocol;
  private final Schedule course;
  private final Map<Api, LimitVerdict> verdicts = new ConcurrentHashMap<>();

  /** Held, for the JDK forgets what nobody holds. */
  private final Optional<TrustManagerFactory> trusted;

  /** Opens the target that the settings name, and plans what can be sent to it. */
  LimitRun() {
    GatlingConsole.hush();
    this.trusted = target.truststore().map(LimitRun::trust);
    for (Api api : target.apis()) {
      if (target.includes(clause(api)) && probes.size().isPresent()) {
        plan(api);
      }
    }
    this.protocol = protocol(List.copyOf(limitedApis.values()));
    this.course = new Schedule(protocol, System::nanoTime, this::sayProgress);
  }

  private Workload protocol(List<LimitedApi> of) {
    return new Workload(probes.size().orElse(Workload.WorkloadSize.STANDARD), of);
  }

  private void plan(Api api) {
    Optional<String> forbidden = target.loadTestBlockedBy(api);
    if (forbidden.isPresent()) {
      notRun.add(evidence(api, Outcome.NOT_TESTABLE, forbidden.get()));
      return;
    }
    LimitedApi limitedApi =
        new LimitedApi(
            api.product(),
            api.limit().requests(),
            api.limit().seconds(),
            probes.secondRegion().isPresent(),
            probes.secondAccount().isPresent());
    Optional<String> tooMuch = tooMuch(limitedApi);
    if (tooMuch.isPresent()) {
      notRun.add(evidence(api, Outcome.ERROR, tooMuch.get()));
    } else {
      limitedApis.put(api, limitedApi);
    }
  }

  /**
   * Gatling asks the JDK which certificates to trust, when it first needs to know. Two users that
   * ask at once may be given those of before, so the JDK is asked here first, and remembers.
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

  /** Why the protocol does not fit into what is left of the run. */
  private Optional<String> tooMuch(LimitedApi limitedApi) {
    List<LimitedApi> all = new ArrayList<>(limitedApis.values());
    all.add(limitedApi);
    WorkloadBounds together = new WorkloadBounds(protocol(all));
    int spent = before.stream().mapToInt(RequestCounts::calls).sum();
    int most = all.stream().mapToInt(together::mostCalls).sum();
    int maxRequests = target.maxRequests().orElse(Integer.MAX_VALUE);
    if (spent + most > maxRequests) {
      return Optional.of(
          "not sent: %d of max.requests=%d are used, and the limit of %s may need %d; raise it with -Dmax.requests"
              .formatted(
                  spent, maxRequests, all.size() == 1 ? "one API" : all.size() + " APIs", most));
    }
    if (target.maxDuration().isPresent()
        && Duration.ofNanos(together.longestDuration()).compareTo(left()) > 0) {
      return Optional.of(
          "not sent: max.duration (%d s) would pass; raise it with -Dmax.duration"
              .formatted(target.maxDuration().get().toSeconds()));
    }
    return Optional.empty();
  }

  /** How long the simulation may take: what its longest course takes, and as long for waiting. */
  Duration longest() {
    Duration own =
        Duration.ofNanos(2 * new WorkloadBounds(protocol).longestDuration())
            .plus(target.timeouts().total())
            .plusSeconds(10);
    return target.maxDuration().isPresent() && left().compareTo(own) < 0 ? left() : own;
  }

  private Duration left() {
    Instant first =
        before.stream()
            .map(RequestCounts::began)
            .map(Instant::parse)
            .min(Instant::compareTo)
            .orElse(began);
    return target.maxDuration().orElseThrow().minus(Duration.between(first, began));
  }

  private Evidence evidence(Api api, Outcome outcome, String why) {
    return new Evidence(
        clause(api).id(),
        api.product(),
        NAME,
        outcome,
        Finding.of("", why, target.reproduceCommand(clause(api))),
        1);
  }

  PopulationBuilder[] populations() {
    if (limitedApis.isEmpty()) {
      return new PopulationBuilder[] {
        scenario("nothing to send").exec(dummy("nothing to send", 1)).injectOpen(atOnceUsers(1))
      };
    }
    Credentials credentials = target.credentials();
    return limitedApis.entrySet().stream()
        .flatMap(
            each -> {
              Api api = each.getKey();
              LimitScenario scenario =
                  new LimitScenario(
                      specification, target, api, each.getValue(), credentials, probes, course);
              PopulationBuilder verdict =
                  scenario(api.product() + " verdict")
                      .exec(session -> conclude(api, session))
                      .exec(
                          dummy(promiseRow(api), 1)
                              .withSuccess(session -> session.getBoolean("expected")))
                      .exec(
                          dummy(session -> session.getString("row"), 1)
                              .withSuccess(session -> session.getBoolean("expected")))
                      .injectOpen(atOnceUsers(1));
              return Stream.of(scenario.senders(), scenario.scribes().andThen(verdict));
            })
        .toArray(PopulationBuilder[]::new);
  }

  private void sayProgress() {
    String what =
        switch (course.begun()) {
          case 1 ->
              "%s, %s"
                  .formatted(
                      String.join(
                          limitedApis.size() > 1 ? " and " : "",
                          limitedApis.values().stream().map(LimitedApi::api).toList()),
                      limitedApis.size() > 1 ? "side by side" : "alone");
          case Workload.PHASES -> "what comes after a burst, and who shares a budget";
          default -> "nothing was refused, so more at once";
        };
    long seconds =
        course.begun() == 1
            ? Duration.ofNanos(new WorkloadBounds(protocol).usualDuration()).toSeconds()
            : course.left().toSeconds();
    System.out.printf("limit: probing %s; about %d s left%n", what, seconds);
  }

  /** The judge reads the log that is kept, so that it can be judged again and say the same. */
  private Session conclude(Api api, Session session) {
    LimitLog log = LimitLog.of(limitedApis.get(api), protocol, zero(), course.samples());
    LimitVerdict verdict = judge(log, log(api));
    verdicts.put(api, verdict);
    return session
        .set("row", api.product() + " verdict: " + verdict.headline())
        .set("expected", verdict.enforced() || waived(api));
  }

  /**
   * Where nothing can be written, as on a machine of a distributed run, it is judged all the same.
   */
  private static LimitVerdict judge(LimitLog log, Path file) {
    try {
      log.write(file, null);
      LimitLog kept = LimitLog.read(file);
      LimitVerdict verdict = kept.judge();
      kept.write(file, verdict);
      return verdict;
    } catch (IOException e) {
      System.out.println(NAME + ": the log could not be kept: " + e.getMessage());
      return log.judge();
    }
  }

  /** When the clock of the samples stood at zero, in ISO 8601. */
  private String zero() {
    return Instant.now().minusNanos(course.now()).toString();
  }

  private static Path log(Api api) {
    return LOGS.resolve(api.product() + ".json");
  }

  private boolean waived(Api api) {
    return target.waivers().inForce(clause(api)).isPresent();
  }

  /** The name of the report's row that says whether the promise is kept, or a breach waived. */
  private String promiseRow(Api api) {
    return "%s promise of %s %s"
        .formatted(
            api.product(), limitedApis.get(api).limit(), waived(api) ? "kept, or waived" : "kept");
  }

  /**
   * Each promise is there once and is kept; what is sent below the limit is accepted, and of each
   * burst as much as promised; and no call is missing. A lost reply may leave one out.
   */
  Assertion[] assertions() {
    List<Assertion> all = new ArrayList<>();
    limitedApis.forEach(
        (api, limitedApi) -> {
          all.add(details(promiseRow(api)).successfulRequests().count().is(1L));
          if (!waived(api)) {
            new WorkloadBounds(protocol)
                .accepted(limitedApi)
                .forEach(
                    (probe, range) ->
                        all.add(
                            details(LimitScenario.row(api.product(), probe, CallOutcome.ACCEPTED))
                                .allRequests()
                                .count()
                                .between((long) range.least(), (long) range.most())));
          }
        });
    if (all.isEmpty()) {
      all.add(global().allRequests().count().is(1L));
    } else if (limitedApis.keySet().stream().noneMatch(this::waived)) {
      all.add(global().allRequests().count().is(rows()));
    }
    return all.toArray(Assertion[]::new);
  }

  /** A row for each call that is judged, and two for each verdict. */
  private long rows() {
    return new WorkloadBounds(protocol)
            .usualCalls().stream().filter(s -> s.probe().probe() != Probe.WARM_UP).count()
        + 2L * limitedApis.size();
  }

  /** Writes evidence, says the verdicts, and stops the target. Never throws. */
  void close() {
    try (EvidenceLog evidenceLog = new EvidenceLog(ResultPaths.EVIDENCE.resolve(NAME + ".jsonl"))) {
      notRun.forEach(evidenceLog::add);
      for (Map.Entry<Api, LimitedApi> each : limitedApis.entrySet()) {
        Api api = each.getKey();
        LimitVerdict verdict = verdicts.get(api);
        if (verdict == null) {
          LimitLog.of(each.getValue(), protocol, zero(), course.samples()).write(log(api), null);
          evidenceLog.add(evidence(api, Outcome.ERROR, "the simulation was cut short"));
        } else {
          evidenceLog.add(evidence(api, verdict));
          System.out.println(api.product() + ": " + verdict);
        }
      }
      traffic().write(ResultPaths.EVIDENCE, NAME);
    } catch (IOException | UncheckedIOException e) {
      // A throw in after() would cost Gatling's report; missing evidence turns the build red
      // anyway.
      System.out.println(NAME + ": evidence could not be written: " + e.getMessage());
    } finally {
      Reference.reachabilityFence(trusted);
      target.close();
    }
  }

  private Evidence evidence(Api api, LimitVerdict verdict) {
    Outcome outcome =
        switch (verdict.status()) {
          case ENFORCED -> Outcome.PASSED;
          case NOT_ENFORCED -> Outcome.FAILED;
          case INCONCLUSIVE -> Outcome.ERROR;
        };
    Finding finding =
        new Finding(
            "%s, no fewer and no more".formatted(limitedApis.get(api).limit()),
            verdict.sentence(),
            "",
            "",
            String.join("\n", verdict.numbers()),
            target.reproduceCommand(clause(api)));
    return new Evidence(clause(api).id(), api.product(), NAME, outcome, finding, verdict.calls());
  }

  private RequestCounts traffic() {
    List<Sample> samples = course.samples();
    Map<String, Integer> sent = new LinkedHashMap<>();
    limitedApis
        .values()
        .forEach(
            limitedApi ->
                sent.put(
                    limitedApi.api(),
                    (int) samples.stream().filter(s -> s.api().equals(limitedApi.api())).count()));
    return new RequestCounts(
        began.toString(), Duration.between(began, Instant.now()).toMillis(), sent, Map.of());
  }

  private Clause clause(Api api) {
    return specification.clauses(api).stream()
        .filter(c -> c.kind() == ClauseKind.LIMIT)
        .findFirst()
        .orElseThrow();
  }
}
