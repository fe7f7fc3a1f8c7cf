package asyncinfo.report;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.contract.Clause;
import asyncinfo.stub.Stub;
import asyncinfo.target.ClauseFilter;
import asyncinfo.target.StubTarget;
import asyncinfo.target.Target;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Judgement;
import asyncinfo.verdict.Outcome;
import asyncinfo.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The report tells the truth about a run, whatever became of it. */
class ConformanceReportTest {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final Instant NOW = Instant.parse("2026-11-22T01:02:03Z");
  private final Target target =
      new StubTarget(CATALOGUE, Stub.Options.of(CATALOGUE), ClauseFilter.ALL);

  @Test
  void isConformantWhenEachClauseWasProved() {
    ConformanceReport report = report(everythingKept(), true);

    assertThat(report.conformant()).isTrue();
    assertThat(report.red()).isEmpty();
    assertThat(report.counts()).containsEntry(Verdict.PASS, (long) CATALOGUE.clauses().size());
    assertThat(CATALOGUE.check("report/conformance.schema.json", report.json(NOW))).isEmpty();
  }

  @Test
  void isNotConformantWhenAClauseIsBroken() {
    List<Evidence> evidence = everythingKept();
    evidence.add(
        new Evidence(
            "dts/3/Status",
            "dts",
            "OutputParametersIT [GET v3]",
            Outcome.BROKEN,
            new Finding("this", "<script>that</script>", "r-1", "GET /", "HTTP 200", "mvn verify"),
            1));
    ConformanceReport report = report(evidence, true);

    assertThat(report.conformant()).isFalse();
    assertThat(report.red().stream().map(j -> j.clause().id())).containsExactly("dts/3/Status");
    ObjectNode json = report.json(NOW);
    assertThat(CATALOGUE.check("report/conformance.schema.json", json)).isEmpty();
    assertThat(json.path("clauses").findValuesAsString("verdict"))
        .contains("FAIL")
        .hasSize(CATALOGUE.clauses().size());
  }

  @Test
  void isNotConformantWhenAClauseWasNotSeenOnTheStub() {
    List<Evidence> evidence = everythingKept();
    evidence.removeIf(e -> e.clause().equals("mongodb/1/limit"));

    assertThat(report(evidence, true).red().stream().map(Judgement::verdict))
        .containsExactly(Verdict.UNOBSERVED);
  }

  @Test
  void isNotConformantWhenNothingRan() {
    ConformanceReport report = report(List.of(), true);

    assertThat(report.conformant()).isFalse();
    assertThat(report.observations()).isZero();
    assertThat(report.counts())
        .containsEntry(Verdict.UNOBSERVED, (long) CATALOGUE.clauses().size());
  }

  @Test
  void isNotConformantBeforeTheRunIsFinished() {
    ConformanceReport report = report(everythingKept(), false);

    assertThat(report.conformant()).isFalse();
    assertThat(report.json(NOW).path("finished").asBoolean(true)).isFalse();
  }

  private ConformanceReport report(List<Evidence> evidence, boolean finished) {
    return new ConformanceReport(CATALOGUE, target, evidence, List.of(), finished);
  }

  private static List<Evidence> everythingKept() {
    List<Evidence> evidence = new ArrayList<>();
    for (Api api : CATALOGUE.apis()) {
      for (Clause clause : CATALOGUE.clauses(api)) {
        evidence.add(Evidence.kept(clause.id(), api.product(), "check"));
      }
    }
    return evidence;
  }
}
