package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Json;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One cause is one problem with all clauses that it fails; two causes are two problems. */
class RootCauseIT {
  private static final String[] SUITES = {
    "OutputParametersIT", "ExampleIT", "ErrorCodeIT", "EveryResponseIT"
  };

  private static JsonNode report(String name, ResponseFault fault) throws IOException {
    SuiteRun.against("cause-" + name, List.of(fault), SUITES);
    Path report = Path.of("target", "selftest", "cause-" + name, "conformance", "conformance.json");
    return Json.read(Files.readString(report));
  }

  /** The failing clauses, each cause as its clause, an arrow, and the clauses that it affects. */
  private static List<String> causes(JsonNode report, String product) {
    return report
        .path("problems")
        .valueStream()
        .filter(problem -> problem.path("verdict").asString().equals("FAIL"))
        .filter(problem -> problem.path("products").toString().contains(product))
        .map(
            problem ->
                problem.path("clause").asString()
                    + problem
                        .path("affects")
                        .valueStream()
                        .map(id -> " " + id.asString())
                        .reduce(problem.path("affects").isEmpty() ? "" : " ->", String::concat))
        .toList();
  }

  private static List<String> consequencesOf(JsonNode report, String clause) {
    return report
        .path("clauses")
        .valueStream()
        .filter(each -> each.path("consequenceOf").asString().equals(clause))
        .map(each -> each.path("id").asString())
        .toList();
  }

  /** A fault that replaces each regular expression by the text that follows it. */
  private static ResponseFault replacing(String... pairs) {
    return ResponseFault.inBody(
        body -> {
          String changed = body;
          for (int i = 0; i < pairs.length; i += 2) {
            changed = changed.replaceAll(pairs[i], pairs[i + 1]);
          }
          return changed;
        });
  }

  private static ResponseFault capitals() {
    return replacing(
        "\"success\"", "\"SUCCESS\"", "\"failed\"", "\"FAILED\"", "\"running\"", "\"RUNNING\"");
  }

  @Test
  void chargesAStatusInCapitalsToTheStatusOnce() throws IOException {
    JsonNode report = report("capitals", capitals());

    assertThat(causes(report, "dts"))
        .containsExactly(
            "dts/3/Status -> dts/3/Status=success dts/3/Status=failed dts/3/Status=running"
                + " dts/4/example-1");
    assertThat(consequencesOf(report, "dts/3/Status")).hasSize(4);
    assertThat(report.at("/problems/0/actual").toString()).contains("SUCCESS", "FAILED", "RUNNING");
    assertThat(report.at("/counts/FAIL").asInt()).isGreaterThan(8);
    assertThat(causes(report, "mongodb")).hasSize(1);
  }

  @Test
  void keepsTwoKindsOfDefectInOneMemberApart() throws IOException {
    JsonNode report =
        report("two-kinds", replacing("\"running\"", "\"RUNNING\"", "\"failed\"", "\"\""));

    assertThat(causes(report, "dts"))
        .containsExactlyInAnyOrder(
            "dts/3/Status -> dts/3/Status=running", "dts/3/Status -> dts/3/Status=failed");
  }

  @Test
  void keepsOtherWordsOfAnotherVocabularyApart() throws IOException {
    JsonNode report =
        report("words", replacing("\"running\"", "\"working\"", "\"failed\"", "\"broken\""));

    assertThat(causes(report, "dts"))
        .containsExactlyInAnyOrder(
            "dts/3/Status -> dts/3/Status=running", "dts/3/Status -> dts/3/Status=failed");
  }

  /** A listed value in the wrong place is no defect of the member, whatever else is wrong. */
  @Test
  void keepsAWrongValueApartFromADefectOfTheSameResponse() throws IOException {
    JsonNode report =
        report(
            "wrong-value",
            replacing("\"failed\"", "\"success\"", "(\"RequestId\"\\s*:\\s*)\"[^\"]*\"", "$1" + 7));

    assertThat(causes(report, "dts"))
        .contains("dts/3/RequestId", "dts/3/Status=failed")
        .noneMatch(cause -> cause.contains("->"));
  }

  /** An example that two defects break is a consequence of neither alone. */
  @Test
  void keepsAClauseOfTwoCausesApart() throws IOException {
    JsonNode report =
        report(
            "two-causes",
            replacing("\"success\"", "\"SUCCESS\"", "(\"Info\"\\s*:\\s*)\"[^\"]*\"", "$1" + 7));

    assertThat(causes(report, "dts"))
        .containsExactlyInAnyOrder(
            "dts/3/Status -> dts/3/Status=success", "dts/3/Info", "dts/4/example-1");
  }

  /** Codes that are not listed are told apart by what they are. */
  @Test
  void chargesEachUnlistedCodeToTheListOnce() throws IOException {
    JsonNode report =
        report(
            "codes",
            replacing("\"InternalError\"", "\"Oops\"", "\"UnsupportedOperation\"", "\"Nope\""));

    assertThat(causes(report, "dts"))
        .anyMatch(cause -> cause.matches("dts/6/\\S+ -> dts/6/InternalError"))
        .anyMatch(cause -> cause.matches("dts/6/\\S+ -> dts/6/UnsupportedOperation"))
        .hasSize(2);
  }

  @Test
  void chargesAPageOfHtmlToTheRuleThatItBreaks() throws IOException {
    ResponseFault html =
        new ResponseFault(
            response ->
                response.getBodyAsString().contains("\"InternalError\"")
                    ? Response.Builder.like(response)
                        .but()
                        .status(502)
                        .headers(
                            new HttpHeaders(HttpHeader.httpHeader("Content-Type", "text/html")))
                        .body("<html>Bad gateway</html>")
                        .build()
                    : response);

    JsonNode report = report("html", html);

    assertThat(causes(report, "dts"))
        .containsExactlyInAnyOrder(
            "common/response/json -> dts/6/InternalError mongodb/6/InternalError",
            "common/response/http-status");
  }

  /** The first lines of the console name the cause, its ground and how to see it again. */
  @Test
  void printsOneBlockForEachCause() {
    SuiteRun run = SuiteRun.against("cause-console", List.of(capitals()), SUITES);

    assertThat(run.lines()).filteredOn(line -> line.startsWith("  FAIL")).hasSize(2);
    assertThat(run.lines().get(0)).startsWith("  FAIL       dts/3/Status: dts: expected ");
    assertThat(run.lines().get(1)).contains("consequences: dts/3/Status=");
    assertThat(run.lines().get(2)).contains("basis: page, dts ", "RequestId: ");
    assertThat(run.lines().get(3)).contains("reproduce: mvn verify -Dclause='dts/3/Status");
  }
}
