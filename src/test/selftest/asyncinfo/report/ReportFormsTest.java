package asyncinfo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.SettingsException;
import asyncinfo.endpoint.StubEndpoint;
import asyncinfo.ratelimit.CallOutcome;
import asyncinfo.ratelimit.CallerIdentity;
import asyncinfo.ratelimit.LimitLog;
import asyncinfo.ratelimit.LimitedApi;
import asyncinfo.ratelimit.Probe;
import asyncinfo.ratelimit.ProbeId;
import asyncinfo.ratelimit.Sample;
import asyncinfo.ratelimit.Workload;
import asyncinfo.stub.Stub;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Outcome;
import asyncinfo.verdict.Progress;
import asyncinfo.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Forms of the report, and the artifacts that they are made from. */
@Tag("slow")
class ReportFormsTest {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Api API = SPECIFICATION.apis().get(0);
  private static final Path PAGE = Path.of("index.html");
  private static final Instant NOW = Instant.parse("2026-11-22T01:02:03Z");
  private static final String HOSTILE = "</td><script>alert(1)</script> | `x` \u0000 ]]>";

  @TempDir Path folder;

  @Test
  void showsContentOfAnEndpointAsTextInEveryForm() {
    ReportDocument document =
        ReportDocument.of(report(broken(HOSTILE), Optional.empty(), Optional.empty()), NOW);

    assertThat(HtmlReport.of(document))
        .contains("&lt;script&gt;alert(1)")
        .doesNotContain("<script>alert");
    assertThat(MarkdownSummary.of(document))
        .contains("&lt;script&gt;alert", "\\|")
        .doesNotContain("<script>");
    assertThat(JunitXml.of(document)).contains("&lt;script").doesNotContain("<script>", "\u0000");
  }

  @Test
  void showsTheSeenValuesOfAClauseAndTheLastRequestId() {
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      evidence.add(
          Evidence.passed("dts/3/Status", "dts", "c")
              .with(i < 2 ? "\"success\"" : "\"failed\"", "r-" + i));
    }

    ObjectNode json = json(report(evidence, Optional.empty(), Optional.empty()));

