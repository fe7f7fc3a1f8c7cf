package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.client.Credentials;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.stub.Stub;
import com.github.tomakehurst.wiremock.extension.Extension;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;

/** The steps of a real build by Maven: the files that it writes, and its console output. */
@Execution(ExecutionMode.CONCURRENT)
class BuildIT {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final int LINES = 40;

  /** A Maven build of this project in a separate folder, against endpoints of a test. */
  private static final class Build implements AutoCloseable {
    private final Path folder;
    private final Process process;

    private static final List<String> STEPS =
        List.of(
            "exec:java@prepare-report",
            "failsafe:integration-test@contract-suites",
            "exec:java@gate");

    Build(String name, Map<String, String> settings, Credentials key) throws IOException {
      this(name, settings, key, STEPS);
    }

    Build(String name, Map<String, String> settings, Credentials key, List<String> steps)
        throws IOException {
      this(folder(name), folder(name), settings, key, steps);
    }

    /** Starts a build in a folder of the user. */
    Build(Path folder, Path user, Map<String, String> settings, Credentials key, List<String> steps)
        throws IOException {
      this.folder = folder;
      LinkedProject.make(folder);
      List<String> command =
          LinkedProject.maven(
              "-o", "-Pstaging", "-f", user.relativize(folder).resolve("pom.xml").toString());
      command.addAll(steps);
      settings.forEach((setting, value) -> command.add("-D" + setting + "=" + value));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(user.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("console.log").toFile());
      builder.environment().put("TENCENTCLOUD_SECRET_ID", key.secretId());
      builder.environment().put("TENCENTCLOUD_SECRET_KEY", key.secretKey());
      process = builder.start();
    }

    private static Path folder(String name) {
      return Path.of("target", "selftest", name).toAbsolutePath();
    }

    int exitCode() throws InterruptedException {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
      return process.exitValue();
    }

