package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The package for Gatling's distributed engine contains what the simulations need, and nothing
 * else; {@link OtherProcessIT} runs it.
 */
@Execution(ExecutionMode.CONCURRENT)
class PackageIT {
  private static GatlingPackage built;
  private static Set<String> files;

  @BeforeAll
  static void make() throws Exception {
    built = GatlingPackage.get();
    files = built.files();
  }

  @Test
  void listsItsSimulations() throws Exception {
    try (JarFile jar = built.open()) {
      Attributes manifest = jar.getManifest().getMainAttributes();

      assertThat(manifest.getValue("Gatling-Simulations"))
          .isEqualTo("asyncinfo.simulation.LimitSimulation");
      assertThat(manifest.getValue("Gatling-Version")).matches("\\d+\\.\\d+\\.\\d+");
      assertThat(manifest.getValue("Java-Version")).isEqualTo("17");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asyncinfo/simulation/LimitSimulation.class",
        "asyncinfo/ratelimit/LimitClassifier.class",
        "asyncinfo/client/SignatureV1.class",
        "asyncinfo/client/SignatureV3.class",
        "schemas/common/api-3.0.json",
        "gatling.conf",
        "com/networknt/schema/Schema.class",
        "tools/jackson/databind/JsonNode.class"
      })
  void containsWhatASimulationNeeds(String file) {
    assertThat(files).contains(file);
  }

  @Test
  void containsTheContractOfEachApi() {
    for (Api api : Specification.load().apis()) {
      assertThat(files)
          .contains(
              "schemas/" + api.folder() + "/api.json",
              "schemas/" + api.folder() + "/request.schema.json",
              "schemas/" + api.folder() + "/success.schema.json",
              "schemas/" + api.folder() + "/error.schema.json");
    }
  }

  @Test
  void containsNeitherStubNorSelfTests() {
    Pattern ours =
        Pattern.compile(
            "(?:asyncinfo/(?:drift|stub|selftest|suite|report)|stubs|third-api)/(?!LimiterOption[.]).*");
    Pattern tests = Pattern.compile(".*(?:StubTarget|Test)(?:\\$.*)?\\.class");
    Pattern libraries = Pattern.compile("(?:org/)?(?:wiremock|junit|assertj)/.*|io/gatling/.*");

    assertThat(files.stream().filter(ours.asMatchPredicate())).isEmpty();
    assertThat(files.stream().filter(tests.asMatchPredicate())).isEmpty();
    assertThat(files.stream().filter(libraries.asMatchPredicate())).isEmpty();
  }

  /** The environment of its build has secrets. */
  @Test
  void containsNoSecret() throws Exception {
    assertThat(files).noneMatch(file -> file.endsWith("credentials"));
    try (JarFile jar = built.open()) {
      for (String file : files) {
        byte[] bytes = jar.getInputStream(jar.getEntry(file)).readAllBytes();
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1).contains("canary"))
            .as(file)
            .isFalse();
      }
    }
  }
}
