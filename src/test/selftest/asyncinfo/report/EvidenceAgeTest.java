package asyncinfo.report;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.StubEndpoint;
import asyncinfo.recording.LiveEvidence;
import asyncinfo.recording.Recording;
import asyncinfo.recording.Recording.Head;
import asyncinfo.stub.Stub;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Age of live evidence, and its effect on the build. */
@Tag("slow")
class EvidenceAgeTest {
  private static final Specification SPECIFICATION = Specification.load();
  private static final Api DTS = SPECIFICATION.apis().get(0);
  private static final Api MONGODB = SPECIFICATION.apis().get(1);
  private static final Path PAGE = Path.of("index.html");
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final int CLAUSES = SPECIFICATION.clauses().size();

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T11:59:59Z, 0, today",
    "2026-11-25T13:00:00Z, 0, today",
    "2026-11-24T12:00:01Z, 0, today",
    "2026-11-24T12:00:00Z, 1, 1 day ago",
    "2026-11-13T12:00:00Z, 12, 12 days ago",
    "2026-11-13T00:00:00Z, 12, 12 days ago",
    "2025-11-25T12:00:00Z, 365, 365 days ago"
  })
  void countsWholeDays(String recorded, long days, String words) {
    RunResult report = report(OptionalInt.empty(), all(Instant.parse(recorded)));

    JsonNode json = json(report);
    assertThat(json.at("/clauses/0/live/dts"))
        .hasToString(
            "{\"verdict\":\"PASS\",\"recorded\":\"%s\",\"days\":%d}".formatted(recorded, days));
    assertThat(json.at("/live/sentence").asString())
        .isEqualTo("%d of %d clauses seen live, the oldest %s.".formatted(CLAUSES, CLAUSES, words));
    assertThat(SPECIFICATION.check("report/conformance.schema.json", json)).isEmpty();
  }

  /** The latest evidence counts, whatever its verdict; of several APIs the oldest counts. */
  @Test
  void takesTheLatestEvidenceOfEachApi() {
    List<Head> heads = all(ago(40));
    heads.add(head(MONGODB, ago(3), true, Map.of("common/response/json", Verdict.FAIL)));
    heads.add(head(MONGODB, ago(9), true, Map.of("common/response/json", Verdict.PASS)));

    JsonNode live = clause(report(OptionalInt.empty(), heads), "common/response/json");

    assertThat(live.at("/mongodb/days").asInt()).isEqualTo(3);
    assertThat(live.at("/mongodb/verdict").asString()).isEqualTo("FAIL");
    assertThat(live.at("/dts/days").asInt()).isEqualTo(40);
  }

  @Test
  void isRedWhereTheEvidenceIsOlderThanItMayBe() {
    List<Head> heads = all(ago(30));
    heads.removeIf(head -> head.product().equals(MONGODB.product()));
    Map<String, Verdict> verdicts = passed(MONGODB);
    verdicts.remove("mongodb/3/Status");
    heads.add(head(MONGODB, ago(31), true, verdicts));

    RunResult report = report(OptionalInt.of(30), heads);

    assertThat(report.conformant()).isFalse();
    assertThat(report.status()).isEqualTo(RunResult.Status.NOT_PROVED);
    assertThat(report.status(DTS)).isEqualTo(RunResult.Status.NOT_PROVED);
    assertThat(report.stale().keySet())
        .allMatch(clause -> clause.binds(MONGODB))
        .hasSize(SPECIFICATION.clauses(MONGODB).size());
    assertThat(ConsoleSummary.lines(report, PAGE))
        .anyMatch(
            line ->
                line.matches(
                    "  STALE      mongodb/1/domain and \\d+ more: mongodb: last seen live 31 days"
                        + " ago, and evidence.max.age is 30"))
        .contains(
            "  STALE      mongodb/3/Status: mongodb: never seen live, and evidence.max.age is 30");
    assertThat(JunitXml.of(ReportDocument.of(report, NOW)))
        .contains("live evidence of mongodb/3/Status");
    assertThat(MarkdownSummary.of(ReportDocument.of(report, NOW)))
        .contains("mongodb/3/Status | mongodb: never");
    assertThat(HtmlReport.of(ReportDocument.of(report, NOW)))
        .contains("Live evidence that is too old");
  }

  @Test
  void isGreenWhereTheEvidenceIsAsOldAsItMayBe() {
    assertThat(report(OptionalInt.of(30), all(ago(30))).conformant()).isTrue();
  }

  @Test
  void onlyShowsTheAgeWhereAnyAgeIsAllowed() {
    RunResult report = report(OptionalInt.empty(), all(ago(4_000)));

    assertThat(report.conformant()).isTrue();
    assertThat(ConsoleSummary.lines(report, PAGE))
        .contains(
            "Live evidence: %d of %d clauses seen live, the oldest 4000 days ago."
                .formatted(CLAUSES, CLAUSES));
    assertThat(HtmlReport.of(ReportDocument.of(report, NOW))).contains("Live: PASS, 4000 days ago");
  }

  /** A recent live run that could not test the clause excuses it. */
  @ParameterizedTest
  @CsvSource({"5, true", "31, false"})
  void excusesAClauseThatNoLiveRunCanTest(int days, boolean green) {
    List<Head> heads = all(ago(1), "dts/6/InternalError");
    heads.add(head(DTS, ago(days), true, Map.of("dts/6/InternalError", Verdict.NOT_TESTABLE)));

    RunResult report = report(OptionalInt.of(30), heads);

    assertThat(report.conformant()).isEqualTo(green);
    assertThat(json(report).at("/live/notProvokable").asInt()).isEqualTo(1);
  }

  /** An interrupted run may have missed the evidence that refutes a clause. */
  @ParameterizedTest
  @CsvSource({"PASS, false", "FAIL, true", "ERROR, false", "UNOBSERVED, false"})
  void takesNoProofFromAnInterruptedRun(Verdict verdict, boolean seen) {
    List<Head> heads = all(ago(1), "dts/3/Status");
    heads.add(head(DTS, ago(1), false, Map.of("dts/3/Status", verdict)));

    RunResult report = report(OptionalInt.empty(), heads);

    assertThat(clause(report, "dts/3/Status").path("dts").isObject()).isEqualTo(seen);
    assertThat(json(report).at("/live/never").asInt()).isEqualTo(seen ? 0 : 1);
  }

  @Test
  void showsNothingWhereNoRecordingsAreGiven() {
    RunResult report =
        new RunResult(SPECIFICATION, stub(), RunArtifacts.of(passed(), List.of(), true));

    assertThat(json(report).path("live").isNull()).isTrue();
    assertThat(json(report).at("/clauses/0/live").isNull()).isTrue();
    assertThat(ConsoleSummary.lines(report, PAGE))
        .noneMatch(line -> line.startsWith("Live evidence"));
  }

  private static JsonNode clause(RunResult report, String id) {
    return json(report)
        .path("clauses")
        .valueStream()
        .filter(clause -> clause.path("id").asString().equals(id))
        .findFirst()
        .orElseThrow()
        .path("live");
  }

  private static Instant ago(int days) {
    return NOW.minus(Duration.ofDays(days));
  }

  /** A run in which all clauses passed except some. */
  private static List<Head> all(Instant when, String... but) {
    List<Head> heads = new ArrayList<>();
    for (Api api : SPECIFICATION.apis()) {
      Map<String, Verdict> verdicts = passed(api);
      verdicts.keySet().removeAll(List.of(but));
      heads.add(head(api, when, true, verdicts));
    }
    return heads;
  }

  private static Map<String, Verdict> passed(Api api) {
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    SPECIFICATION.clauses(api).forEach(clause -> verdicts.put(clause.id(), Verdict.PASS));
    return verdicts;
  }

  private static Head head(Api api, Instant when, boolean finished, Map<String, Verdict> verdicts) {
    return new Head(
        Recording.FORMAT,
        when.toString(),
        finished,
        "1",
        SPECIFICATION.hash(),
        api.product(),
        api.version(),
        api.action(),
        "https://a.example",
        "a.example",
        "ap-guangzhou",
        "*",
        "",
        Map.of(),
        verdicts);
  }

  private static RunResult report(OptionalInt maxAge, List<Head> heads) {
    return new RunResult(
        SPECIFICATION,
        stub(),
        RunArtifacts.of(passed(), List.of(), true),
        Optional.of(new EvidenceAge.LiveRuns(LiveEvidence.of(heads), maxAge, NOW)));
  }

  private static StubEndpoint stub() {
    return new StubEndpoint(SPECIFICATION, Stub.Options.of(SPECIFICATION), ClauseFilter.ALL);
  }

  private static List<Evidence> passed() {
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
