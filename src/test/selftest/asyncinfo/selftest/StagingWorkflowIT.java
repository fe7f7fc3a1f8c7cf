package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.client.Credentials;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.stub.Stub;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.node.ObjectNode;

/** The script of the nightly workflow, run twice with a fault planted in between. */
@Execution(ExecutionMode.CONCURRENT)
class StagingWorkflowIT {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Path WORKFLOW = Path.of(".github", "workflows", "staging.yml");
  private static final Path FOLDER =
      Path.of("target", "selftest", "staging-workflow").toAbsolutePath();
  private static final String STATE = "staging-state";

  @Test
  void namesExactlyTheClausesThatBrokeSinceTheLastRun() throws Exception {
    LinkedProject.makeWithOwnClasses(FOLDER);
    AtomicBoolean planted = new AtomicBoolean();
    try (Stub stub = Stub.start(Stub.Options.of(SPECIFICATION).withLimit(0));
        FaultyServer endpoint =
            new FaultyServer(
                SPECIFICATION, stub.endpoint(), exchange -> respond(exchange, planted.get()))) {
      Credentials key = stub.accounts().create();

      assertThat(run(endpoint, key)).as(console()).isZero();
      assertThat(summary()).doesNotContain("Since ");

      planted.set(true);
      assertThat(run(endpoint, key)).as(console()).isNotZero();
      assertThat(summary())
          .containsPattern(
              "\nSince [^\n]*: newly failing mongodb/3/Status, mongodb/3/Status=paused\\.\n");
    }
    assertThat(FOLDER.resolve(STATE).resolve("conformance.json")).exists();
    assertThat(FOLDER.resolve(STATE).resolve("recordings")).isNotEmptyDirectory();
  }

  @Test
  void isTheScriptThatTheWorkflowRuns() throws IOException {
    assertThat(Files.readString(WORKFLOW))
        .contains(
            "run: .ci/staging " + STATE + "\n",
            "CONFORMANCE_DTS_ENDPOINT:",
            "CONFORMANCE_MONGODB_ENDPOINT:",
            "CONFORMANCE_EVIDENCE_MAX_AGE:",
            "FIXTURES:");
  }

  private static FaultyResponse respond(Exchange exchange, boolean planted) {
    FaultyResponse original = FaultyResponse.unchanged(exchange.original());
    return planted ? original.changed(b -> b.replace("\"paused\"", "\"Paused\"")) : original;
  }

  /** Runs the script, with Maven's arguments that spare a second compilation. */
  private static int run(FaultyServer endpoint, Credentials key) throws Exception {
    List<String> maven = LinkedProject.maven("-o");
    List<String> command = new ArrayList<>(List.of("bash", ".ci/staging", STATE));
    command.addAll(maven.subList(1, maven.size()));
    command.add("-Dspotless.check.skip=true");
    command.add("-Dmaven.compiler.useIncrementalCompilation=false");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve("console.log").toFile());
    Map<String, String> environment = builder.environment();
    environment.merge(
        "PATH",
        Path.of(maven.get(0)).getParent().toString(),
        (path, bin) -> bin + File.pathSeparator + path);
    environment.put("CONFORMANCE_DTS_ENDPOINT", endpoint.endpoint().toString());
    environment.put("CONFORMANCE_MONGODB_ENDPOINT", endpoint.endpoint().toString());
    environment.put("CONFORMANCE_EVIDENCE_MAX_AGE", "30");
    environment.put("CONFORMANCE_CLAUSE", "mongodb/3/Status*");
    environment.put("CONFORMANCE_MAX_RPS", "15");
    environment.put("FIXTURES", fixtures());
    environment.put("TENCENTCLOUD_SECRET_ID", key.secretId());
    environment.put("TENCENTCLOUD_SECRET_KEY", key.secretKey());
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  /** Returns the fixtures of the stub in one JSON object, as the variable of the workflow. */
  private static String fixtures() throws IOException {
    ObjectNode all = Json.mapper().createObjectNode();
    for (String product : List.of("dts", "mongodb")) {
      Path file = Path.of("stubs", "fixtures", product + ".json");
      all.setAll((ObjectNode) Json.read(Files.readString(file)));
    }
    return all.toString();
  }

  private static String summary() throws IOException {
    return Files.readString(FOLDER.resolve("target/conformance/summary.md"));
  }

  private static String console() throws IOException {
    return Files.readString(FOLDER.resolve("console.log"));
  }
}
