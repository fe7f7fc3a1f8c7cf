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
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Ledger;
import asyncinfo.verdict.Outcome;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.PopulationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One plan, sent to every judged API side by side, and what becomes of its samples. */
final class LimitRun {
  private final String name;
  private final Catalogue catalogue = Catalogue.load();
  private final Target target = Settings.ofProcess(catalogue).open();
  private final List<LimitScenario> scenarios = new ArrayList<>();
  private final List<Evidence> notProvokable = new ArrayList<>();

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
    for (Api api : target.apis()) {
      Clause clause = clause(api);
      Optional<String> forbidden = target.loadForbidden(api);
      if (!target.wants(clause)) {
        continue;
      }
      if (forbidden.isPresent()) {
        notProvokable.add(
            new Evidence(
                clause.id(),
                api.product(),
                name,
                Outcome.NOT_PROVOKABLE,
                Finding.of("", forbidden.get(), ""),
                1));
      } else {
        Plan plan = planner.apply(api.limit());
        scenarios.add(
            new LimitScenario(
                catalogue, target, api, plan, good, samples -> judge.apply(plan, samples)));
      }
    }
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
      for (String probe : acceptedWhole) {
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
    try (Ledger ledger =
        new Ledger(Path.of("target", "conformance", "evidence", name + ".jsonl"))) {
      notProvokable.forEach(ledger::add);
      for (LimitScenario each : scenarios) {
        if (each.verdict() != null) {
          ledger.add(evidence(each));
          System.out.printf(
              "%s: %s; %d calls%n", each.api().product(), each.sentence(), each.samples().size());
        }
        writeSamples(each);
      }
    } catch (IOException | UncheckedIOException e) {
      // A throw in after() would cost Gatling's report; missing evidence turns the build red
      // anyway.
      System.out.println(name + ": evidence could not be written: " + e.getMessage());
    } finally {
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
            "mvn verify -Dclause='" + clause.id() + "'");
    return new Evidence(
        clause.id(), each.api().product(), name, outcome, finding, each.samples().size());
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