    assertThat(json.path("clauses").valueStream())
        .filteredOn(c -> c.path("id").asString().equals("dts/3/Status"))
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.path("seen").toString())
                  .isEqualTo(
                      "[{\"value\":\"\\\"success\\\"\",\"count\":2},{\"value\":\"\\\"failed\\\"\",\"count\":1}]");
              assertThat(c.path("lastRequestId").asString()).isEqualTo("r-2");
            });
  }

  @Test
  void isNotConformantWhenASuiteStoppedEarlyThoughEveryClauseIsProved() {
    Progress progress =
        new Progress(
            List.of(
                new Progress.Suite("ExampleIT", 8, 5, 0, 0, 0, false),
                Progress.Suite.planned("ErrorCodeIT", 44)));
    RunResult report = report(passed(), Optional.of(progress), Optional.empty());

    assertThat(report.status()).isEqualTo(RunResult.Status.NOT_PROVED);
    assertThat(report.missing())
        .containsExactly(
            "ExampleIT stopped after 5 of 8 cases.", "No case of ErrorCodeIT completed.");
    assertThat(JunitXml.of(ReportDocument.of(report, NOW))).contains("errors=\"2\"");
  }

  @Test
  void comparesWithABaseline() {
    BaselineReport earlier =
        new BaselineReport(
            "old.json",
            Map.of(
                "dts/3/Status", Verdict.PASS,
                "dts/3/Info", Verdict.FAIL,
                "dts/1/limit", Verdict.PASS));
    List<Evidence> evidence = broken("x");
    evidence.removeIf(e -> e.clause().equals("dts/1/limit"));
    RunResult report = report(evidence, Optional.empty(), Optional.of(earlier));

    assertThat(report.changes().stream().map(c -> c.change().label() + ": " + c))
        .startsWith(
            "newly failing: dts/3/Status: FAIL, before PASS",
            "newly unobserved: dts/1/limit: UNOBSERVED, before PASS")
        .contains("newly passing: dts/3/Info: PASS, before FAIL");
    assertThat(SPECIFICATION.check("report/conformance.schema.json", json(report))).isEmpty();
    assertThat(ConsoleSummary.lines(report, PAGE)).hasSizeLessThan(25);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | is not JSON",
        "{} | it has no clauses",
        "{\"clauses\": []} | it has no clauses",
        "{\"clauses\": [{\"verdict\": \"PASS\"}]} | clause 1 has no id",
        "{\"clauses\": [{\"id\": \"a/b\", \"verdict\": \"OK\"}]} | clause 1 has the verdict \"OK\""
      })
  void rejectsABaselineThatIsNoReport(String text, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("old.json"), text);

    assertThatThrownBy(() -> BaselineReport.read(file))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("baseline: ")
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  @Test
  void rejectsABaselineThatDoesNotExist() {
    assertThatThrownBy(() -> BaselineReport.read(folder.resolve("none.json")))
        .hasMessage("baseline: cannot read " + folder.resolve("none.json"));
  }

  /** A limiter whose second begins with the first call after the previous second, at any phase. */
  @Test
  void findsTheColumnsThatSuitALimiter() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      long opens = i * 3_370_000_000L;
      for (int call = 0; call < 10; call++) {
        samples.add(accepted(ProbeId.of(Probe.WINDOW_EDGE), opens));
        samples.add(accepted(ProbeId.of(Probe.WINDOW_EDGE), opens + 900_000_000L));
        samples.add(accepted(ProbeId.of(Probe.WINDOW_EDGE), opens + 1_100_000_000L));
        samples.add(accepted(ProbeId.of(Probe.WINDOW_EDGE), opens + 1_100_000_000L));
      }
    }
    samples.add(accepted(ProbeId.of(Probe.WARM_UP), 0));

    LimitHistogram log = log(samples);

    assertThat(log.columns()).extracting(LimitHistogram.Column::accepted).containsOnly(20);
    assertThat(log.alignment()).contains("first call");
    assertThat(log.calls()).isEqualTo(400);
    assertThat(log.leftOut()).isEqualTo(1);
    assertThat(log.missing()).isEqualTo("The simulation was cut short before its verdict.");
  }

  @Test
  void showsALimitThatIsTooHigh() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (int call = 0; call < 25; call++) {
      samples.add(accepted(ProbeId.of(Probe.BURST, 1), call * 1_000L));
    }

    assertThat(log(samples).columns())
        .extracting(LimitHistogram.Column::accepted)
        .containsExactly(25);
  }

  @Test
  void reportsAnAbsentOrTruncatedLog() throws IOException {
    assertThat(LimitHistogram.read(folder, API).missing()).contains("does not exist");
    Files.writeString(folder.resolve(API.id() + ".json"), "{\"samples\": [{");
    assertThat(LimitHistogram.read(folder, API).missing()).contains("are incomplete: ");
  }

  private LimitHistogram log(List<Sample> samples) throws IOException {
    LimitedApi limited = new LimitedApi(API.id(), 20, 1, false, false);
    Workload workload = new Workload(Workload.WorkloadSize.STANDARD, List.of(limited));
    LimitLog.of(limited, workload, "2026-11-25T19:00:00.400Z", samples)
        .write(folder.resolve(API.id() + ".json"), null);
    return LimitHistogram.read(folder, API);
  }

  private static Sample accepted(ProbeId probe, long sent) {
    return new Sample(
        API.id(),
        probe,
        CallerIdentity.FIRST,
        0,
        "POST v3",
        "a task",
        sent,
        sent,
        sent + 1,
        CallOutcome.ACCEPTED,
        "");
  }

  private static RunResult report(
      List<Evidence> evidence, Optional<Progress> progress, Optional<BaselineReport> earlier) {
    return new RunResult(
        SPECIFICATION,
        new StubEndpoint(SPECIFICATION, Stub.Options.of(SPECIFICATION), ClauseFilter.ALL),
        new RunArtifacts(
            evidence, List.of(), progress, Map.of(), List.of(), Optional.empty(), earlier, true));
  }

  private static List<Evidence> broken(String by) {
    List<Evidence> evidence = passed();
    evidence.add(
        new Evidence(
                "dts/3/Status",
                "dts",
                "OutputParametersIT [GET v3]",
                Outcome.FAILED,
                new Finding(by, by, by, by, by, by),
                1)
            .with(by, by));
    return evidence;
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
