package asyncinfo.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.contract.Clause;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings name a target, or say in a line each what is wrong with them. */
class SettingsTest {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final Map<String, String> KEY =
      Map.of("TENCENTCLOUD_SECRET_ID", "AKIDx", "TENCENTCLOUD_SECRET_KEY", "y");

  @TempDir Path folder;

  @Test
  void judgesTheStubByDefault() {
    try (Target target = Settings.of(CATALOGUE, Map.of(), Map.of()).open()) {
      assertThat(target.name()).isEqualTo("stub");
      assertThat(target.apis()).isEqualTo(CATALOGUE.apis());
      assertThat(target.promisesEveryClause()).isTrue();
      assertThat(target.credentials().secretId()).isNotEqualTo(target.credentials().secretId());
    }
  }

  @Test
  void judgesTheEndpointsThatAreNamed() {
    Map<String, String> properties =
        Map.of(
            "target",
            "staging",
            "dts.endpoint",
            "https://dts.staging.example:8443",
            "dts.host",
            "dts.tencentcloudapi.com",
            "limit.hosts",
            "dts.staging.example");
    try (Target target = Settings.of(CATALOGUE, properties, KEY).open()) {
      Api dts = CATALOGUE.apis().get(0);
      assertThat(target.apis()).containsExactly(dts);
      assertThat(target.endpoint(dts)).isEqualTo(URI.create("https://dts.staging.example:8443"));
      assertThat(target.host(dts)).isEqualTo("dts.tencentcloudapi.com");
      assertThat(target.pace()).isEqualTo(5);
      assertThat(target.loadForbidden(dts)).isEmpty();
      assertThat(target.promisesEveryClause()).isFalse();
    }
  }

  @Test
  void takesSettingsFromTheEnvironmentToo() {
    Map<String, String> environment = new HashMap<>(KEY);
    environment.put("MONGODB_ENDPOINT", "http://127.0.0.1:9");
    environment.put("PACE", "15");
    try (Target target = Settings.of(CATALOGUE, Map.of("target", "staging"), environment).open()) {
      Api mongodb = CATALOGUE.apis().get(1);
      assertThat(target.apis()).containsExactly(mongodb);
      assertThat(target.host(mongodb)).isEqualTo("127.0.0.1:9");
      assertThat(target.pace()).isEqualTo(15);
      assertThat(target.loadForbidden(mongodb))
          .contains("limit.hosts does not name 127.0.0.1, so no load is sent there");
    }
  }

  @Test
  void tellsAllProblemsAtOnce() {
    Map<String, String> properties =
        Map.of(
            "target", "staging", "dts.endpoint", "staging:80", "pace", "fast", "clause", "dts/9/*");

    assertThatThrownBy(() -> Settings.of(CATALOGUE, properties, Map.of()).open())
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "dts.endpoint: \"staging:80\" is no base URL; write it like https://host:8443",
                "TENCENTCLOUD_SECRET_ID is not set in the environment; staging calls have to be"
                    + " signed",
                "TENCENTCLOUD_SECRET_KEY is not set in the environment; staging calls have to be"
                    + " signed",
                "pace: \"fast\" is no positive whole number",
                "clause: \"dts/9/*\" matches no clause; `mvn -q test -Dclauses` lists all"));
  }

  @Test
  void asksForAnEndpoint() {
    assertThatThrownBy(() -> Settings.of(CATALOGUE, Map.of("target", "staging"), KEY).open())
        .hasMessage("no endpoint: set one of dts.endpoint, mongodb.endpoint");
  }

  @ParameterizedTest
  @CsvSource({
    "target, live, 'target: \"live\" is neither stub nor staging'",
    "stub.limit, few, 'stub.limit: \"few\" is no positive whole number'",
    "stub.limit, -1, 'stub.limit: \"-1\" is no positive whole number'",
    "clause, nothing, 'clause: \"nothing\" matches no clause; `mvn -q test -Dclauses` lists all'"
  })
  void tellsWhatIsWrongWithASetting(String key, String value, String line) {
    assertThatThrownBy(() -> Settings.of(CATALOGUE, Map.of(key, value), Map.of()).open())
        .hasMessage(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"dts/3/Status=lost\": {\"AsyncRequestId\": \"1\"}} | names the clause dts/3/Status=lost,"
            + " which does not exist; `mvn -q test -Dclauses` lists all",
        "{\"dts/3/Status=failed\": {\"AsyncRequestId\": 1}} | AsyncRequestId of dts/3/Status=failed"
            + " must be a string",
        "{\"dts/3/Status=failed\": {}} | dts/3/Status=failed has no request parameters",
        "[] | must be an object of clause ids",
        "{\"dts | is not JSON: "
      })
  void tellsWhatIsWrongWithProvocations(String text, String said) throws Exception {
    Path file = Files.writeString(folder.resolve("provocations.json"), text);

    assertThatThrownBy(() -> Provocations.read(file, CATALOGUE))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(said);
  }

  @Test
  void tellsThatProvocationsAreNotThere() {
    assertThatThrownBy(() -> Provocations.read(folder.resolve("none.json"), CATALOGUE))
        .hasMessage("provocations: cannot read " + folder.resolve("none.json"));
  }

  @ParameterizedTest
  @CsvSource({
    "*, true",
    "dts/3/Status=failed, true",
    "dts/*, true",
    "*=failed, true",
    "dts/3, false",
    "mongodb/*, false",
    "dts.3.Status=failed, false"
  })
  void narrowsARunByAGlob(String glob, boolean wanted) {
    Clause clause = CATALOGUE.clause("dts/3/Status=failed").orElseThrow();

    assertThat(new ClauseFilter(glob).test(clause)).isEqualTo(wanted);
  }
}
