package asyncinfo.selfproof;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Catalogue;
import asyncinfo.stub.Stub;
import asyncinfo.target.Settings;
import asyncinfo.target.StagingTarget;
import asyncinfo.verdict.Verdict;
import asyncinfo.wire.Credentials;
import asyncinfo.wire.Timeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Endpoints of which nothing is known but where they are, and one key. */
@Execution(ExecutionMode.CONCURRENT)
class StagingIT {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final String[] PAGE_SUITES = {
    "InputParametersIT", "OutputParametersIT", "ExampleIT", "ErrorCodeIT", "EveryReplyIT"
  };
  private static final String[] ALL_SUITES = {
    "ApiDescriptionIT",
    "InputParametersIT",
    "OutputParametersIT",
    "ExampleIT",
    "ErrorCodeIT",
    "CommonPartIT",
    "EveryReplyIT"
  };

  @Test
  void blamesAFlawlessEndpointForNothingAndSaysWhatItCannotTell() {
    try (Stub stub = Stub.start(Stub.Options.of(CATALOGUE).withLimit(0))) {
      SuiteRun run = judge("staging-flawless", stub, stub.accounts().issue(), Map.of(), ALL_SUITES);

      assertThat(run.failures()).isEmpty();
      assertThat(run.clauses(Verdict.FAIL)).isEmpty();
      assertThat(run.clauses(Verdict.ERROR)).isEmpty();
      assertThat(run.clauses(Verdict.NOT_PROVOKABLE))
          .contains("dts/3/Status=failed", "mongodb/6/InternalError", "common/frequency/throttled");
      assertThat(run.clauses(Verdict.PASS))
          .contains("dts/2/AsyncRequestId", "common/signature/expired", "common/request/get-v1");
    }
  }

  @Test
  void provesWhatProvocationsBringAbout() {
    try (Stub stub = Stub.start(Stub.Options.of(CATALOGUE).withLimit(0))) {
      Map<String, String> known =
          Map.of("provocations", Path.of("stubs", "provocations.json").toString());
      SuiteRun run = judge("staging-provoked", stub, stub.accounts().issue(), known, PAGE_SUITES);

      assertThat(run.failures()).isEmpty();
      assertThat(run.clauses(Verdict.PASS))
          .contains("dts/3/Status=failed", "mongodb/6/InternalError", "mongodb/3/StartTime");
    }
  }

  @Test
  void leavesNoSecretInItsEvidence() throws IOException {
    try (Stub stub = Stub.start(Stub.Options.of(CATALOGUE).withLimit(0))) {
      Credentials unknown = new Credentials("AKIDcanary0123456789", "canary-key-0123456789");
      SuiteRun run = judge("staging-canary", stub, unknown, Map.of(), PAGE_SUITES);

      assertThat(run.clauses(Verdict.FAIL)).isNotEmpty();
      try (Stream<Path> files = Files.walk(Path.of("target", "selfproof", "staging-canary"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file)).doesNotContain("canary");
        }
      }
      assertThat(run.failures()).noneMatch(message -> message.contains("canary"));
    }
  }

  private static SuiteRun judge(
      String name, Stub stub, Credentials credentials, Map<String, String> more, String... suites) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("target", "staging");
    CATALOGUE
        .apis()
        .forEach(api -> properties.put(api.product() + ".endpoint", stub.endpoint().toString()));
    Map<String, String> environment =
        Map.of(
            "TENCENTCLOUD_SECRET_ID", credentials.secretId(),
            "TENCENTCLOUD_SECRET_KEY", credentials.secretKey());
    StagingTarget target = (StagingTarget) Settings.of(CATALOGUE, properties, environment).open();
    return SuiteRun.against(name, CATALOGUE, target.hurried(Timeouts.DEFAULT), suites);
  }
}
