package asyncinfo.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.ApiResponse;
import asyncinfo.client.Credentials;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.RestAssuredClient;
import asyncinfo.client.Timeouts;
import asyncinfo.contract.Api;
import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.Fixtures;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The files under {@code stubs/} conform to the schemas, and each mapping is used. */
class StubDataIT {
  private static final Specification SPECIFICATION = Specification.load();
  private static final Path MAPPINGS = Path.of("stubs", "mappings");
  private static final Fixtures FIXTURES = Fixtures.ofStub(Path.of("stubs"), SPECIFICATION);
  private static final String REGION = "ap-guangzhou";
  private static final Hits HITS = new Hits();

  private static Stub stub;
  private static RestAssuredClient client;
  private static Credentials key;

  @BeforeAll
  static void start() {
    stub = Stub.start(Stub.Options.of(SPECIFICATION).withLimit(0).withExtensions(List.of(HITS)));
    client = new RestAssuredClient(stub.endpoint(), Timeouts.DEFAULT);
    key = stub.accounts().create();
  }

  @AfterAll
  static void stop() {
    client.close();
    stub.close();
  }

  /** Resets scenarios by the command of {@code stubs/README.md}. */
  private static void resetLifecycles() throws Exception {
    URI reset = stub.endpoint().resolve("/__admin/scenarios/reset");
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(reset).POST(BodyPublishers.noBody()).build(),
            BodyHandlers.discarding());
  }

  /** A mapping and its file. */
  record Mapping(Path file, JsonNode json) {
    String name() {
      return json.path("name").asString();
    }

    /**
     * Returns whether it is a response; others map a request format of stock WireMock to a
     * response.
     */
    boolean isResponse() {
      return json.at("/response/proxyBaseUrl").isMissingNode();
    }

    String scenario() {
      return json.path("scenarioName").asString("");
    }

    /** Returns the API of the mapping; all APIs for one under {@code common}. */
    List<Api> apis() {
      return SPECIFICATION.apis().stream()
          .filter(api -> file.startsWith(MAPPINGS.resolve(api.id())))
          .toList();
    }

    /** Returns arguments that match it, based on those of the documented example. */
    Map<String, String> arguments(Api api) {
      Map<String, String> arguments = new HashMap<>(api.examples().get(0).request());
      json.at("/request/queryParameters")
          .properties()
          .forEach(p -> arguments.put(p.getKey(), p.getValue().path("equalTo").asString("")));
      if (json.at("/request/queryParameters").isEmpty()) {
        SPECIFICATION.requests(api).unknownSubject().ifPresent(arguments::putAll);
      }
      return arguments;
    }

    @Override
    public String toString() {
      return name();
    }
  }

  static List<Mapping> mappings() throws IOException {
    List<Mapping> mappings = new ArrayList<>();
    try (Stream<Path> files = Files.walk(MAPPINGS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        JsonNode json = Json.read(Files.readString(file));
        if (json.has("mappings")) {
          json.path("mappings").forEach(one -> mappings.add(new Mapping(file, one)));
        } else {
          mappings.add(new Mapping(file, json));
        }
      }
    }
    return mappings;
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void conformsToTheSchemas(Mapping mapping) {
    for (Api api : mapping.apis()) {
      String path = "/" + api.folder();
      if (mapping.isResponse()) {
        assertThat(mapping.json().at("/request/urlPath").asString()).isEqualTo(path);
        assertThat(SPECIFICATION.checkReply(api, mapping.json().at("/response/jsonBody")))
            .isEmpty();
      } else {
        assertThat(mapping.json().at("/response/proxyBaseUrl").asString()).contains(path);
      }
    }
    if (mapping.isResponse()) {
      assertThat(mapping.json().at("/response/status").asInt()).isEqualTo(200);
      assertThat(mapping.json().at("/response/headers/Content-Type").asString())
          .isEqualTo("application/json");
    }
    if (mapping.apis().isEmpty()) {
      assertThat(mapping.file().getParent()).isEqualTo(MAPPINGS.resolve("common"));
    }
  }

  @Test
  void givesEachMappingAUniqueName() throws IOException {
    assertThat(mappings().stream().map(Mapping::name)).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void usesEachMappingAndLeavesNoRequestUnmatched() throws Exception {
    HITS.clear();
    resetLifecycles();

    sendEveryRequest(client, "localhost", key, List.of(RequestFormat.POST_JSON_V3));

    assertThat(HITS.unmatched).isEmpty();
    assertThat(HITS.names)
        .isEqualTo(
            mappings().stream()
                .filter(Mapping::isResponse)
                .map(Mapping::name)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void servesEveryFormatFromAStockWireMock() throws Exception {
    Hits hits = new Hits();
    WireMockServer stock =
        new WireMockServer(
            WireMockConfiguration.options()
                .dynamicPort()
                .withRootDirectory("stubs")
                .templatingEnabled(true)
                .globalTemplating(false)
                .extensions(hits));
    stock.start();
    String host = "127.0.0.1:" + stock.port();
    try (RestAssuredClient toStock =
        new RestAssuredClient(URI.create("http://" + host), Timeouts.DEFAULT)) {
      Credentials anyKey = new Credentials("AKIDany", "not-checked");
      sendEveryRequest(toStock, host, anyKey, RequestFormat.EACH_METHOD_AND_SIGNATURE);
    } finally {
      stock.stop();
    }

    assertThat(hits.unmatched).isEmpty();
    assertThat(hits.names)
        .isEqualTo(
            mappings().stream().map(Mapping::name).collect(Collectors.toCollection(TreeSet::new)));
  }

  /**
   * Sends a request for each mapping, for scenarios in the order of their states, and for each
   * fixture.
   */
  private static void sendEveryRequest(
      RestAssuredClient to, String host, Credentials credentials, List<RequestFormat> formats)
      throws Exception {
    for (Mapping mapping : mappings().stream().filter(Mapping::isResponse).toList()) {
      for (Api api : mapping.apis()) {
        send(to, host, api, formats.get(0), mapping.arguments(api), credentials);
      }
    }
    for (Api api : SPECIFICATION.apis()) {
      for (Map<String, String> arguments : fixtureArguments(api)) {
        send(to, host, api, formats.get(0), arguments, credentials);
      }
    }
    for (RequestFormat format : formats) {
      for (Api api : SPECIFICATION.apis()) {
        send(to, host, api, format, api.examples().get(0).request(), credentials);
      }
    }
  }

  private static JsonNode send(
      RestAssuredClient to,
      String host,
      Api api,
      RequestFormat format,
      Map<String, String> arguments,
      Credentials credentials)
      throws Exception {
    ApiRequest call =
        ApiRequest.of(api, format, host, REGION, arguments, credentials, Instant.now(), 1);
    ApiResponse response = to.send(call.sign());
    JsonNode json = Json.read(response.text());
    assertThat(SPECIFICATION.checkReply(api, json)).as("%s of %s", arguments, api).isEmpty();
    return json.path("Response");
  }

  /** Returns the arguments of an API's fixtures, based on those of the documented example. */
  private static List<Map<String, String>> fixtureArguments(Api api) {
    return SPECIFICATION.clauses(api).stream()
        .flatMap(clause -> FIXTURES.forClause(clause, api).stream())
        .map(
            particular -> {
              Map<String, String> arguments = new HashMap<>(api.examples().get(0).request());
              arguments.putAll(particular);
              return arguments;
            })
        .toList();
  }

  /** A file with another name would be ignored. */
  @Test
  void readsEachFileOfFixtures() {
    Path folder = Path.of("stubs", Fixtures.FOLDER);

    assertThat(folder)
        .isDirectoryNotContaining(
            file ->
                !file.endsWith("common.json")
                    && SPECIFICATION.apis().stream()
                        .noneMatch(api -> file.endsWith(api.id() + ".json")));
  }

  @Test
  void hasAFixtureForEachMappingThatHasOneOutcome() throws IOException {
    assertThat(mappings())
        .filteredOn(m -> m.isResponse() && m.scenario().isEmpty())
        .filteredOn(m -> m.json().at("/request/queryParameters").findValue("equalTo") != null)
        .allSatisfy(
            m -> {
              Api api = m.apis().get(0);
              assertThat(fixtureArguments(api)).contains(m.arguments(api));
            });
  }

  static List<String> lifecycles() throws IOException {
    return mappings().stream()
        .map(Mapping::scenario)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("lifecycles")
  void leadsALifecycleToAFinalState(String lifecycle) throws Exception {
    List<Mapping> stages = mappings().stream().filter(m -> m.scenario().equals(lifecycle)).toList();
    Api api = stages.get(0).apis().get(0);
    List<RequestFormat> formats = RequestFormat.EACH_METHOD_AND_SIGNATURE;
    List<JsonNode> responses = new ArrayList<>();
    resetLifecycles();
    for (int i = 0; i < stages.size() + 2; i++) {
      RequestFormat format = formats.get(i % formats.size());
      responses.add(send(client, "localhost", api, format, stages.get(0).arguments(api), key));
    }

    List<String> seen = responses.stream().map(StubDataIT::withoutRequestId).toList();
    List<String> documented =
        stages.stream()
            .map(m -> withoutRequestId(m.json().at("/response/jsonBody/Response")))
            .toList();
    assertThat(seen.subList(0, stages.size())).isEqualTo(documented);
    String end = documented.get(documented.size() - 1);
    assertThat(documented).filteredOn(end::equals).hasSize(1);
    assertThat(seen.subList(stages.size(), seen.size())).containsOnly(end);
    for (String time : List.of("StartTime", "EndTime")) {
      assertThat(
              responses.stream()
                  .filter(r -> r.has(time))
                  .map(r -> r.path(time).asString())
                  .distinct())
          .hasSizeLessThan(2);
    }
  }

  private static String withoutRequestId(JsonNode response) {
    return response.properties().stream()
        .filter(p -> !p.getKey().equals("RequestId"))
        .map(p -> p.getKey() + "=" + p.getValue())
        .collect(Collectors.joining(" "));
  }

  static List<Api> apis() {
    return SPECIFICATION.apis();
  }

  @ParameterizedTest
  @MethodSource("apis")
  void coversEachListedValueByLifecyclesIfAny(Api api) throws IOException {
    Set<String> shown =
        mappings().stream()
            .filter(m -> !m.scenario().isEmpty() && m.apis().contains(api))
            .flatMap(m -> m.json().at("/response/jsonBody/Response").properties().stream())
            .map(p -> p.getKey() + "=" + p.getValue().asString())
            .collect(Collectors.toSet());

    assumeFalse(shown.isEmpty(), api + " has no lifecycle");
    assertThat(api.outputs())
        .flatExtracting(o -> o.values().stream().map(v -> o.name() + "=" + v.value()).toList())
        .isNotEmpty()
        .allMatch(shown::contains);
  }

  @Test
  void usesOnlyCommonErrorCodesForRefusals() {
    GatewayData data = new GatewayData(Path.of("stubs", GatewayData.FILE), Set.of());

    assertThat(data.refusals().values().stream().map(ErrorResponse::code))
        .isSubsetOf(SPECIFICATION.commonErrors().stream().map(DocumentedValue::value).toList());
  }

  /** Records which mappings matched, and which requests matched none. */
  private static final class Hits implements ServeEventListener {
    private final Set<String> names = new ConcurrentSkipListSet<>();
    private final Set<String> unmatched = new ConcurrentSkipListSet<>();

    void clear() {
      names.clear();
      unmatched.clear();
    }

    @Override
    public String getName() {
      return "hits";
    }

    @Override
    public boolean applyGlobally() {
      return true;
    }

    @Override
    public void beforeResponseSent(ServeEvent event, Parameters parameters) {
      if (event.getWasMatched()) {
        names.add(event.getStubMapping().getName());
      } else {
        unmatched.add(event.getRequest().getUrl());
      }
    }
  }
}
