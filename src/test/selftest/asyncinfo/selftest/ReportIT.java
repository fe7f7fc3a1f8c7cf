package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import asyncinfo.client.Credentials;
import asyncinfo.client.Timeouts;
import asyncinfo.config.Settings;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.RemoteEndpoint;
import asyncinfo.endpoint.StubEndpoint;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.report.ReportCommand;
import asyncinfo.stub.Stub;
import asyncinfo.verdict.Progress;
import com.github.tomakehurst.wiremock.extension.Extension;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The report of different runs, as shown by a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportIT {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final String[] SUITES = SuiteRun.ALL_SUITES;

  /** Enough to show what a report of broken clauses has. */
  private static final String[] SOME_SUITES = {
    "InputParametersIT", "OutputParametersIT", "ExampleIT", "ErrorCodeIT", "EveryResponseIT"
  };

  /** Text in a response that tries to run scripts in the report. */
  private static final String HOSTILE =
      "</code></pre></script><script>document.title='taken'</script><img src=x"
          + " onerror=document.title='taken'><a href='javascript:document.title=1'>\"'`{{7*7}}";

  /** Selects elements wider than the screen, except those that scroll by themselves. */
  private static final String OVERFLOWING =
      """
      [...document.querySelectorAll('body *')]
        .filter(e => !e.closest('.scroll') && e.getBoundingClientRect().right > %d + 1)
        .map(e => e.outerHTML.slice(0, 120)).slice(0, 5).join('\\n')
      """;

  /** Keeps pictures of the pages if {@code -Dreport.pictures} is set. */
  private static final boolean PICTURES = System.getProperty("report.pictures") != null;

  private Chromium chromium;

  private static final Map<RunKind, Path> REPORTS = new EnumMap<>(RunKind.class);

  /** The kinds of runs. */
  enum RunKind {
    GREEN,
    FAULTS,
    STAGING,
    INTERRUPTED,
    HOSTILE
  }

  /** Returns the folder of the report on a run, which is made once. */
  private static synchronized Path report(RunKind kind) throws IOException {
    Path report = REPORTS.get(kind);
    if (report == null) {
      report =
          switch (kind) {
            case GREEN -> stub("report-green", List.of(), 20);
            case FAULTS -> stub("report-faults", List.of(faults()), 25);
            case STAGING -> staging();
            case INTERRUPTED -> interrupted();
            case HOSTILE -> stub("report-hostile", List.of(hostile()), 20);
          };
      REPORTS.put(kind, report);
    }
    return report;
  }

  /** Plants two faults; the limit of 25 is the third. */
  private static ResponseFault faults() {
    return ResponseFault.inBody(
        body ->
            body.replace("\"failed\"", "\"Failed\"")
                .replaceAll("(\"StartTime\"\\s*:\\s*)\"[^\"]*\"", "$1null"));
  }

  private static Path folder(String name) {
    return Path.of("target", "selftest", name);
  }

  private static TargetEndpoint stub(List<Extension> planted) {
    return new StubEndpoint(
        SPECIFICATION, Stub.Options.of(SPECIFICATION).withExtensions(planted), ClauseFilter.ALL);
  }

  private static Path stub(String name, List<Extension> planted, int limit) throws IOException {
    SuiteRun.against(name, SPECIFICATION, stub(planted), planted.isEmpty() ? SUITES : SOME_SUITES);
    for (String product : List.of("dts", "mongodb")) {
      LimitLogs.write(folder(name), product, product.equals("dts") ? limit : 20);
    }
    progress(SUITES.length).write(folder(name));
    return written(name, stub(List.of()), true);
  }

  private static Path written(String name, TargetEndpoint target, boolean finished) {
    Path report = folder(name).resolve("conformance");
    try (target) {
      ReportCommand.write(SPECIFICATION, target, folder(name), report, finished);
    }
    if (finished) {
      ReportCheck.check(SPECIFICATION, report);
    }
    return report;
  }

  private static Progress progress(int ended) {
    return new Progress(
        Stream.iterate(0, i -> i + 1)
            .limit(SUITES.length)
            .map(
                i ->
                    i < ended
                        ? new Progress.Suite(SUITES[i], 10 + i, 10 + i, 0, 0, 0, true)
                        : Progress.Suite.planned(SUITES[i], 10 + i))
            .toList());
  }

  private static Path staging() throws IOException {
    Path waivers = Files.createDirectories(folder("report-staging")).resolve("waivers.yaml");
    Files.writeString(
        waivers,
        """
        - clause: "*/Status*"
          reason: spelt in capitals until release 7
          owner: dts team
          evidence: TICKET-1
          expires: 2999-12-31
        """);
    ResponseFault capitals =
        new ResponseFault(
            response ->
                Response.Builder.like(response)
                    .but()
                    .headers(new HttpHeaders(HttpHeader.httpHeader("Content-Type", "text/json")))
                    .body(response.getBodyAsString().replace("\"success\"", "\"SUCCESS\""))
                    .build());
    Stub.Options options =
        Stub.Options.of(SPECIFICATION).withLimit(0).withExtensions(List.of(capitals));
    try (Stub endpoint = Stub.start(options)) {
      Credentials key = endpoint.accounts().create();
      Path fixtures = folder("report-staging").resolve("fixtures.json");
      Files.writeString(
          fixtures,
          """
          {
            "dts/3/Status=success": {"AsyncRequestId": "cafebabe-254f-11ea-8995-e92c139e6918"},
            "mongodb/3/Status=success": {"AsyncRequestId": "4762"}
          }
          """);
      RemoteEndpoint target =
          (RemoteEndpoint)
              Settings.of(
                      SPECIFICATION,
                      Map.of(
                          "target", "staging",
                          "dts.endpoint", endpoint.endpoint().toString(),
                          "mongodb.endpoint", endpoint.endpoint().toString(),
                          "fixtures", fixtures.toString(),
                          "waivers", waivers.toString()),
                      Map.of(
                          "TENCENTCLOUD_SECRET_ID", key.secretId(),
                          "TENCENTCLOUD_SECRET_KEY", key.secretKey()))
                  .open();
      SuiteRun.against(
          "report-staging", SPECIFICATION, target.withoutPacing(Timeouts.DEFAULT), SOME_SUITES);
      progress(SUITES.length).write(folder("report-staging"));
      return written("report-staging", target, true);
    }
  }

  private static Path interrupted() throws IOException {
    report(RunKind.GREEN);
    Path folder = Files.createDirectories(folder("report-interrupted"));
    List<String> evidence = Files.readAllLines(folder("report-green").resolve("suites.jsonl"));
    Files.write(folder.resolve("suites.jsonl"), evidence.subList(0, evidence.size() / 4));
    Files.writeString(
        Files.createDirectories(folder.resolve("limit")).resolve("dts.json"),
        "{\"product\":\"dts\",\"samples\":[{\"api\":\"dts");
    progress(2).write(folder);
    return written("report-interrupted", stub(List.of()), false);
  }

  private static ResponseFault hostile() {
    String quoted = HOSTILE.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$");
    return new ResponseFault(
        response ->
            Response.Builder.like(response)
                .but()
                .headers(response.getHeaders().plus(HttpHeader.httpHeader("X-Hostile", HOSTILE)))
                .body(
                    response
                        .getBodyAsString()
                        .replaceAll(
                            "(\"\\w+\"\\s*:\\s*\")([^\"]*)\"",
                            "$1$2" + quoted.replace("\\", "\\\\") + "\""))
                .build());
  }

  @ParameterizedTest
  @EnumSource(RunKind.class)
  void isSelfContained(RunKind kind) throws IOException {
    String page = Files.readString(report(kind).resolve("index.html"));

    assertThat(page).doesNotContainPattern("<(?!a )[^>]*(?:src|href)=\"(?:https?:)?//");
    assertThat(page.length()).isLessThan(2_000_000);
    assertThat(page).contains("<h1>").doesNotContain("<script>document.title");
  }

  @Test
  void reportsWhatIsMissingOfAnInterruptedRun() throws IOException {
    JsonNode report =
        Json.read(Files.readString(report(RunKind.INTERRUPTED).resolve("conformance.json")));

    assertThat(report.path("result").asString()).isEqualTo("UNFINISHED");
    assertThat(SPECIFICATION.check("report/conformance.schema.json", report)).isEmpty();
    assertThat(report.path("missing").toString())
        .contains("interrupted", "No case of OutputParametersIT, ExampleIT");
    assertThat(report.at("/limits/0/missing").asString()).contains("incomplete");
    assertThat(report.at("/counts/PASS").asInt()).isPositive();
  }

  /**
   * Checks two screen widths and two color schemes; {@code -Dreport.pictures} keeps pictures of the
   * pages.
   */
  @ParameterizedTest
  @EnumSource(RunKind.class)
  void fitsTheScreenAndLoadsNothingElse(RunKind kind) throws Exception {
    Path page = report(kind).resolve("index.html");
    String name = kind.name().toLowerCase(Locale.ROOT);
    Chromium browser = browser();
    browser.open(page.toAbsolutePath().toUri());
    for (int width : new int[] {1280, 390}) {
      for (String scheme : new String[] {"light", "dark"}) {
        browser.show(width, width < 600 ? 844 : 900, scheme, "screen");
        picture(browser, "%s-%d-%s".formatted(name, width, scheme));
        assertThat(browser.evaluate(OVERFLOWING.formatted(width)).asString())
            .as("elements wider than a screen of %d", width)
            .isEmpty();
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
            .as("the width of the page on a screen of %d", width)
            .isLessThanOrEqualTo(width);
      }
    }
    if (PICTURES) {
      browser.show(794, 1123, "light", "print");
      picture(browser, name + "-print");
      browser.show(1280, 900, "light", "");
      browser.print(pictures().resolve(name + ".pdf"));
    }
    assertThat(browser.errors()).isEmpty();
    assertThat(browser.requests()).containsExactly(page.toAbsolutePath().toUri().toString());
    assertThat(browser.evaluate("document.title").asString()).doesNotContain("taken");
    assertThat(browser.evaluate("document.querySelectorAll('img, iframe').length").asInt())
        .isZero();
  }

  private static void picture(Chromium browser, String name) throws Exception {
    if (PICTURES) {
      browser.picture(pictures().resolve(name + ".png"), false);
      browser.picture(pictures().resolve(name + "-whole.png"), true);
    }
  }

  @Test
  void filtersSearchesAndOpensAFailure() throws Exception {
    Path page = report(RunKind.FAULTS).resolve("index.html");
    JsonNode report = Json.read(Files.readString(page.resolveSibling("conformance.json")));
    int broken = report.at("/counts/FAIL").asInt();
    Chromium browser = browser();
    browser.open(page.toAbsolutePath().toUri());
    assertThat(shown(browser)).isEqualTo(report.path("clauses").size());

    browser.evaluate("document.querySelector('button[data-verdict=FAIL]').click()");
    assertThat(broken).isGreaterThan(3);
    assertThat(shown(browser)).isEqualTo(broken);
    assertThat(browser.evaluate("document.querySelector('.shown').textContent").asString())
        .isEqualTo("%d of %d clauses shown".formatted(broken, report.path("clauses").size()));

    browser.evaluate("document.querySelector('input[type=search]').focus()");
    browser.type("mongodb/ \"failed\" takes");
    assertThat(shown(browser)).isEqualTo(1);
    browser.type(" nowhere");
    assertThat(shown(browser)).isZero();
    assertThat(browser.evaluate("document.querySelector('.none').hidden").asBoolean()).isFalse();

    browser.evaluate("document.querySelector('.broken a').click()");
    String opened = browser.evaluate("location.hash.slice(1)").asString();
    browser.evaluate("new Promise(done => setTimeout(done, 100))");
    JsonNode text =
        browser.evaluate(
            "document.querySelector(`tr.findings[data-of=\"${decodeURIComponent('%s')}\"] details[open]`).innerText"
                .formatted(opened));
    assertThat(text.asString())
        .contains("Expected", "Actual", "mvn verify -Dclause='" + opened + "'");
    assertThat(shown(browser)).isEqualTo(report.path("clauses").size());
    browser.evaluate("document.querySelector('tr.findings details[open] .copy').click()");
    assertThat(browser.errors()).isEmpty();
    assertThat(browser.requests()).hasSize(1);
  }

  @Test
  void showsHostileResponsesAsText() throws Exception {
    Path page = report(RunKind.HOSTILE).resolve("index.html");
    Chromium browser = browser();
    browser.open(page.toAbsolutePath().toUri());
    browser.evaluate(
        "document.querySelectorAll('details').forEach(details => { details.open = true; })");

    assertThat(browser.evaluate("document.title").asString()).startsWith("Not conformant");
    assertThat(browser.evaluate("document.body.innerText").asString())
        .contains("<script>document.title='taken'</script>", "{{7*7}}");
    assertThat(browser.evaluate("document.scripts.length").asInt()).isEqualTo(1);
    assertThat(browser.evaluate("document.querySelectorAll('a[href^=javascript]').length").asInt())
        .isZero();
  }

  private static int shown(Chromium browser) throws InterruptedException {
    return browser
        .evaluate(
            "[...document.querySelectorAll('tr.clause')].filter(row => row.offsetParent !=="
                + " null).length")
        .asInt();
  }

  /** Returns the browser, which all tests share. */
  private Chromium browser() throws IOException, InterruptedException {
    Optional<Path> binary = Chromium.find();
    assumeTrue(
        binary.isPresent(),
        "no chromium on this machine, so the report was not checked in a browser; Debian's package"
            + " chromium is enough");
    if (chromium == null) {
      chromium = new Chromium(binary.get());
    }
    return chromium;
  }

  @AfterAll
  void closeBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static Path pictures() throws IOException {
    return Files.createDirectories(folder("report-pictures"));
  }
}
