package asyncinfo.report;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.StubEndpoint;
import asyncinfo.recording.LiveEvidence;
import asyncinfo.recording.Recording;
import asyncinfo.recording.Recording.Head;
import asyncinfo.stub.Stub;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** When each clause was last seen live, how long ago that is, and what comes of it. */
class EvidenceAgeTest {
  private static final Specification CATALOGUE = Specification.load();
  private static final Api DTS = CATALOGUE.apis().get(0);
  private static final Api MONGODB = CATALOGUE.apis().get(1);
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final int CLAUSES = CATALOGUE.clauses().size();

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
    ConformanceReport report = report(OptionalInt.empty(), all(Instant.parse(recorded)));

    JsonNode json = report.json(NOW);
    assertThat(json.at("/clauses/0/live/dts"))
        .hasToString(
            "{\"verdict\":\"PASS\",\"recorded\":\"%s\",\"days\":%d}".formatted(recorded, days));
    assertThat(json.at("/live/sentence").asString())
        .isEqualTo("%d of %d clauses seen live, the oldest %s.".formatted(CLAUSES, CLAUSES, words));
    assertThat(CATALOGUE.check("report/conformance.schema.json", json)).isEmpty();
  }

  /** The latest evidence counts, whichever verdict it is; of several APIs the oldest does. */
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

    ConformanceReport report = report(OptionalInt.of(30), heads);

    assertThat(report.conformant()).isFalse();
    assertThat(report.result()).isEqualTo(ConformanceReport.Result.NOT_PROVED);
    assertThat(report.result(DTS)).isEqualTo(ConformanceReport.Result.NOT_PROVED);
    assertThat(report.stale().keySet())
        .allMatch(clause -> clause.binds(MONGODB))
        .hasSize(CATALOGUE.clauses(MONGODB).size());
    assertThat(ReportCommand.consoleLines(report))
        .anyMatch(
            line ->
                line.matches(
                    "  STALE      mongodb/1/domain and \\d+ more: mongodb: last seen live 31 days"
                        + " ago, and max.age is 30"))
        .contains("  STALE      mongodb/3/Status: mongodb: never seen live, and max.age is 30");
    assertThat(JunitXml.of(report.json(NOW))).contains("live evidence of mongodb/3/Status");
    assertThat(MarkdownSummary.markdown(report.json(NOW)))
        .contains("mongodb/3/Status | mongodb: never");
    assertThat(HtmlReport.html(report.json(NOW))).contains("Live evidence that is too old");
  }

  @Test
  void isGreenWhereTheEvidenceIsAsOldAsItMayBe() {
    assertThat(report(OptionalInt.of(30), all(ago(30))).conformant()).isTrue();
  }

  @Test
  void onlyShowsTheAgeWhereAnyWillDo() {
    ConformanceReport report = report(OptionalInt.empty(), all(ago(4_000)));

    assertThat(report.conformant()).isTrue();
    assertThat(ReportCommand.consoleLines(report))
        .contains(
            "Live evidence: %d of %d clauses seen live, the oldest 4000 days ago."
                .formatted(CLAUSES, CLAUSES));
    assertThat(HtmlReport.html(report.json(NOW))).contains("Live: PASS, 4000 days ago");
  }

  /** Who looked, and could not bring it about, has done what can be done: for a while. */
  @ParameterizedTest
  @CsvSource({"5, true", "31, false"})
  void excusesWhatCannotBeBroughtAbout(int days, boolean green) {
    List<Head> heads = all(ago(1), "dts/6/InternalError");
    heads.add(head(DTS, ago(days), true, Map.of("dts/6/InternalError", Verdict.NOT_TESTABLE)));

    ConformanceReport report = report(OptionalInt.of(30), heads);

    assertThat(report.conformant()).isEqualTo(green);
    assertThat(report.json(NOW).at("/live/notProvokable").asInt()).isEqualTo(1);
  }

  /** A run that was cut short may have missed what refutes a clause. */
  @ParameterizedTest
  @CsvSource({"PASS, false", "FAIL, true", "ERROR, false", "UNOBSERVED, false"})
  void takesNoProofFromARunThatWasCutShort(Verdict verdict, boolean seen) {
    List<Head> heads = all(ago(1), "dts/3/Status");
    heads.add(head(DTS, ago(1), false, Map.of("dts/3/Status", verdict)));

    ConformanceReport report = report(OptionalInt.empty(), heads);

    assertThat(clause(report, "dts/3/Status").path("dts").isObject()).isEqualTo(seen);
    assertThat(report.json(NOW).at("/live/never").asInt()).isEqualTo(seen ? 0 : 1);
  }

  @Test
  void saysNothingWhereNoRecordingsAreNamed() {
    ConformanceReport report =
        new ConformanceReport(CATALOGUE, stub(), RunArtifacts.of(passed(), List.of(), true));

    assertThat(report.json(NOW).path("live").isNull()).isTrue();
    assertThat(report.json(NOW).at("/clauses/0/live").isNull()).isTrue();
    assertThat(ReportCommand.consoleLines(report))
        .noneMatch(line -> line.startsWith("Live evidence"));
  }

  private static JsonNode clause(ConformanceReport report, String id) {
    return report
        .json(NOW)
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

  /** A run in which all clauses passed, but for one. */
  private static List<Head> all(Instant when, String... but) {
    List<Head> heads = new ArrayList<>();
    for (Api api : CATALOGUE.apis()) {
      Map<String, Verdict> verdicts = passed(api);
      verdicts.keySet().removeAll(List.of(but));
      heads.add(head(api, when, true, verdicts));
    }
    return heads;
  }

  private static Map<String, Verdict> passed(Api api) {
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    CATALOGUE.clauses(api).forEach(clause -> verdicts.put(clause.id(), Verdict.PASS));
    return verdicts;
  }

  private static Head head(Api api, Instant when, boolean finished, Map<String, Verdict> verdicts) {
    return new Head(
        Recording.FORMAT,
        when.toString(),
        finished,
        "1",
        CATALOGUE.hash(),
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

  private static ConformanceReport report(OptionalInt maxAge, List<Head> heads) {
    return new ConformanceReport(
        CATALOGUE,
        stub(),
        RunArtifacts.of(passed(), List.of(), true),
        Optional.of(new EvidenceAge.LiveRuns(LiveEvidence.of(heads), maxAge, NOW)));
  }

  private static StubEndpoint stub() {
    return new StubEndpoint(CATALOGUE, Stub.Options.of(CATALOGUE), ClauseFilter.ALL);
  }

  private static List<Evidence> passed() {
    List<Evidence> evidence = new ArrayList<>();
    for (Api api : CATALOGUE.apis()) {
      for (Clause clause : CATALOGUE.clauses(api)) {
        evidence.add(Evidence.passed(clause.id(), api.product(), "check"));
      }
    }
    return evidence;
  }
}
