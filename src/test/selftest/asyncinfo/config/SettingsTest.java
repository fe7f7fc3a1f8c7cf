package asyncinfo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.client.Credentials;
import asyncinfo.client.CredentialsFile;
import asyncinfo.client.Truststore;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.Fixtures;
import asyncinfo.endpoint.LimitTestOptions;
import asyncinfo.endpoint.SettingsException;
import asyncinfo.endpoint.TargetEndpoint;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that open a target. */
@Tag("slow")
class SettingsTest {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Map<String, String> KEY =
      Map.of("TENCENTCLOUD_SECRET_ID", "AKIDx", "TENCENTCLOUD_SECRET_KEY", "y");

  @TempDir Path folder;

  @Test
  void opensTheStubByDefault() {
    try (TargetEndpoint target = Settings.of(SPECIFICATION, Map.of(), Map.of()).open()) {
      assertThat(target.name()).isEqualTo("stub");
      assertThat(target.apis()).isEqualTo(SPECIFICATION.apis());
      assertThat(target.canTriggerEveryClause()).isTrue();
      assertThat(target.credentials().secretId()).isNotEqualTo(target.credentials().secretId());
    }
  }

  @Test
  void opensTheEndpointsOfTheSettings() {
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
    try (TargetEndpoint target = Settings.of(SPECIFICATION, properties, KEY).open()) {
      Api dts = SPECIFICATION.apis().get(0);
      assertThat(target.apis()).containsExactly(dts);
      assertThat(target.endpoint(dts)).isEqualTo(URI.create("https://dts.staging.example:8443"));
      assertThat(target.host(dts)).isEqualTo("dts.tencentcloudapi.com");
      assertThat(target.maxRps()).isEqualTo(5);
      assertThat(target.loadTestBlockedBy(dts)).isEmpty();
      assertThat(target.canTriggerEveryClause()).isFalse();
    }
  }

  @Test
  void readsSettingsFromTheEnvironment() {
    Map<String, String> environment = new HashMap<>(KEY);
    environment.put("CONFORMANCE_MONGODB_ENDPOINT", "http://127.0.0.1:9");
    environment.put("CONFORMANCE_MAX_RPS", "15");
    try (TargetEndpoint target =
        Settings.of(SPECIFICATION, Map.of("target", "staging"), environment).open()) {
      Api mongodb = SPECIFICATION.apis().get(1);
      assertThat(target.apis()).containsExactly(mongodb);
      assertThat(target.host(mongodb)).isEqualTo("127.0.0.1:9");
      assertThat(target.maxRps()).isEqualTo(15);
      assertThat(target.loadTestBlockedBy(mongodb))
          .contains("limit.hosts does not name 127.0.0.1, so no load is sent there");
    }
  }

