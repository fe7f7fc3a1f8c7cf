package asyncinfo.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import asyncinfo.config.Settings;
import asyncinfo.contract.ModuleFolder;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.BlockedApis;
import asyncinfo.endpoint.PacedClient;
import asyncinfo.endpoint.Preflight;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.verdict.EvidenceLog;
import asyncinfo.verdict.Progress;
import asyncinfo.verdict.ResultPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Runs the rate-limit simulation with Gatling in a process of its own, which shares neither threads
 * nor heap with suites that run at the same time. Gatling is not started where nothing may be sent.
 */
@Execution(ExecutionMode.CONCURRENT)
@Tag(Progress.OWN_PROGRESS)
class RateLimitIT {
  private static final int FINISHED = 0;

  /** The report's gate judges the verdicts, which the simulation leaves as evidence. */
  private static final int ASSERTION_FAILED = 2;

  /** Start of the JVM before the workload, and Gatling's report after it. */
  private static final Duration BEFORE_AND_AFTER = Duration.ofMinutes(1);

  /** Makes the preflight, unless the suites had cases in this run and made it. */
  private static void preflight(Specification specification, TargetEndpoint endpoint) {
    if (endpoint.isLive() && !BlockedApis.areKnown(ResultPaths.EVIDENCE)) {
      try (PacedClient client = new PacedClient(endpoint)) {
        Preflight.check(
            specification, endpoint, client, InstantSource.system(), ResultPaths.EVIDENCE);
        client.traffic().write(ResultPaths.EVIDENCE, "preflight");
      }
    }
  }

  @Test
  @DisplayName("*/1/limit: Gatling sends the workload, and each API gets a verdict")
  void givesEachApiAVerdict() throws Exception {
    Specification specification = Specification.load();
    Settings settings = Settings.ofProcess(specification);
    Duration longest;
    try (TargetEndpoint endpoint = settings.open()) {
      preflight(specification, endpoint);
      LimitPlan plan =
          new LimitPlan(
              specification,
              endpoint,
              RequestCounts.readAll(ResultPaths.EVIDENCE),
              BlockedApis.read(ResultPaths.EVIDENCE),
              Instant.now());
      if (plan.limitedApis().isEmpty()) {
        record(plan);
      }
      assumeFalse(plan.limitedApis().isEmpty(), () -> "nothing is sent: " + reasons(plan));
      longest = plan.maxDuration().plus(BEFORE_AND_AFTER);
    }

    int exitCode = gatling(settings.explicitSettings(), longest);

    assertThat(exitCode)
        .as(
            "exit code of Gatling; its console output is %s",
            ResultPaths.GATLING.resolve("console.log"))
        .isIn(FINISHED, ASSERTION_FAILED);
  }

  private static void record(LimitPlan plan) throws IOException {
    try (EvidenceLog log = LimitPlan.evidenceLog()) {
      plan.notRun().forEach(log::add);
    }
  }

  private static List<String> reasons(LimitPlan plan) {
    return plan.notRun().stream().map(e -> e.finding().actual()).distinct().toList();
  }

  private static int gatling(Map<String, String> settings, Duration longest) throws Exception {
    Files.createDirectories(ResultPaths.GATLING);
    List<String> command = new ArrayList<>(java());
    command.addAll(
        List.of(
            "-Dbasedir=" + ModuleFolder.resolve("").normalize(),
            "-D" + ModuleFolder.USER_FOLDER + "=" + userFolder(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.gatling.app.Gatling",
            "--simulation",
            LimitSimulation.class.getName(),
            "--results-folder",
            ResultPaths.GATLING.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(settings);
    Process process = builder.redirectErrorStream(true).start();
    Thread stop = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(stop);
    CountDownLatch waitsOrEnds = new CountDownLatch(1);
    CompletableFuture<Void> output =
        CompletableFuture.runAsync(() -> print(process, waitsOrEnds::countDown));
    try {
      await(process.onExit(), waitsOrEnds, longest);
      output.join();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
      Runtime.getRuntime().removeShutdownHook(stop);
    }
  }

  /**
   * Waits for the end of a process. While it does not wait for the suites, this thread runs no
   * suite, and leaves the process a core; from then on, another thread of the pool runs suites.
   *
   * @param waitsOrEnds reaches zero when the process waits for the suites, or has ended
   */
  static void await(CompletableFuture<?> end, CountDownLatch waitsOrEnds, Duration longest)
      throws Exception {
    if (!waitsOrEnds.await(longest.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("Gatling did not end within " + longest);
    }
    end.get(longest.toSeconds(), TimeUnit.SECONDS);
  }

  /** Returns the JVM and its options for Gatling. */
  static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-Xmx1g",
        "-Dfile.encoding=UTF-8",
        "-Duser.language=en",
        "-Duser.country=US",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-Djava.util.prefs.PreferencesFactory=" + OfflinePreferences.class.getName());
  }

  private static Path userFolder() {
    return ModuleFolder.ofUser(
        Map.of(
            ModuleFolder.USER_FOLDER,
            System.getProperty(ModuleFolder.USER_FOLDER, System.getProperty("user.dir"))));
  }

  /**
   * Prints progress and verdicts, and keeps the rest of Gatling's output in a file.
   *
   * @param waitsOrEnds is run when Gatling waits for the suites, and at the end
   */
  private static void print(Process process, Runnable waitsOrEnds) {
    try (var lines = process.inputReader(StandardCharsets.UTF_8);
        var file = Files.newBufferedWriter(ResultPaths.GATLING.resolve("console.log"))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("limit: ") || line.contains(": limit ")) {
          System.out.println(line);
        }
        if (line.equals(SuiteWait.MESSAGE)) {
          waitsOrEnds.run();
        }
        file.write(line);
        file.newLine();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      waitsOrEnds.run();
    }
  }
}
