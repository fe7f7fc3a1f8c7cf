package asyncinfo.report;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.config.Settings;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.endpoint.StubEndpoint;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.endpoint.Waivers;
import asyncinfo.stub.Stub;
import asyncinfo.verdict.ClauseResult;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Outcome;
import asyncinfo.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Verdicts of a run and their document, for complete, incomplete and waived runs. */
@Tag("slow")
class ConformanceReportTest {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Instant NOW = Instant.parse("2026-11-22T01:02:03Z");
  private final TargetEndpoint target =
      new StubEndpoint(SPECIFICATION, Stub.Options.of(SPECIFICATION), ClauseFilter.ALL);

  @Test
  void isConformantWhenEveryClauseIsProved() {
    RunResult report = report(everyClausePassed(), true);

    assertThat(report.conformant()).isTrue();
    assertThat(report.blocking()).isEmpty();
    assertThat(report.counts()).containsEntry(Verdict.PASS, (long) SPECIFICATION.clauses().size());
    assertThat(SPECIFICATION.check("report/conformance.schema.json", json(report))).isEmpty();
  }

  @Test
  void isNotConformantWhenAClauseIsBroken() {
    List<Evidence> evidence = everyClausePassed();
    evidence.add(
        new Evidence(
            "dts/3/Status",
            "dts",
            "OutputParametersIT [GET v3]",
            Outcome.FAILED,
            new Finding("this", "<script>that</script>", "r-1", "GET /", "HTTP 200", "mvn verify"),
            1));
    RunResult report = report(evidence, true);

    assertThat(report.conformant()).isFalse();
    assertThat(report.blocking().stream().map(j -> j.clause().id()))
        .containsExactly("dts/3/Status");
    ObjectNode json = json(report);
    assertThat(SPECIFICATION.check("report/conformance.schema.json", json)).isEmpty();
    assertThat(json.path("clauses").findValuesAsString("verdict"))
        .contains("FAIL")
        .hasSize(SPECIFICATION.clauses().size());
  }

  @ParameterizedTest
  @CsvSource({"stub, , true", "staging, , false", "staging, false, false", "staging, true, true"})
  void failsOnADeviationOnStubsAndWhereTheSettingsAreStrict(
      String name, String strict, boolean fails) {
    Map<String, String> settings = new HashMap<>(Map.of("target", name));
    if (name.equals("staging")) {
      SPECIFICATION
          .apis()
          .forEach(api -> settings.put(api.id() + ".endpoint", "http://127.0.0.1:1"));
    }
    Optional.ofNullable(strict).ifPresent(value -> settings.put("strict", value));
    Map<String, String> key =
        Map.of("TENCENTCLOUD_SECRET_ID", "AKIDx", "TENCENTCLOUD_SECRET_KEY", "y");
    List<Evidence> evidence = everyClausePassed();
    evidence.add(broken("common/parameters/repeated"));
    try (TargetEndpoint named = Settings.of(SPECIFICATION, settings, key).open()) {
      RunResult report =
          new RunResult(SPECIFICATION, named, RunArtifacts.of(evidence, List.of(), true));

      assertThat(report.counts()).containsEntry(Verdict.DEVIATES, 1L);
      assertThat(report.blocking()).hasSize(fails ? 1 : 0);
      assertThat(report.conformant()).isEqualTo(!fails);
      assertThat(SPECIFICATION.check("report/conformance.schema.json", json(report))).isEmpty();
    }
  }

  @Test
  void isNotConformantWhenTheStubLeavesAClauseUnobserved() {
    List<Evidence> evidence = everyClausePassed();
    evidence.removeIf(e -> e.clause().equals("mongodb/1/limit"));

    assertThat(report(evidence, true).blocking().stream().map(ClauseResult::verdict))
        .containsExactly(Verdict.UNOBSERVED);
  }

  @Test
  void isNotConformantWhenNothingRan() {
    RunResult report = report(List.of(), true);

    assertThat(report.conformant()).isFalse();
    assertThat(report.observations()).isZero();
    assertThat(report.counts())
        .containsEntry(Verdict.UNOBSERVED, (long) SPECIFICATION.clauses().size());
  }

  @Test
  void isNotConformantBeforeTheRunIsFinished() {
    RunResult report = report(everyClausePassed(), false);

    assertThat(report.conformant()).isFalse();
    assertThat(json(report).path("finished").asBoolean(true)).isFalse();
  }

  @Test
  void isConformantWhenTheBrokenClauseIsWaivedAndShowsIt(@TempDir Path folder) throws IOException {
    List<Evidence> evidence = everyClausePassed();
    evidence.add(broken("dts/3/Status"));
    RunResult report = report(evidence, waivers(folder, "dts/3/Status", "2026-11-22"), "*");

    assertThat(report.conformant()).isTrue();
    assertThat(ConsoleSummary.redLines(report)).isEmpty();
    ObjectNode json = json(report);
    assertThat(SPECIFICATION.check("report/conformance.schema.json", json)).isEmpty();
    assertThat(json.at("/counts/WAIVED").asInt()).isEqualTo(1);
    assertThat(json.at("/waivers/0").toString())
        .isEqualTo(
            "{\"clause\":\"dts/3/Status\",\"reason\":\"known\",\"owner\":\"ann\",\"evidence\":\"T-1\","
                + "\"expires\":\"2026-11-22\",\"state\":\"USED\",\"red\":false,\"clauses\":[\"dts/3/Status\"]}");
    assertThat(report.clauseResults())
        .filteredOn(j -> j.verdict() == Verdict.WAIVED)
        .singleElement()
        .satisfies(
            j ->
                assertThat(j.reason())
                    .isEqualTo(
                        "waived until 2026-11-22: known (ann, T-1); dts: expected this, found"
                            + " that"));
  }

