package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.client.Credentials;
import asyncinfo.client.CredentialsFile;
import asyncinfo.contract.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/**
 * Runs all steps of a staging run in separate processes, against a stub in another process with
 * https: settings, suites, a simulation, report and gate.
 */
@Execution(ExecutionMode.CONCURRENT)
class OtherProcessIT {
  private static final Credentials CANARY =
      new Credentials(
          "AKIDcanary0OtherProcess0123456789",
          "canaryKeyOfTheOtherProcess0123456",
          Optional.of("canaryToken/of+the=other0123456789"));

  @TempDir private static Path folder;
  private static StubProcess stub;

  @BeforeAll
  static void startStub() throws IOException {
    stub = new StubProcess(folder, "25");
  }

  @AfterAll
  static void stopStub() {
    stub.close();
  }

  /** The processes of one run, their folder and their output. */
  private static final class StagingRun {
    private final Path folder;
    private final Map<String, String> settings;
    private final Credentials key;
    private final StringBuilder output = new StringBuilder();

    StagingRun(Path folder, Map<String, String> settings, Credentials key) throws IOException {
      this.folder = folder;
      this.settings = settings;
      this.key = key;
      LinkedProject.clear(folder);
      Files.createDirectories(folder);
    }

    /** Runs a class and returns its exit code. */
    int java(String mainClass, String... arguments) throws Exception {
      return run(System.getProperty("java.class.path"), mainClass, arguments);
    }

    private int run(String classPath, String mainClass, String... arguments) throws Exception {
      List<String> command = JavaCommand.of(classPath);
      command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
      command.add("-Dbasedir=" + folder.toAbsolutePath());
      settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
      command.add(mainClass);
      command.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      Map<String, String> environment = builder.environment();
      environment.put("TENCENTCLOUD_SECRET_ID", key.secretId());
      environment.put("TENCENTCLOUD_SECRET_KEY", key.secretKey());
      environment.put("TENCENTCLOUD_TOKEN", key.token().orElseThrow());
      Process process = builder.start();
      output.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      return process.exitValue();
    }

    /** Runs the limit simulation of a class path. */
    int simulate(String classPath) throws Exception {
      return run(
          classPath,
          "io.gatling.app.Gatling",
          "-s",
          "asyncinfo.simulation.LimitSimulation",
          "-rf",
          "target/gatling");
    }

    /** Returns the limit verdict of the one API. */
    String limitVerdict() throws IOException {
      try (Stream<Path> logs = Files.list(folder.resolve("target/limit"))) {
        List<Path> all = logs.toList();
        assertThat(all).hasSize(1);
        return Json.read(Files.readString(all.get(0))).at("/verdict/word").asString();
      }
    }

    JsonNode report() throws IOException {
      return Json.read(Files.readString(folder.resolve("target/conformance/conformance.json")));
    }
  }

  /**
   * The fault: the endpoint accepts more requests than documented. The simulation is that of the
   * package for Gatling's distributed engine, which has no default settings.
   */
  @Test
  void isRedForTheLimitAloneAndLeaksNoSecret() throws Exception {
    Map<String, String> settings = new LinkedHashMap<>(stub.settings());
    settings.remove("mongodb.endpoint");
    StagingRun run = new StagingRun(Path.of("target/selftest/other-process"), settings, CANARY);

    assertThat(run.java("asyncinfo.report.ReportCommand", "prepare")).isZero();
    assertThat(run.output).contains("About to send: dts to " + stub.endpoint());
    assertThat(run.java("asyncinfo.selftest.SuiteLauncher", SuiteRun.ALL_SUITES)).isZero();
    String target = settings.remove("target");
    assertThat(run.simulate(GatlingPackage.get().classPath()))
        .as(run.output.toString())
        .isEqualTo(2);
    settings.put("target", target);
    assertThat(run.java("asyncinfo.report.ReportCommand", "gate")).isNotZero();

    // Other tests run at the same time: the verdict may be INCONCLUSIVE, but never wrong.
    assertThat(run.limitVerdict()).isIn("NOT_ENFORCED", "INCONCLUSIVE");
    assertThat(run.output).containsPattern("limit (NOT ENFORCED, 25 per second|INCONCLUSIVE)");
    JsonNode report = run.report();
    assertThat(report.path("conformant").asBoolean(true)).isFalse();
    assertThat(report.at("/counts/PASS").asInt()).isGreaterThan(60);
    assertThat(report.at("/counts/FAIL").asInt())
        .isEqualTo(run.limitVerdict().equals("NOT_ENFORCED") ? 1 : 0);
    assertThat(report.at("/settings/max.rps").asString()).isEqualTo("15");
    assertThat(report.path("traffic").size()).isGreaterThanOrEqualTo(2);
    assertNoSecretLeaked(run);
  }

