package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A build that was started in another folder than the module's. */
@Execution(ExecutionMode.CONCURRENT)
class InvocationFolderIT {
  /** A user's relative paths start in the user's folder; results go to the module's. */
  @Test
  void resolvesPathsOfTheUserAndOfTheModule() throws Exception {
    Path folder = Path.of("target", "selftest", "another folder").toAbsolutePath();
    LinkedProject.clear(folder);
    Path module = folder.resolve("the module/harness");
    LinkedProject.make(module);
    Path user = Files.createDirectories(folder.resolve("the user"));
    Files.writeString(user.resolve("waivers.yaml"), "[]");

    String console =
        maven(
            user,
            "-o",
            "-q",
            "-f",
            "../the module/harness/pom.xml",
            "-Pstaging",
            "-Ddts.endpoint=http://127.0.0.1:9",
            "-Dwaivers=waivers.yaml",
            "-Drecord=recordings",
            "-Dclause=dts/4/*",
            "exec:java@prepare-report",
            "failsafe:integration-test@contract-suites",
            "exec:java@gate");

    assertThat(console).contains("Recorded: " + user.toRealPath().resolve("recordings"));
    assertThat(module.resolve("target/conformance/index.html")).exists();
    try (Stream<Path> files = Files.list(user)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("waivers.yaml", "recordings", "console.log");
    }
  }

  private static String maven(Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = LinkedProject.maven(arguments);
    Path log = directory.resolve("console.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("TENCENTCLOUD_SECRET_ID", "AKIDexample");
    builder.environment().put("TENCENTCLOUD_SECRET_KEY", "example-key");
    assertThat(builder.start().waitFor(3, TimeUnit.MINUTES)).isTrue();
    return Files.readString(log, StandardCharsets.UTF_8);
  }
}
