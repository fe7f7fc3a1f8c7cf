package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.client.Credentials;
import asyncinfo.client.PercentEncoding;
import asyncinfo.client.SignedRequest;
import asyncinfo.client.Timeouts;
import asyncinfo.config.Settings;
import asyncinfo.contract.Api;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.RemoteEndpoint;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.stub.Stub;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Recordings of runs, and their verdicts when they are replayed. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordingIT {
  private static final Specification SPECIFICATION = Specification.load();
  private static final StubModel MODEL = StubModel.read(SPECIFICATION);
  private static final List<Fault> FAULTS = FaultFile.read(FaultFile.FAULTS, SPECIFICATION, MODEL);

  /** For faults that keep clients waiting. */
  private static final Timeouts SHORT =
      new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofMillis(900));

  /** Faults of each kind: in data, ids, bytes, envelope and connection. */
  private static final List<String> SOME =
      List.of(
          "RequestId always the same",
          "empty RequestId in errors",
          "a key twice",
          "GBK",
          "UTF-16",
          "a byte order mark",
          "HTTP 500 for errors",
          "truncated JSON",
          "no Content-Type",
          "the SecretKey in a message",
          "a connection that is reset");

  private Stub stub;

  @BeforeAll
  void startStub() {
    stub = Stub.start(Stub.Options.of(SPECIFICATION).withLimit(0));
  }

  @AfterAll
  void stopStub() {
    stub.close();
  }

  /** Each run sends several requests at a time, in its own order. */
  @Test
  void isReproducibleExceptForItsDate(@TempDir Path one, @TempDir Path other) throws IOException {
    try (FaultyServer server =
        new FaultyServer(SPECIFICATION, stub.endpoint(), RecordingIT::withoutStubHeaders)) {
      recordInParallel(server.endpoint(), "recorded-one", one);
      recordInParallel(server.endpoint(), "recorded-other", other);
    }

    assertThat(dateless(other)).isEqualTo(dateless(one));
    assertThat(replayed(one, "recorded-one-again")).isEqualTo(verdicts("recorded-one"));
    assertThat(verdicts("recorded-one").toString()).doesNotContain("ERROR", "FAIL");
  }

  /**
   * Removes headers in which the stub names the mapping at its first use; other endpoints have
   * none.
   */
  private static FaultyResponse withoutStubHeaders(Exchange exchange) {
    return FaultyResponse.unchanged(exchange.original())
        .withHeader("Matched-Stub-Id", null)
        .withHeader("Matched-Stub-Name", null);
  }

  private void recordInParallel(URI endpoint, String name, Path folder) {
    SuiteRun.inParallel(
        name, SPECIFICATION, staging(endpoint, folder, Map.of()).withoutPacing(Timeouts.DEFAULT));
  }

  /** An endpoint with another fault each time. */
  @Test
  void replaysToTheVerdictsOfTheRecordedRun(@TempDir Path folder) throws IOException {
    List<FaultInjector> injectors =
        FAULTS.stream()
            .filter(fault -> SOME.contains(fault.name()))
            .map(fault -> new FaultInjector(fault, SPECIFICATION, MODEL, stub.accounts()))
            .toList();
    AtomicInteger met = new AtomicInteger();
    Function<Exchange, FaultyResponse> roundRobin =
        exchange -> injectors.get(met.getAndIncrement() % injectors.size()).apply(exchange);
    try (FaultyServer server = new FaultyServer(SPECIFICATION, stub.endpoint(), roundRobin)) {
      record(server.endpoint(), "recorded-faults", folder, Map.of());
    }

    assertThat(injectors).hasSameSizeAs(SOME).allMatch(injector -> injector.changed() > 0);
    assertThat(replayed(folder, "recorded-faults-again")).isEqualTo(verdicts("recorded-faults"));
    assertThat(verdicts("recorded-faults").toString()).contains("ERROR", "FAIL", "PASS");
  }

  static List<Fault> faults() {
    return FaultCampaign.WHOLE ? FAULTS : List.of();
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("faults")
  void replaysEachFaultToTheSameVerdicts(Fault fault, @TempDir Path folder) throws IOException {
    FaultInjector injector = new FaultInjector(fault, SPECIFICATION, MODEL, stub.accounts());
    try (FaultyServer server = new FaultyServer(SPECIFICATION, stub.endpoint(), injector)) {
      record(server.endpoint(), "recorded-fault", folder, Map.of());
    }

    assertThat(replayed(folder, "recorded-fault-again")).isEqualTo(verdicts("recorded-fault"));
  }

  /** Other clients use the account, and a burst is allowed. */
  @Test
  void replaysRetriesAndBursts(@TempDir Path folder) throws IOException {
    try (Stub limited = Stub.start(Stub.Options.of(SPECIFICATION))) {
      Map<String, String> settings =
          Map.of("limit.hosts", "127.0.0.1", "clause", "*requency/throttled");
      Credentials key = limited.accounts().create();
      RemoteEndpoint target = staging(limited.endpoint(), folder, settings, key);
      SuiteRun.against(
          "recorded-burst",
          SPECIFICATION,
          target.withoutPacing(Timeouts.DEFAULT),
          "RequestFrequencyIT");
    }

    assertThat(verdicts("recorded-burst"))
        .hasToString("{common/frequency/throttled={\"dts\":\"PASS\",\"mongodb\":\"PASS\"} of 2}");
    assertThat(replayed(folder, "recorded-burst-again", "RequestFrequencyIT"))
        .isEqualTo(verdicts("recorded-burst"));
  }

  /** A changed suite sends a request that has no recorded response. */
  @Test
  void reportsErrorForARequestThatWasNotRecorded(@TempDir Path folder) throws IOException {
    record(stub.endpoint(), "recorded-less", folder, Map.of("clause", "dts/2/*"));
    Path file = files(folder).get(0);
    Files.writeString(
        file,
        Files.readString(file).replace("\"mutation\" : \"omit\"", "\"mutation\" : \"another\""));

    assertThat(replayed(folder, "recorded-less-again").get("dts/2/Region")).contains("ERROR");
    assertThat(Files.readString(report("recorded-less-again").resolveSibling("summary.md")))
        .containsPattern(
            "POST.*_JSON.*_V3 .*omit \\(Region\\) of all cases was not recorded on"
                + " \\d{4}-\\d\\d-\\d\\d; record again")
        .contains("no live endpoint");
  }

  /**
   * An endpoint that returns the request in each encoding must not leak secrets into the recording.
   */
  @Test
  void containsNoSecret(@TempDir Path folder) throws IOException {
    Credentials canary =
        new Credentials(
            "AKIDcanary0123/4567==", "canary-key-0123456789", Optional.of("canary+token/0123=="));
    List<String> key = List.of(canary.secretId(), canary.secretKey(), canary.token().orElseThrow());
    Set<String> secrets = ConcurrentHashMap.newKeySet();
    secrets.addAll(key);
    Function<Exchange, FaultyResponse> echo = exchange -> echo(exchange, key, secrets);
    try (FaultyServer server = new FaultyServer(SPECIFICATION, stub.endpoint(), echo)) {
      RemoteEndpoint target =
          staging(server.endpoint(), folder, Map.of("clause", "common/request/*-v*"), canary);
      SuiteRun.against(
          "recorded-canary",
          SPECIFICATION,
          target.withoutPacing(Timeouts.DEFAULT),
          "CommonRulesIT");
    }

    assertThat(secrets).hasSizeGreaterThan(10);
    String recorded = everything(folder);
    String log =
        Files.readString(Path.of("target", "selftest", "recorded-canary", "suites.exchanges"));
    assertThat(recorded).contains("AsyncRequestId", "***");
    for (String secret : secrets) {
      for (String form : forms(secret)) {
        assertThat(recorded.contains(form)).as("recorded: " + form).isFalse();
        assertThat(log.contains(form)).as("logged: " + form).isFalse();
      }
    }
  }

  /** Returns the request and its secrets, instead of the response or within it. */
  private static FaultyResponse echo(Exchange exchange, List<String> key, Set<String> secrets) {
    SignedRequest request = exchange.request();
    String sent = request.target() + " " + request.headers() + " " + request.bodyText();
    List<String> own = new ArrayList<>(key);
    Matcher signature = Pattern.compile("Signature=([^&\\s,\\]]+)").matcher(sent);
    while (signature.find()) {
      own.add(URLDecoder.decode(signature.group(1), StandardCharsets.UTF_8));
    }
    secrets.addAll(own);
    StringBuilder echo = new StringBuilder(sent);
    own.forEach(secret -> echo.append(' ').append(String.join(" ", forms(secret))));
    String text = StringNode.valueOf(echo.toString()).toString();
    String within = "{\"Response\":{\"Echo\":" + text + ",";
    FaultyResponse original = FaultyResponse.unchanged(exchange.original());
    return (request.method().equals("GET")
            ? original.withText(echo + text)
            : original.changed(body -> body.replace("{\"Response\":{", within)))
        .withHeader("X-Echo", sent.replaceAll("\\s", " "));
  }

  /** Returns the encodings of a secret. */
  private static List<String> forms(String secret) {
    String percent = PercentEncoding.encode(secret);
    StringBuilder escaped = new StringBuilder();
    secret
        .chars()
        .forEach(
            c ->
                escaped.append(
                    Character.isLetterOrDigit(c) ? Character.toString(c) : "\\u%04x".formatted(c)));
    return List.of(
        secret,
        percent,
        percent.toLowerCase(Locale.ROOT),
        PercentEncoding.encode(percent),
        secret.replace("/", "\\/"),
        escaped.toString(),
        Base64.getEncoder()
            .withoutPadding()
            .encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns all files of a folder, and all strings in them without JSON's escapes. */
  private static String everything(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files(folder)) {
      String text = Files.readString(file);
      all.append(text);
      texts(Json.read(text), all);
    }
    return all.toString();
  }

  private static void texts(JsonNode node, StringBuilder all) {
    if (node.isString()) {
      all.append('\n').append(node.asString());
    }
    node.properties().forEach(member -> all.append('\n').append(member.getKey()));
    node.forEach(each -> texts(each, all));
  }

  private void record(URI endpoint, String name, Path folder, Map<String, String> more) {
    SuiteRun.against(
        name,
        SPECIFICATION,
        staging(endpoint, folder, more).withoutPacing(SHORT),
        SuiteRun.ALL_SUITES);
  }

  private RemoteEndpoint staging(URI endpoint, Path folder, Map<String, String> more) {
    return staging(endpoint, folder, more, stub.accounts().create());
  }

  private static RemoteEndpoint staging(
      URI endpoint, Path folder, Map<String, String> more, Credentials key) {
    Map<String, String> properties = new HashMap<>();
    properties.put("target", "staging");
    properties.put("fixtures", Path.of("stubs", "fixtures").toString());
    properties.put("record", folder.toString());
    for (Api api : SPECIFICATION.apis()) {
      properties.put(api.id() + ".endpoint", endpoint.toString());
      properties.put(api.id() + ".host", api.domain());
    }
    properties.putAll(more);
    return (RemoteEndpoint)
        Settings.of(
                SPECIFICATION,
                properties,
                Map.of(
                    "TENCENTCLOUD_SECRET_ID", key.secretId(),
                    "TENCENTCLOUD_SECRET_KEY", key.secretKey(),
                    "TENCENTCLOUD_TOKEN", key.token().orElse("")))
            .open();
  }

  /** Returns the verdicts on a recording. */
  private static Map<String, String> replayed(Path folder, String name, String... suites)
      throws IOException {
    TargetEndpoint target =
        Settings.of(
                SPECIFICATION, Map.of("target", "replay", "replay", folder.toString()), Map.of())
            .open();
    SuiteRun.against(
        name, SPECIFICATION, target, suites.length == 0 ? SuiteRun.ALL_SUITES : suites);
    return verdicts(name);
  }

  private static Path report(String run) {
    return Path.of("target", "selftest", run, "conformance", "conformance.json");
  }

  /** Returns the verdicts by API and the number of observations of each clause except the limit. */
  private static Map<String, String> verdicts(String run) throws IOException {
    Map<String, String> verdicts = new TreeMap<>();
    for (JsonNode clause : Json.read(Files.readString(report(run))).path("clauses")) {
      String id = clause.path("id").asString();
      if (!id.endsWith("/1/limit")) {
        verdicts.put(id, clause.path("verdicts") + " of " + clause.path("observations"));
      }
    }
    return verdicts;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Returns each file without the line of its date. */
  private static Map<String, String> dateless(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (Path file : files(folder)) {
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      lines.removeIf(line -> line.startsWith("  \"recorded\" : "));
      texts.put(file.getFileName().toString(), String.join("\n", lines));
    }
    return texts;
  }
}
