package asyncinfo.selfproof;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.contract.Json;
import asyncinfo.stub.Stub;
import asyncinfo.target.Settings;
import asyncinfo.target.StagingTarget;
import asyncinfo.target.Target;
import asyncinfo.wire.Credentials;
import asyncinfo.wire.Timeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What a run of endpoints keeps, and what becomes of it when it is judged again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordingIT {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final Known KNOWN = Known.read(CATALOGUE);

  /** For faults that leave callers waiting. */
  private static final Timeouts SHORT =
      new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofMillis(900));

  /** Faults of each sort: of data, of ids, of bytes, of the envelope, of the way, now and then. */
  private static final List<String> SOME =
      List.of(
          "RequestId always the same",
          "empty RequestId in errors",
          "a key twice",
          "GBK",
          "UTF-16",
          "HTTP 500 for errors",
          "truncated JSON, each tenth time",
          "a connection that is reset for the example");

  private Stub stub;

  @BeforeAll
  void startStub() {
    stub = Stub.start(Stub.Options.of(CATALOGUE).withLimit(0));
  }

  @AfterAll
  void stopStub() {
    stub.close();
  }

  static Stream<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    faults.add(FaultFile.read(FaultFile.LAWFUL, CATALOGUE, KNOWN).get(0));
    FaultFile.read(FaultFile.FAULTS, CATALOGUE, KNOWN).stream()
        .filter(fault -> Boolean.getBoolean("proof.whole") || SOME.contains(fault.name()))
        .forEach(faults::add);
    return faults.stream();
  }

  /** The first of them is no fault at all. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void judgesARecordingAsTheEndpointWasJudged(Fault fault, @TempDir Path folder)
      throws IOException {
    String name = "recorded-" + fault.name().replaceAll("[^A-Za-z0-9]+", "-");
    Plant plant = new Plant(fault, CATALOGUE, KNOWN);
    try (FaultyServer server = new FaultyServer(CATALOGUE, stub.endpoint(), plant)) {
      StagingTarget target = staging(server.endpoint().toString(), folder, Map.of());
      SuiteRun.against(
          name,
          CATALOGUE,
          target.hurried(fault.trouble() ? SHORT : Timeouts.DEFAULT),
          SuiteRun.ALL_SUITES);
    }
    SuiteRun.against(name + "-again", CATALOGUE, replay(folder), SuiteRun.ALL_SUITES);

    assertThat(verdicts(name + "-again")).isEqualTo(verdicts(name));
  }

  private static Target replay(Path folder) {
    return Settings.of(CATALOGUE, Map.of("target", "replay", "replay", folder.toString()), Map.of())
        .open();
  }

  private StagingTarget staging(String endpoint, Path folder, Map<String, String> more) {
    Credentials key = stub.accounts().issue();
    Map<String, String> properties = new HashMap<>();
    properties.put("target", "staging");
    properties.put("provocations", Path.of("stubs", "provocations.json").toString());
    properties.put("record", folder.toString());
    for (Api api : CATALOGUE.apis()) {
      properties.put(api.product() + ".endpoint", endpoint);
      properties.put(api.product() + ".host", api.domain());
    }
    properties.putAll(more);
    return (StagingTarget)
        Settings.of(
                CATALOGUE,
                properties,
                Map.of(
                    "TENCENTCLOUD_SECRET_ID", key.secretId(),
                    "TENCENTCLOUD_SECRET_KEY", key.secretKey(),
                    "TENCENTCLOUD_TOKEN", key.token().orElse("")))
            .open();
  }

  /**
   * Verdicts by API, and how many observations they rest on, clause by clause but for the limit.
   */
  private static Map<String, String> verdicts(String run) throws IOException {
    Path file = Path.of("target", "selfproof", run, "conformance", "conformance.json");
    Map<String, String> verdicts = new TreeMap<>();
    for (JsonNode clause : Json.read(Files.readString(file)).path("clauses")) {
      String id = clause.path("id").asString();
      if (!id.endsWith("/1/limit")) {
        verdicts.put(id, clause.path("verdicts") + " of " + clause.path("observations"));
      }
    }
    return verdicts;
  }
}
