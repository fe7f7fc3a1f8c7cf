package asyncinfo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.EvidenceLog;
import asyncinfo.verdict.Outcome;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the simulation, in a process of its own, where no load may be sent. */
@Tag("slow")
class NothingToSendTest {
  private static final Api API = Specification.load().apis().get(0);

  @TempDir private Path folder;

  @Test
  void leavesTheReasonAndNoReport() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dbasedir=" + folder,
                "-Dtarget=staging",
                "-D" + API.id() + ".endpoint=https://gateway.example",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                "io.gatling.app.Gatling",
                "-s",
                LimitSimulation.class.getName(),
                "-rf",
                "target/gatling")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("TENCENTCLOUD_SECRET_ID", "id");
    builder.environment().put("TENCENTCLOUD_SECRET_KEY", "key");

    Process process = builder.start();
    String console = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(console).isZero();
    assertThat(console).contains("limit: " + API.id() + ": limit.hosts does not name");
    assertThat(folder.resolve("target/gatling")).doesNotExist();
    assertThat(EvidenceLog.readAll(folder.resolve("target/conformance/evidence")))
        .singleElement()
        .extracting(Evidence::outcome)
        .isEqualTo(Outcome.NOT_TESTABLE);
  }

  private static String absolute(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