  @Test
  void prefersPropertiesToTheEnvironmentAndBothToTheFile() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("staging.conf"),
            """
            dts { endpoint = "https://file.example" }
            mongodb.endpoint = "https://file.example"
            region = ap-file, max.rps = 3
            max.requests = 30
            limit.hosts = [a.example, "b.example:8443"]
            """);
    Map<String, String> environment = new HashMap<>(KEY);
    environment.put("CONFORMANCE_REGION", "ap-environment");
    environment.put("CONFORMANCE_MAX_RPS", "4");
    Map<String, String> properties =
        Map.of("target", "staging", "settings", file.toString(), "max.rps", "6");

    try (TargetEndpoint target = Settings.of(SPECIFICATION, properties, environment).open()) {
      assertThat(target.settings())
          .containsEntry("dts.endpoint", "https://file.example")
          .containsEntry("mongodb.endpoint", "https://file.example")
          .containsEntry("region", "ap-environment")
          .containsEntry("max.rps", "6")
          .containsEntry("max.requests", "30")
          .containsEntry("limit.hosts", "a.example,b.example:8443");
    }
  }

  @Test
  void reachesEndpointsThroughTheProxyOfTheProcess() {
    Map<String, String> properties =
        Map.of(
            "target",
            "staging",
            "dts.endpoint",
            "https://a.example",
            "mongodb.endpoint",
            "http://127.0.0.1:9",
            "https.proxyHost",
            "proxy.example");
    try (TargetEndpoint target = Settings.of(SPECIFICATION, properties, KEY).open()) {
      assertThat(target.proxy(SPECIFICATION.apis().get(0)).orElseThrow())
          .hasToString("proxy.example:443");
      assertThat(target.proxy(SPECIFICATION.apis().get(1))).isEmpty();
      assertThat(target.settings()).containsEntry("dts.proxy", "proxy.example:443");
      assertThat(target.startupMessage())
          .startsWith(
              "About to send: dts to https://a.example through the proxy proxy.example:443,"
                  + " mongodb to http://127.0.0.1:9;");
    }
  }

  /** The stub is reached directly, whatever proxy there is. */
  @Test
  void reachesTheStubDirectly() {
    Map<String, String> properties = Map.of("http.proxyHost", "p", "http.nonProxyHosts", "");
    try (TargetEndpoint target = Settings.of(SPECIFICATION, properties, Map.of()).open()) {
      assertThat(target.apis()).allSatisfy(api -> assertThat(target.proxy(api)).isEmpty());
    }
  }

  @Test
  void resolvesRelativePathsInTheFolderOfTheUser() throws Exception {
    Files.writeString(folder.resolve("staging.conf"), "waivers = waivers.yaml\nrecord = records");
    Files.writeString(folder.resolve("waivers.yaml"), "[]");
    Map<String, String> properties =
        Map.of(
            "target",
            "staging",
            "settings",
            "staging.conf",
            "dts.endpoint",
            "https://a.example",
            "conformance.user.folder",
            folder.toString());

    try (TargetEndpoint target = Settings.of(SPECIFICATION, properties, KEY).open()) {
      assertThat(target.recordingDirectory()).contains(folder.resolve("records"));
      assertThat(folder.resolve("records")).isDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "staging.conf|truststore = \"T\"\ntruststore.password = changeit",
        "staging.properties|truststore=T\ntruststore.password=changeit",
        "staging.json|{\"truststore\": \"T\", \"truststore.password\": \"changeit\"}"
      })
  void readsTruststoreAndPasswordFromEachFileFormat(String nameAndText) throws Exception {
    Path truststore = truststore();
    String[] parts = nameAndText.split("\\|", 2);
    Path file =
        Files.writeString(
            folder.resolve(parts[0]),
            parts[1].replace("T\"", truststore + "\"").replace("=T", "=" + truststore));
    Map<String, String> properties =
        Map.of(
            "target", "staging", "settings", file.toString(), "dts.endpoint", "https://a.example");

    try (TargetEndpoint target = Settings.of(SPECIFICATION, properties, KEY).open()) {
      assertThat(target.truststore()).contains(new Truststore(truststore, "changeit"));
      assertThat(target.settings().toString() + target).doesNotContain("changeit");
    }
  }

  private Path truststore() throws Exception {
    Path file = folder.resolve("truststore.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    TrustManagerFactory jdk =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    jdk.init((KeyStore) null);
    X509TrustManager trust = (X509TrustManager) jdk.getTrustManagers()[0];
    store.setCertificateEntry("any", trust.getAcceptedIssuers()[0]);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "changeit".toCharArray());
    }
    return file;
  }

  @Test
  void readsTheKeyFromTheSdksCredentialsFile() throws Exception {
    Credentials key = new Credentials("AKIDfile", "k", Optional.of("t"));
    Files.createDirectories(folder.resolve(".tencentcloud"));
    CredentialsFile.write(folder.resolve(".tencentcloud/credentials"), Map.of("default", key));
    Map<String, String> properties =
        Map.of(
            "target",
            "staging",
            "dts.endpoint",
            "https://a.example",
            "user.home",
            folder.toString());

    try (TargetEndpoint target = Settings.of(SPECIFICATION, properties, Map.of()).open()) {
      assertThat(target.credentials()).isEqualTo(key);
    }
  }

  /** Public endpoints, regional ones included, get load only if they are listed by name. */
  @ParameterizedTest
  @CsvSource({
    "https://dts.tencentcloudapi.com, '', dts.tencentcloudapi.com is a public endpoint",
    "https://DTS.ap-Guangzhou.tencentcloudapi.com., '', dts.ap-guangzhou.tencentcloudapi.com is a"
        + " public endpoint",
    "https://dts.tencentcloudapi.com, tencentcloudapi.com, dts.tencentcloudapi.com is a public"
        + " endpoint",
    "https://dts.intl.tencentcloudapi.com, dts.tencentcloudapi.com, dts.intl.tencentcloudapi.com is"
        + " a public endpoint",
    "https://dts.tencentcloudapi.com.example, '', limit.hosts does not name"
        + " dts.tencentcloudapi.com.example",
    "https://dts.tencentcloudapi.com, dts.tencentcloudapi.com, ",
    "https://a.example:8443, 'b.example , A.example:8443', ",
    "https://a.example:8443, a.example:8444, limit.hosts does not name a.example",
    "http://[::1]:8443, ::1, ",
    "http://[::1]:8443, [::1], ",
    "http://[::1]:8443, [::1]:8443, ",
    "http://[2001:DB8::a]:8443, '::1,2001:db8::A', ",
    "http://[::1]:8443, '[::1]:8444,::2', limit.hosts does not name [::1]"
  })
  void allowsLoadOnListedHostsOnly(String endpoint, String named, String why) {
    Map<String, String> properties =
        Map.of("target", "staging", "dts.endpoint", endpoint, "limit.hosts", named);
    try (TargetEndpoint target = Settings.of(SPECIFICATION, properties, KEY).open()) {
      assertThat(target.loadTestBlockedBy(SPECIFICATION.apis().get(0)).orElse(""))
          .startsWith(why == null ? "" : why)
          .matches(why == null ? "" : ".+");
    }
  }

  @Test
  void announcesInOneLineWhatItWillSend() {
    Map<String, String> properties =
        Map.of(
            "target",
            "staging",
            "dts.endpoint",
            "https://a.example:8443",
            "dts.host",
            "dts.tencentcloudapi.com",
            "mongodb.endpoint",
            "https://b.example",
            "limit.hosts",
            "b.example",
            "max.rps",
            "20");
    try (TargetEndpoint target = Settings.of(SPECIFICATION, properties, KEY).open()) {
      int calls = 2 * 500 + LimitTestOptions.STANDARD.mostRequests(target.apis());
      assertThat(target.startupMessage())
          .isEqualTo(
              "About to send: dts to https://a.example:8443 as Host dts.tencentcloudapi.com,"
                  + " mongodb to https://b.example; region ap-guangzhou; at most 15 calls per"
                  + " second and API (20 asked for, at which jitter alone would reach the limit),"
                  + " %d calls and 600 s in all; no limit simulations for dts (limit.hosts does"
                  + " not name a.example, so no load is sent there), with limit simulations for"
                  + " mongodb",
              calls);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"dts/3/Status=lost\": {\"AsyncRequestId\": \"1\"}} | names the clause dts/3/Status=lost,"
            + " which does not exist; `mvn -q test-compile exec:java -Dexec.args=clauses` lists"
            + " all",
        "{\"dts/3/Status=failed\": {\"AsyncRequestId\": 1}} | AsyncRequestId of dts/3/Status=failed"
            + " must be a string",
        "{\"dts/3/Status=failed\": {}} | dts/3/Status=failed has no request parameters",
        "{\"dts/3/Status=failed\": {\"JobId\": \"1\"}} | dts/3/Status=failed has JobId; the"
            + " parameters are Action, Version, Region, AsyncRequestId",
        "{\"dts/3/Status=failed\": {\"Version\": \"1\"}} | Version of dts/3/Status=failed must be"
            + " \"2018-03-30\"",
        "[] | must be an object of clause ids",
        "{\"dts | is not JSON: "
      })
  void reportsInvalidFixtures(String text, String problem) throws Exception {
    Path file = Files.writeString(folder.resolve("fixtures.json"), text);

    assertThatThrownBy(() -> Fixtures.read(file, SPECIFICATION))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(problem);
  }

  @Test
  void readsFixturesOfAFolderAndOfTheSubjectParameter() throws Exception {
    Files.writeString(folder.resolve("a.json"), "{\"dts/3/Status=failed\": {\"*\": \"7\"}}");
    Files.writeString(
        folder.resolve("b.json"), "{\"common/error/FailedOperation\": {\"*\": \"8\"}}");
    Fixtures read = Fixtures.read(folder, SPECIFICATION);

    for (Api api : SPECIFICATION.apis()) {
      assertThat(read.forClause(clause("common/error/FailedOperation"), api))
          .contains(Map.of("AsyncRequestId", "8"));
    }
    assertThat(read.forClause(clause("dts/3/Status=failed"), SPECIFICATION.apis().get(0)))
        .contains(Map.of("AsyncRequestId", "7"));

    Files.copy(folder.resolve("b.json"), folder.resolve("c.json"));
    assertThatThrownBy(() -> Fixtures.read(folder, SPECIFICATION))
        .hasMessageContaining(
            folder.resolve("c.json")
                + ": common/error/FailedOperation of dts stands in another file of the folder too");
  }

  @Test
  void reportsAFolderWithoutFixtures() {
    assertThatThrownBy(() -> Fixtures.read(folder, SPECIFICATION))
        .hasMessage("fixtures: " + folder + " has no .json file");
  }

  private static Clause clause(String id) {
    return SPECIFICATION.clause(id).orElseThrow();
  }

  @Test
  void reportsMissingFixtures() {
    assertThatThrownBy(() -> Fixtures.read(folder.resolve("none.json"), SPECIFICATION))
        .hasMessage("fixtures: cannot read " + folder.resolve("none.json"));
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
  void selectsClausesByGlob(String glob, boolean included) {
    Clause clause = SPECIFICATION.clause("dts/3/Status=failed").orElseThrow();

    assertThat(new ClauseFilter(glob).test(clause)).isEqualTo(included);
  }
}
