package asyncinfo.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.EvidenceLog;
import asyncinfo.verdict.Outcome;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Starts the simulation, in a process of its own, where no load may be sent. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class NothingToSendTest {
  private static final Api API = Specification.load().apis().get(0);

  @TempDir private Path folder;

  /** Gatling by itself asks Maven Central for its latest version at each start. */
  @Test
  void leavesTheReasonAndNoReportAndOpensNoConnection() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process =
          gatling("-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=" + proxy.getLocalPort());
      String console = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(console).isZero();
      assertThat(console).contains("limit: " + API.id() + ": limit.hosts does not name");
      assertThat(folder.resolve("target/gatling")).doesNotExist();
      assertThat(EvidenceLog.readAll(folder.resolve("target/conformance/evidence")))
          .singleElement()
          .extracting(Evidence::outcome)
          .isEqualTo(Outcome.NOT_TESTABLE);
      proxy.setSoTimeout(1);
      assertThatThrownBy(proxy::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  private Process gatling(String... options) throws IOException {
    List<String> command = new ArrayList<>(RateLimitIT.java());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-Dbasedir=" + folder,
            "-Dtarget=staging",
            "-D" + API.id() + ".endpoint=https://gateway.example",
            "-cp",
            absolute(System.getProperty("java.class.path")),
            "io.gatling.app.Gatling",
            "-s",
            LimitSimulation.class.getName(),
            "-rf",
            "target/gatling"));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("TENCENTCLOUD_SECRET_ID", "id");
    builder.environment().put("TENCENTCLOUD_SECRET_KEY", "key");
    return builder.start();
  }

  private static String absolute(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