    /** Waits until the suites have written evidence about responses of every API. */
    void awaitEvidence() throws IOException {
      Path evidence = folder.resolve("target/conformance/evidence/suites.jsonl");
      Instant latest = Instant.now().plus(Duration.ofMinutes(2));
      while (!Files.exists(evidence) || !answered(Files.readString(evidence))) {
        assertThat(process.isAlive() && Instant.now().isBefore(latest)).as(console()).isTrue();
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }

    private static boolean answered(String evidence) {
      return SPECIFICATION.apis().stream()
          .map(api -> "\"api\":\"" + api.id() + "\".*\"requestId\":\"[^\"]+\"")
          .allMatch(line -> Pattern.compile(line).matcher(evidence).find());
    }

    ProcessHandle suites() {
      return process
          .descendants()
          .filter(p -> p.info().commandLine().orElse("").contains("surefire"))
          .reduce((shell, java) -> java)
          .orElseThrow();
    }

    ProcessHandle maven() {
      return process
          .descendants()
          .filter(p -> p.info().commandLine().orElse("").contains("plexus-classworlds"))
          .findFirst()
          .orElse(process.toHandle());
    }

    String console() throws IOException {
      return Files.readString(folder.resolve("console.log"), StandardCharsets.UTF_8);
    }

    Path report() {
      return folder.resolve("target/conformance");
    }

    JsonNode json() throws IOException {
      return Json.read(Files.readString(report().resolve("conformance.json")));
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /**
   * The first API breaks clauses; the second has no server. The build starts in another folder than
   * the module's: the user's relative paths start there, and results go to the module's folder.
   */
  @Test
  void separatesFailuresFromErrors() throws Exception {
    LinkedProject.clear(Build.folder("another folder"));
    // The build names its results by their real path.
    Path folder = Files.createDirectories(Build.folder("another folder")).toRealPath();
    Path module = folder.resolve("the module/harness");
    Path user = Files.createDirectories(folder.resolve("the user"));
    Files.writeString(user.resolve("waivers.yaml"), "[]");
    ResponseFault fault = ResponseFault.replace("\"success\"", "\"SUCCESS\"");
    try (Stub stub = stub(List.of(fault))) {
      Map<String, String> settings = settings(stub, "*/3/Status*");
      try (ServerSocket unused = new ServerSocket(0)) {
        settings.put("mongodb.endpoint", "http://127.0.0.1:" + unused.getLocalPort());
      }
      settings.put("fixtures", "../the module/harness/stubs/fixtures");
      settings.put("waivers", "waivers.yaml");
      settings.put("record", "recordings");
      try (Build build = new Build(module, user, settings, stub.accounts().create(), Build.STEPS)) {
        assertThat(build.exitCode()).as(build.console()).isNotZero();

        ReportCheck.check(SPECIFICATION, build.report());
        JsonNode json = build.json();
        assertThat(clauses(json, "FAIL"))
            .isEqualTo(casesWith(build, "failure"))
            .containsExactly("dts/3/Status", "dts/3/Status=success");
        assertThat(clauses(json, "ERROR"))
            .isEqualTo(casesWith(build, "error"))
            .contains("mongodb/3/Status", "mongodb/3/Status=paused");
        assertThat(json.at("/suites/2/run").asInt())
            .isEqualTo(json.at("/suites/2/expected").asInt())
            .isPositive();
        assertThat(json.path("missing")).isEmpty();
        List<String> ours = ours(build.console());
        assertThat(ours).hasSizeLessThan(LINES);
        assertThat(ours)
            .anyMatch(line -> line.matches("suites 9 of 9: EveryResponseIT, \\d+ cases.*"))
            .anyMatch(line -> line.startsWith("dts: Not conformant; "))
            .anyMatch(line -> line.startsWith("mongodb: Not proved; "))
            .anyMatch(line -> line.startsWith("  FAIL       dts/3/Status: "))
            .anyMatch(line -> line.contains("target/conformance/index.html"))
            .anyMatch(line -> line.startsWith("Recorded: " + user.resolve("recordings")));
        try (Stream<Path> files = Files.list(user)) {
          assertThat(files.map(file -> file.getFileName().toString()))
              .containsExactlyInAnyOrder("waivers.yaml", "recordings");
        }
      }
    }
  }

  /** The suites' process is killed and prints nothing more; Maven is asked to end, as by Ctrl-C. */
  @ParameterizedTest
  @ValueSource(strings = {"suites", "maven"})
  void reportsAnInterruptedRun(String killed) throws Exception {
    ResponseFault slow =
        new ResponseFault(
            response -> {
              LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
              return response;
            });
    try (Stub stub = stub(List.of(slow));
        Build build = new Build("build-" + killed, recording(stub), stub.accounts().create())) {
      build.awaitEvidence();
      if (killed.equals("suites")) {
        build.suites().destroyForcibly();
      } else {
        build.maven().destroy();
      }
      assertThat(build.exitCode()).isNotZero();

      JsonNode json = build.json();
      assertThat(SPECIFICATION.check("report/conformance.schema.json", json)).isEmpty();
      assertThat(json.path("conformant").asBoolean(true)).isFalse();
      // A build that is asked to end may still reach its last steps: both results are red.
      assertThat(json.path("result").asString())
          .isIn(
              killed.equals("suites")
                  ? List.of("NOT_PROVED")
                  : List.of("UNFINISHED", "NOT_PROVED"));
      assertThat(json.path("missing").toString()).contains("EveryResponseIT");
      assertThat(json.at("/counts/PASS").asInt()).isPositive();
      assertThat(Files.readString(build.report().resolve("index.html")))
          .contains("id=\"missing-head\"", "EveryResponseIT");
      assertThat(build.console())
          .contains("target/conformance/index.html")
          .doesNotContain("Exception in thread", "\tat asyncinfo.");
      assertRecordingKept(build.folder.resolve("recordings"));
    }
  }

  private static Map<String, String> recording(Stub stub) {
    Map<String, String> settings = settings(stub, "*");
    settings.put("record", "recordings");
    return settings;
  }

  private static void assertRecordingKept(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> recordings = files.filter(Files::isRegularFile).toList();
      // A build that is asked to end may write them on the way out, and at its last steps too.
      int apis = SPECIFICATION.apis().size();
      assertThat(recordings.size()).isIn(apis, 2 * apis);
      for (Path file : recordings) {
        JsonNode recording = Json.read(Files.readString(file));
        assertThat(SPECIFICATION.check("report/recording.schema.json", recording)).isEmpty();
        assertThat(recording.path("finished").asBoolean(true)).isFalse();
        assertThat(recording.path("requests").size()).isPositive();
      }
    }
  }

  @Test
  void doesNotReportAPreparedRunAsInterrupted() throws Exception {
    try (Stub stub = stub(List.of());
        Build build =
            new Build(
                "build-prepared",
                settings(stub, "*"),
                stub.accounts().create(),
                List.of("exec:java@prepare-report"))) {
      assertThat(build.exitCode()).as(build.console()).isZero();

      assertThat(build.json().path("result").asString()).isEqualTo("UNFINISHED");
      assertThat(build.console()).doesNotContain("The run was interrupted");
    }
  }

  @Test
  void sendsNothingIfTheBaselineIsMissing() throws Exception {
    try (Stub stub = stub(List.of())) {
      Map<String, String> settings = settings(stub, "*");
      settings.put("baseline", "none.json");
      try (Build build = new Build("build-compare", settings, stub.accounts().create())) {
        assertThat(build.exitCode()).isNotZero();
        assertThat(build.console())
            .containsPattern("baseline: cannot read \\S*none\\.json")
            .doesNotContain("About to send", "suites 1 of");
      }
    }
  }

  private static Stub stub(List<Extension> planted) {
    return Stub.start(Stub.Options.of(SPECIFICATION).withLimit(0).withExtensions(planted));
  }

  private static Map<String, String> settings(Stub stub, String clause) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("dts.endpoint", stub.endpoint().toString());
    settings.put("mongodb.endpoint", stub.endpoint().toString());
    settings.put("fixtures", Path.of("stubs", "fixtures").toString());
    settings.put("max.rps", "15");
    settings.put("clause", clause);
    return settings;
  }

  private static Set<String> clauses(JsonNode json, String verdict) {
    Set<String> ids = new TreeSet<>();
    for (JsonNode clause : json.path("clauses")) {
      if (clause.path("verdict").asString().equals(verdict)) {
        ids.add(clause.path("id").asString());
      }
    }
    return ids;
  }

  /** Returns the clauses in the names of failsafe's test cases that have an element. */
  private static Set<String> casesWith(Build build, String element) throws Exception {
    Set<String> ids = new TreeSet<>();
    try (Stream<Path> files = Files.list(build.folder.resolve("target/failsafe-reports"))) {
      for (Path file : files.filter(f -> f.toString().contains("TEST-")).toList()) {
        NodeList found =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getElementsByTagName(element);
        for (int i = 0; i < found.getLength(); i++) {
          Node testCase = found.item(i).getParentNode();
          ids.add(((Element) testCase).getAttribute("name").replaceAll("^\\S+ (\\S+) .*", "$1"));
        }
      }
    }
    return ids;
  }

  /**
   * Returns the lines of the console that are neither Maven's nor failsafe's list of failed cases.
   */
  private static List<String> ours(String console) {
    return console
        .lines()
        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
        .filter(line -> !line.isBlank() && !line.matches("\\[(INFO|WARNING|ERROR)].*"))
        .filter(line -> !line.matches("  (promised|expected|actual|RequestId|reproduce): .*"))
        .toList();
  }
}