  /** A waiver beside dts/3/Status, which is broken, and dts/3/Info, which is in error. */
  @ParameterizedTest
  @CsvSource({
    "dts/3/Status, 2026-11-22, *, , ",
    "dts/3/*, 2026-11-22, *, ERROR, ",
    "dts/3/Status, 2026-11-21, *, FAIL, 'has expired; fix the endpoint or agree on a new date'",
    "dts/3/RequestId, 2026-12-31, *, FAIL, 'is no longer needed, because what it waives"
        + " passes; remove it'",
    "mongodb/1/limit, 2026-12-31, *, FAIL, 'matches nothing that this run judged; remove it'",
    "dts/3/Info, 2026-12-31, *, FAIL, ",
    "dts/3/RequestId, 2026-12-31, mongodb/3/*, , ",
    "dts/3/RequestId, 2026-12-31, dts/3/R*, , 'is no longer needed, because what it waives"
        + " passes; remove it'"
  })
  void namesEachBlockingWaiver(
      String glob,
      String expires,
      String narrowed,
      Verdict blocking,
      String message,
      @TempDir Path folder)
      throws IOException {
    List<Evidence> evidence = everyClausePassed();
    evidence.removeIf(e -> e.clause().equals("mongodb/1/limit"));
    evidence.add(new Evidence("mongodb/1/limit", "mongodb", "c", Outcome.NOT_TESTABLE, null, 1));
    evidence.add(broken("dts/3/Status"));
    evidence.add(new Evidence("dts/3/Info", "dts", "c", Outcome.ERROR, Finding.of("", "x", ""), 1));
    RunResult report = report(evidence, waivers(folder, glob, expires), narrowed);

    assertThat(ConsoleSummary.redLines(report))
        .filteredOn(line -> line.contains("WAIVER"))
        .isEqualTo(
            message == null
                ? List.of()
                : List.of(
                    "  WAIVER     the waiver of %s (ann, expires %s) %s"
                        .formatted(glob, expires, message)));
    assertThat(
            report.blocking().stream()
                .map(ClauseResult::verdict)
                .filter(v -> v == blocking)
                .toList())
        .hasSize(blocking == null ? 0 : 1);
    assertThat(report.conformant()).isEqualTo(report.blocking().isEmpty() && message == null);
  }

  @Test
  void printsAReasonOnceForAllClausesThatItAffects() {
    List<Evidence> evidence = everyClausePassed();
    for (String clause : List.of("dts/3/Status", "dts/3/Info", "dts/3/RequestId")) {
      evidence.add(
          new Evidence(clause, "dts", "c", Outcome.ERROR, Finding.of("", "no network", ""), 1));
    }

    assertThat(ConsoleSummary.redLines(report(evidence, true)))
        .containsExactly("  ERROR      dts/3/Info and 2 more: dts: no network");
  }

  @Test
  void showsSettingsAndTraffic() {
    RequestCounts traffic =
        new RequestCounts(NOW.toString(), 1_500, Map.of("dts", 12, "mongodb", 3), Map.of("dts", 2));
    RunResult report =
        new RunResult(
            SPECIFICATION, target, RunArtifacts.of(everyClausePassed(), List.of(traffic), true));

    assertThat(report.requestsSent())
        .isEqualTo("15 requests, 2 throttled although max.rps was kept: others use the account");
    assertThat(SPECIFICATION.check("report/conformance.schema.json", json(report))).isEmpty();
    assertThat(json(report).at("/traffic/0/sent/dts").asInt()).isEqualTo(12);
    assertThat(json(report).at("/settings/clause").asString()).isEqualTo("*");
  }

  private static Evidence broken(String clause) {
    return new Evidence(
        clause, "dts", "check", Outcome.FAILED, Finding.of("this", "that", "again"), 1);
  }

  private static Waivers waivers(Path folder, String glob, String expires) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("waivers.json"),
            "[{\"clause\": \"%s\", \"reason\": \"known\", \"owner\": \"ann\", \"evidence\": \"T-1\", \"expires\": \"%s\"}]"
                .formatted(glob, expires));
    return Waivers.read(file, SPECIFICATION, LocalDate.parse("2026-11-22"));
  }

  private static RunResult report(List<Evidence> evidence, Waivers waivers, String glob) {
    TargetEndpoint waived =
        new StubEndpoint(
            SPECIFICATION, Stub.Options.of(SPECIFICATION), waivers, new ClauseFilter(glob));
    return new RunResult(SPECIFICATION, waived, RunArtifacts.of(evidence, List.of(), true));
  }

  private RunResult report(List<Evidence> evidence, boolean finished) {
    return new RunResult(SPECIFICATION, target, RunArtifacts.of(evidence, List.of(), finished));
  }

  private static List<Evidence> everyClausePassed() {
    List<Evidence> evidence = new ArrayList<>();
    for (Api api : SPECIFICATION.apis()) {
      for (Clause clause : SPECIFICATION.clauses(api)) {
        evidence.add(Evidence.passed(clause.id(), api.id(), "check"));
      }
    }
    return evidence;
  }

  private static ObjectNode json(RunResult report) {
    return Json.mapper().valueToTree(ReportDocument.of(report, NOW));
  }
}