  /** An endpoint that knows another key for this SecretId is no broken endpoint. */
  @Test
  void reportsErrorIfEachSignatureIsRejected() throws Exception {
    Credentials another =
        new Credentials(CANARY.secretId(), CANARY.secretKey() + "0", CANARY.token());
    Map<String, String> settings = new LinkedHashMap<>(stub.settings());
    settings.put("clause", "dts/2/*");
    StagingRun run =
        new StagingRun(Path.of("target/selftest/other-process-fault"), settings, another);

    run.java("asyncinfo.selftest.SuiteLauncher", "InputParametersIT");

    assertThat(run.java("asyncinfo.report.ReportCommand", "gate")).isNotZero();
    assertThat(run.output)
        .contains("dts refuses every request format with AuthFailure.SignatureFailure")
        .doesNotContain("  FAIL ");
    assertNoSecretLeaked(run);
  }

  /**
   * Checks that console, reports, evidence and Gatling's binary log contain neither the key nor a
   * signature.
   */
  private static void assertNoSecretLeaked(StagingRun run) throws IOException {
    assertThat(run.output).doesNotContain("canary");
    int files = 0;
    try (Stream<Path> written = Files.walk(run.folder)) {
      for (Path file : written.filter(Files::isRegularFile).toList()) {
        files++;
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(bytes.contains("canary")).as(file.toString()).isFalse();
        assertThat(bytes).as(file.toString()).doesNotContainPattern("Signature=[0-9A-Za-z%]");
      }
    }
    assertThat(files).isPositive();
  }

  /** The stub in its own process. */
  private static final class StubProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("stub ready: .* and (https://\\S+);");

    private final Path folder;
    private final Process process;
    private final String endpoint;

    StubProcess(Path folder, String limit) throws IOException {
      this.folder = folder;
      Path credentials = folder.resolve("credentials");
      CredentialsFile.write(credentials, Map.of(CredentialsFile.DEFAULT_PROFILE, CANARY));
      Path log = folder.resolve("stub.log");
      List<String> command = JavaCommand.of(System.getProperty("java.class.path"));
      command.addAll(
          List.of(
              "asyncinfo.cli.Main",
              "stub",
              "--port=0",
              "--https-port=0",
              "--credentials=" + credentials,
              "--limit=" + limit,
              "--directory=" + folder));
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      endpoint = awaitStart(log);
    }

    private String awaitStart(Path log) throws IOException {
      Instant latest = Instant.now().plus(Duration.ofMinutes(1));
      while (true) {
        boolean mayStart = process.isAlive() && Instant.now().isBefore(latest);
        String text = Files.readString(log);
        Matcher ready = READY.matcher(text);
        if (ready.find()) {
          return ready.group(1);
        }
        if (!mayStart) {
          throw new IOException("the stub did not start: " + text);
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }

    String endpoint() {
      return endpoint;
    }

    Map<String, String> settings() {
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("target", "staging");
      settings.put("dts.endpoint", endpoint);
      settings.put("mongodb.endpoint", endpoint);
      settings.put("truststore", folder.resolve("truststore.p12").toString());
      settings.put("truststore.password", "changeit");
      settings.put("max.rps", "15");
      settings.put("limit.hosts", "127.0.0.1");
      return settings;
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
