package asyncinfo.simulation;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Json;
import asyncinfo.contract.Kind;
import asyncinfo.contract.Limit;
import asyncinfo.limit.LimitVerdict;
import asyncinfo.limit.Plan;
import asyncinfo.limit.Reception;
import asyncinfo.limit.Sample;
import asyncinfo.target.Settings;
import asyncinfo.target.Target;
import asyncinfo.target.Traffic;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Ledger;
import asyncinfo.verdict.Outcome;
import asyncinfo.wire.Truststore;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.PopulationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
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
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.net.ssl.TrustManagerFactory;

/** One plan, sent to every judged API side by side, and what becomes of its samples. */
final class LimitRun {
  private static final Path EVIDENCE = Path.of("target", "conformance", "evidence");

  private final String name;
  private final Catalogue catalogue = Catalogue.load();
  private final Target target = Settings.ofProcess(catalogue).open();
  private final List<LimitScenario> scenarios = new ArrayList<>();
  private final List<Evidence> notRun = new ArrayList<>();
  private final List<Traffic> before = Traffic.readAll(EVIDENCE);
  private final Instant began = Instant.now();

  /** Held, for the JDK forgets what nobody holds. */
  private final Optional<TrustManagerFactory> trusted;

  /**
   * @param name the simulation's name, which names its evidence
   * @param good what the report says of an API that keeps its promise
   * @param planner makes the plan for a limit
   * @param judge makes the verdict
   */
  LimitRun(
      String name,
      String good,
      Function<Limit, Plan> planner,
      BiFunction<Plan, List<Sample>, LimitVerdict> judge) {
    this.name = name;
    this.trusted = target.truststore().map(LimitRun::trust);
    for (Api api : target.apis()) {
      Clause clause = clause(api);
      if (!target.wants(clause)) {
        continue;
      }
      Plan plan = planner.apply(api.limit());
      Optional<String> forbidden = target.loadForbidden(api);
      Optional<String> tooMuch = tooMuch(plan);
      if (forbidden.isPresent()) {
        notRun.add(evidence(api, Outcome.NOT_PROVOKABLE, forbidden.get()));
      } else if (tooMuch.isPresent()) {
        notRun.add(evidence(api, Outcome.TROUBLE, tooMuch.get()));
      } else {
        boolean waived = target.waivers().inForce(clause).isPresent();
        scenarios.add(
            new LimitScenario(
                catalogue, target, api, plan, good, waived, samples -> judge.apply(plan, samples)));
      }
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

  /** Why a plan does not fit into what is left of the run. */
  private Optional<String> tooMuch(Plan plan) {
    int spent =
        before.stream().mapToInt(Traffic::calls).sum()
            + scenarios.stream().mapToInt(each -> each.plan().shots().size()).sum();
    if (spent + plan.shots().size() > target.budget().orElse(Integer.MAX_VALUE)) {
      return Optional.of(
          "not sent: %d calls of the budget of %d are used, and the %s simulation needs %d; raise it with -Dbudget"
              .formatted(spent, target.budget().orElseThrow(), name, plan.shots().size()));
    }
    if (target.deadline().isPresent() && Duration.ofNanos(plan.end()).compareTo(left()) > 0) {
      return Optional.of(
          "not sent: the run's deadline of %d s would pass; raise it with -Ddeadline"
              .formatted(target.deadline().get().toSeconds()));
    }
    return Optional.empty();
  }

  /** How long the simulation may take. */
  Duration longest() {
    Duration own =
        Duration.ofNanos(scenarios.stream().mapToLong(each -> each.plan().end()).max().orElse(0))
            .plus(target.timeouts().total())
            .plusSeconds(10);
    return target.deadline().isPresent() && left().compareTo(own) < 0 ? left() : own;
  }

  private Duration left() {
    Instant first =
        before.stream()
            .map(Traffic::began)
            .map(Instant::parse)
            .min(Instant::compareTo)
            .orElse(began);
    return target.deadline().orElseThrow().minus(Duration.between(first, began));
  }

  private Evidence evidence(Api api, Outcome outcome, String why) {
    return new Evidence(
        clause(api).id(), api.product(), name, outcome, Finding.of("", why, reproduce(api)), 1);
  }

  private String reproduce(Api api) {
    String profile = target.name().equals("stub") ? "" : " -P" + target.name();
    return "mvn verify%s -Dclause='%s'".formatted(profile, clause(api).id());
  }

  PopulationBuilder[] populations() {
    return scenarios.isEmpty()
        ? new PopulationBuilder[] {
          scenario("nothing to send").exec(dummy("nothing to send", 1)).injectOpen(atOnceUsers(1))
        }
        : scenarios.stream().map(LimitScenario::population).toArray(PopulationBuilder[]::new);
  }

  /**
   * Nothing failed, and each verdict is there once; together with the counts of the probes whose
   * outcome is known beforehand.
   */
  Assertion[] assertions(String... acceptedWhole) {
    List<Assertion> all = new ArrayList<>(List.of(global().failedRequests().count().is(0L)));
    for (LimitScenario each : scenarios) {
      all.add(details(each.verdictRow()).allRequests().count().is(1L));
      for (String probe : each.waived() ? new String[0] : acceptedWhole) {
        all.add(
            details(each.row(probe, Reception.ACCEPTED))
                .allRequests()
                .count()
                .is((long) each.plan().count(probe)));
      }
    }
    return all.toArray(Assertion[]::new);
  }

  /** Writes evidence and samples, says the verdicts, and stops the target. Never throws. */
  void close() {
    try (Ledger ledger = new Ledger(EVIDENCE.resolve(name + ".jsonl"))) {
      notRun.forEach(ledger::add);
      for (LimitScenario each : scenarios) {
        if (each.verdict() != null) {
          ledger.add(evidence(each));
          System.out.printf(
              "%s: %s; %d calls%n", each.api().product(), each.sentence(), each.samples().size());
        } else {
          ledger.add(evidence(each.api(), Outcome.TROUBLE, "the simulation was cut short"));
        }
        writeSamples(each);
      }
      traffic().write(EVIDENCE, name);
    } catch (IOException | UncheckedIOException e) {
      // A throw in after() would cost Gatling's report; missing evidence turns the build red
      // anyway.
      System.out.println(name + ": evidence could not be written: " + e.getMessage());
    } finally {
      Reference.reachabilityFence(trusted);
      target.close();
    }
  }

  private Evidence evidence(LimitScenario each) {
    Clause clause = clause(each.api());
    LimitVerdict verdict = each.verdict();
    Outcome outcome =
        switch (verdict.word()) {
          case ENFORCED -> Outcome.KEPT;
          case NOT_ENFORCED -> Outcome.BROKEN;
          case UNSURE -> Outcome.TROUBLE;
        };
    Limit limit = each.api().limit();
    Finding finding =
        new Finding(
            "%d requests per %d s, no fewer and no more"
                .formatted(limit.requests(), limit.seconds()),
            each.sentence(),
            "",
            "",
            "",
            reproduce(each.api()));
    return new Evidence(
        clause.id(), each.api().product(), name, outcome, finding, each.samples().size());
  }

  private Traffic traffic() {
    Map<String, Integer> sent = new LinkedHashMap<>();
    scenarios.forEach(each -> sent.put(each.api().product(), each.samples().size()));
    return new Traffic(
        began.toString(), Duration.between(began, Instant.now()).toMillis(), sent, Map.of());
  }

  private void writeSamples(LimitScenario each) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "limit"));
    Json.mapper()
        .writeValue(
            folder.resolve(each.api().product() + "-" + name + ".json").toFile(),
            Map.of("plan", each.plan(), "samples", each.samples()));
  }

  private Clause clause(Api api) {
    return catalogue.clauses(api).stream()
        .filter(c -> c.kind() == Kind.LIMIT)
        .findFirst()
        .orElseThrow();
  }
}
