package asyncinfo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import asyncinfo.contract.Specification;
import asyncinfo.endpoint.SettingsException;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.ratelimit.LimiterModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invalid settings and the line that reports each. Settings are read before anything is sent, so no
 * request precedes these lines.
 *
 * <p>One table holds all messages, so this class is longer than others.
 *
 * <p>{@code D} stands for the folder of the test's files. Where a row sets neither endpoint nor
 * key, good ones are set for it.
 */
@Tag("slow")
class BadSettingsTest {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String ALL =
      "; the settings are target, settings, stub.limit, region, fixtures, waivers, truststore,"
          + " truststore.password, max.rps, max.requests, max.duration, limit, limit.hosts,"
          + " limit.region, clause, baseline, record, recordings, replay, evidence.max.age, strict,"
          + " dts.endpoint, dts.host, mongodb.endpoint, mongodb.host";
  private static final String RECORDING =
      """
      {
        "format": 1, "recorded": "2026-11-20T12:00:00Z", "finished": true, "harness": "1",
        "contract": "%s", "product": "dts", "version": "2018-03-30",
        "action": "DescribeAsyncRequestInfo", "endpoint": "https://a.example", "host": "a.example",
        "region": "ap-guangzhou", "clause": "*", "loadTestBlockedBy": "", "fixtures": {},
        "verdicts": {},
        "requests": []
      }
      """
          .formatted(SPECIFICATION.hash());
  private static final String KINDS =
      LimiterModel.all(20, 1).stream()
          .map(LimiterModel::name)
          .filter(name -> !name.equals("none"))
          .collect(Collectors.joining(", "));

  @TempDir Path folder;

  @BeforeEach
  void writesFiles() throws IOException {
    write("broken.conf", "pace = {");
    write("broken.json", "{\"pace\": 15");
    write("unknown.conf", "dts { endpoint = \"https://a.example\", endpont = x }\nmax.requets = 3");
    write("unknown.properties", "mongo.endpoint=https://a.example");
    write("secret.conf", "TENCENTCLOUD_SECRET_KEY = canary");
    write("target.conf", "target = staging");
    write("bytes", "\u00ff");
    Files.write(folder.resolve("bytes.conf"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    write("list.json", "[1, 2]");
    write("misspelt.json", "{\"dts/3/Status=lost\": {\"AsyncRequestId\": \"1\"}}");
    write("no-owner.yaml", waiver("owner: x\n  ", ""));
    write("owners.yaml", waiver("owner: x", "ower: x"));
    write("nothing.yaml", waiver("dts/3/Status", "dts/3/Stats"));
    write("date.yaml", waiver("2026-12-31", "31.12.2026"));
    write("empty-reason.yaml", waiver("late", "''"));
    write("object.yaml", "clause: dts/3/Status");
    write("broken.yaml", "- clause: [");
    Files.createDirectories(folder.resolve("empty"));
    write("good/2026-11-20T120000Z/dts.json", RECORDING);
    write("later/2027-01-01T000000Z/dts.json", RECORDING.replace("2026-11-20", "2027-01-01"));
    write("format/dts.json", RECORDING.replace("\"format\": 1", "\"format\": 2"));
    write("no-format/dts.json", "{}");
    write("cut/dts.json", RECORDING.substring(0, 100));
    write("no-date/dts.json", RECORDING.replace("2026-11-20T12:00:00Z", "yesterday"));
    write("no-verdicts/dts.json", RECORDING.replace("\"verdicts\": {},", ""));
    write("other/dts.json", RECORDING.replace("2018-03-30", "2021-12-06"));
    write("changed/dts.json", RECORDING.replace("\"requests\": []", "\"requests\": [{}]"));
    write("home/.tencentcloud/credentials", "[default]\nsecret_id = AKIDx\n");
    write("other-home/.tencentcloud/credentials", "[work]\nsecret_id = a\nsecret_key = b\n");
  }

  private static String waiver(String part, String other) {
    return """
    - clause: dts/3/Status
      owner: x
      reason: late
      evidence: TICKET-1
      expires: 2026-12-31
    """
        .replace(part, other);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        // names
        row(
            "dts.endpont=https://a.example",
            "unknown setting dts.endpont; did you mean dts.endpoint?"),
        row("limit.host=a.example", "unknown setting limit.host; did you mean limit.hosts?"),
        row("limithosts=a.example", "unknown setting limithosts; did you mean limit.hosts?"),
        row("trustStore=x.p12", "unknown setting trustStore; did you mean truststore?"),
        row("waiver=x.yaml", "unknown setting waiver; did you mean waivers?"),
        row("dts.region=x", "unknown setting dts.region" + ALL),
        row("cvm.endpoint=https://a.example", "unknown setting cvm.endpoint" + ALL),
        row(
            "CONFORMANCE_DTS_ENDPONT!=https://a.example",
            "unknown setting CONFORMANCE_DTS_ENDPONT in the environment; did you mean"
                + " CONFORMANCE_DTS_ENDPOINT?"),
        row(
            "CONFORMANCE_FIXTURE!= target=stub dts.endpoint=",
            "unknown setting CONFORMANCE_FIXTURE in the environment; did you mean"
                + " CONFORMANCE_FIXTURES?"),
        row("CONFORMANCE_COLOUR!=x", "unknown setting CONFORMANCE_COLOUR in the environment"),
        row("regoin=ap-x", "unknown setting regoin; did you mean region?"),
        row(
            "TENCENTCLOUD_SECRETID!=x",
            "unknown setting TENCENTCLOUD_SECRETID in the environment; did you mean"
                + " TENCENTCLOUD_SECRET_ID?"),
        row("target=live", "target: \"live\" is not one of stub, staging, replay"),
        // endpoints
        row(
            "dts.endpoint= mongodb.endpoint=",
            "no endpoint: set one of dts.endpoint, mongodb.endpoint"),
        row(
            "dts.endpoint=staging:80",
            "dts.endpoint: \"staging:80\" is not a base URL; write it like https://host:8443"),
        row(
            "dts.endpoint=https://a_b:x",
            "dts.endpoint: \"https://a_b:x\" is not a base URL; write it like https://host:8443"),
        row(
            "dts.endpoint=ftp://a.example",
            "dts.endpoint: \"ftp://a.example\" is not a base URL; write it like https://host:8443"),
        row(
            "dts.endpoint=https://a.example:70000",
            "dts.endpoint: \"https://a.example:70000\" has a port out of range; ports are 1 to"
                + " 65535"),
        row(
            "dts.endpoint=https://u:canary@a.example",
            "dts.endpoint: \"https://***@a.example\" has a user name in it; requests are signed, so"
                + " remove it"),
        row(
            "dts.endpoint=https://a.example/api",
            "dts.endpoint: \"https://a.example/api\" has a path or query; API 3.0 is served at /,"
                + " so remove it"),
        row("mongodb.host=m.example", "mongodb.host is set, but mongodb.endpoint is not"),
        row(
            "dts.host=https://d.example",
            "dts.host: \"https://d.example\" is not a Host header; write it like dts.example or"
                + " dts.example:8443"),
        row(
            "dts.endpoint=http://[::1 dts.host=[::1]x",
            "dts.endpoint: \"http://[::1\" is not a base URL; write it like https://host:8443",
            "dts.host: \"[::1]x\" is not a Host header; write it like dts.example or"
                + " dts.example:8443"),
        row(
            "HTTPS_PROXY!=http://u:canary@q:1",
            "HTTPS_PROXY has a user name, and proxies that ask for one are not supported"),
        row("region=ap_x", "region: \"ap_x\" is not a region; write it like ap-guangzhou"),
        // credentials
        row(
            "TENCENTCLOUD_SECRET_ID!= TENCENTCLOUD_SECRET_KEY!=",
            "no credentials: requests to staging must be signed; set TENCENTCLOUD_SECRET_ID and"
                + " TENCENTCLOUD_SECRET_KEY in the environment, or write"
                + " D/.tencentcloud/credentials"),
        row(
            "TENCENTCLOUD_SECRET_KEY!=",
            "TENCENTCLOUD_SECRET_KEY is not set in the environment, but TENCENTCLOUD_SECRET_ID is;"
                + " requests to staging must be signed"),
        row("TENCENTCLOUD_SECRET_KEY!=a\tb", "TENCENTCLOUD_SECRET_KEY contains white space"),
        row(
            "TENCENTCLOUD_SECRET_KEY=canary",
            "-DTENCENTCLOUD_SECRET_KEY shows a secret to everyone who can list processes; set it in"
                + " the environment or in the SDKs' credentials file"),
        row(
            "tencentcloud.secret.id=canary",
            "-Dtencentcloud.secret.id shows a secret to everyone who can list processes; set it in"
                + " the environment or in the SDKs' credentials file"),
        row(
            "TENCENTCLOUD_SECRET_ID!= TENCENTCLOUD_SECRET_KEY!= user.home=D/home",
            "credentials: D/home/.tencentcloud/credentials: [default] has no secret_key"),
        row(
            "TENCENTCLOUD_SECRET_ID!= TENCENTCLOUD_SECRET_KEY!= user.home=D/other-home",
            "credentials: D/other-home/.tencentcloud/credentials has no [default] profile"),
        // numbers
        row("max.rps=fast", "max.rps: \"fast\" is not a whole number from 1 to 20"),
        row("max.rps=0", "max.rps: \"0\" is not a whole number from 1 to 20"),
        row("max.rps=21", "max.rps: \"21\" is not a whole number from 1 to 20"),
        row("max.rps=1.5", "max.rps: \"1.5\" is not a whole number from 1 to 20"),
        row("max.requests=-1", "max.requests: \"-1\" is not a whole number of at least 1"),
        row(
            "max.requests=99999999999",
            "max.requests: \"99999999999\" is not a whole number of at least 1"),
        row("max.duration=1d", "max.duration: \"1d\" is not a whole number from 1 to 86400"),
        row(
            "limit.hosts=*",
            "limit.hosts: \"*\" is not a host; list each host, with or without its port"),
        row(
            "clause=dts/9/*",
            "clause: \"dts/9/*\" matches no clause; `mvn -q test-compile exec:java"
                + " -Dexec.args=clauses` lists all"),
        // files
        row("settings=D/none.conf", "settings: D/none.conf does not exist"),
        row("settings=D/bytes.conf", "settings: D/bytes.conf is not UTF-8 text"),
        row(
            "settings=D/broken.conf",
            "settings: D/broken.conf: 1: expecting a close parentheses ')' here, not: end of file"),
        row(
            "settings=D/broken.json",
            "settings: D/broken.json: 1: Expecting close brace } or a comma, got end of file"),
        row(
            "settings=D/unknown.conf",
            "settings: D/unknown.conf: unknown setting dts.endpont; did you mean dts.endpoint?",
            "settings: D/unknown.conf: unknown setting max.requets; did you mean max.requests?"),
        row(
            "settings=D/unknown.properties",
            "settings: D/unknown.properties: unknown setting mongo.endpoint; did you mean"
                + " mongodb.endpoint?"),
        row(
            "settings=D/secret.conf",
            "settings: D/secret.conf: TENCENTCLOUD_SECRET_KEY is not allowed here; set it in the"
                + " environment or in the SDKs' credentials file"),
        row("settings=D/target.conf", "settings: D/target.conf: target cannot be set in a file"),
        row("fixtures=D/none.json", "fixtures: cannot read D/none.json"),
        row(
            "fixtures=D/misspelt.json",
            "fixtures: D/misspelt.json names the clause dts/3/Status=lost, which does not exist;"
                + " `mvn -q test-compile exec:java -Dexec.args=clauses` lists all"),
        row("fixtures=D/list.json", "fixtures: D/list.json must be an object of clause ids"),
        row("truststore=D/none.p12", "truststore: cannot read D/none.p12"),
        row(
            "truststore=D/broken.conf",
            "truststore: D/broken.conf is no PKCS12 file, or truststore.password is wrong"),
        row("truststore.password=x", "truststore.password is set, but truststore is not"),
        // waivers
        row("waivers=D/none.yaml", "waivers: cannot read D/none.yaml"),
        row("waivers=D/no-owner.yaml", "waivers: D/no-owner.yaml, entry 1 has no owner"),
        row(
            "waivers=D/owners.yaml",
            "waivers: D/owners.yaml, entry 1: unknown field \"ower\"; did you mean owner?",
            "waivers: D/owners.yaml, entry 1 has no owner"),
        row("waivers=D/empty-reason.yaml", "waivers: D/empty-reason.yaml, entry 1 has no reason"),
        row(
            "waivers=D/nothing.yaml",
            "waivers: D/nothing.yaml, entry 1: \"dts/3/Stats\" matches no clause; `mvn -q"
                + " test-compile exec:java -Dexec.args=clauses` lists all"),
        row(
            "waivers=D/date.yaml",
            "waivers: D/date.yaml, entry 1: expires \"31.12.2026\" is no date like 2026-12-31"),
        row(
            "waivers=D/object.yaml",
            "waivers: D/object.yaml must be a list, each entry with clause, reason, owner,"
                + " evidence, expires"),
        row(
            "waivers=D/broken.yaml",
            "waivers: D/broken.yaml is neither YAML nor JSON: while parsing a flow node (line"
                + " 1:12)"),
        // what does not go with the target
        row(
            "target=stub max.rps=15",
            "max.rps: does not apply to the stub; add -Pstaging, or remove it",
            "dts.endpoint: does not apply to the stub; add -Pstaging, or remove it"),
        row("stub.limit=25", "stub.limit: applies to the stub only; remove it, or -Pstaging"),
        row(
            "target=stub dts.endpoint= stub.limit=few",
            "stub.limit: \"few\" is neither a positive number nor none nor a kind of limiter: "
                + KINDS),
        // recordings
        row("recording=D/good", "unknown setting recording; did you mean recordings?"),
        row("max.days=3", "unknown setting max.days" + ALL),
        row("record=D/list.json", "record: D/list.json is a file; name a folder"),
        row("record=D/list.json/below", "record: D/list.json is a file; name a folder"),
        row("record=/proc/below", "record: cannot write to /proc/below"),
        row(
            "target=stub dts.endpoint= record=D/good",
            "record: does not apply to the stub; add -Pstaging, or remove it"),
        row("replay=D/good", "replay: set it on the command line only, as -Dreplay=…"),
        row(
            "target=stub dts.endpoint= replay=D/good",
            "replay: set it on the command line only, as -Dreplay=…"),
        row("target=replay dts.endpoint=", "replay: set a folder of recordings, as -Dreplay=…"),
        row(
            "target=replay replay=D/good max.rps=15 record=D/good",
            "max.rps: does not apply to a replay, which sends nothing; remove it",
            "record: does not apply to a replay, which sends nothing; remove it",
            "dts.endpoint: does not apply to a replay, which sends nothing; remove it"),
        replayed("none", "there is no folder D/none"),
        replayed("empty", "D/empty has no recording in it"),
        replayed(
            "format", "D/format/dts.json is of format 2, and this harness reads 1: record again"),
        replayed("no-format", "D/no-format/dts.json is no recording: it has no format"),
        replayed("no-verdicts", "D/no-verdicts/dts.json is no recording: it has no verdicts"),
        replayed("no-date", "D/no-date/dts.json is no recording: recorded is no date and time"),
        replayed(
            "cut",
            "D/cut/dts.json is no recording: Unexpected end-of-input within/between Object entries"
                + " (line 3:14)"),
        replayed(
            "other",
            "D/other is of dts 2021-12-06 DescribeAsyncRequestInfo, which schemas/ does not have"),
        replayed(
            "changed",
            "D/changed/dts.json is no recording: /requests/0/format: expected to be present, found"
                + " nothing there"),
        replayed(
            "later",
            "D/later has a recording of 2027-01-01T12:00:00Z, which is in the future; correct this"
                + " machine's clock"),
        row("recordings=D/none", "recordings: there is no folder D/none"),
        row(
            "recordings=D/empty",
            "recordings: D/empty has no recording in it; -Pstaging with -Drecord=D/empty makes"
                + " one"),
        row(
            "recordings=D/no-format",
            "recordings: D/no-format/dts.json is no recording: it has no format"),
        row(
            "evidence.max.age=30",
            "evidence.max.age: set recordings too, the folder of recordings"),
        row(
            "recordings=D/good evidence.max.age=soon",
            "evidence.max.age: \"soon\" is not a whole number from 1 to 36500"),
        row("strict=yes", "strict: \"yes\" is not one of true, false"),
        // the limit's probes
        row("limit=some", "limit: \"some\" is not one of standard, extended, off"),
        row(
            "limit.region=ap-guangzhou",
            "limit.region: \"ap-guangzhou\" is the region of all other requests; set another"),
        row(
            "limit.region=a_b",
            "limit.region: \"a_b\" is not a region; write it like ap-guangzhou"),
        row(
            "TENCENTCLOUD_SECOND_SECRET_ID!=AKIDsecond",
            "TENCENTCLOUD_SECOND_SECRET_KEY is not set in the environment, but"
                + " TENCENTCLOUD_SECOND_SECRET_ID is; requests to staging must be signed"),
        row(
            "TENCENTCLOUD_SECRET_ID!=AKIDa TENCENTCLOUD_SECRET_KEY!=x"
                + " TENCENTCLOUD_SECOND_SECRET_ID!=AKIDa TENCENTCLOUD_SECOND_SECRET_KEY!=y",
            "TENCENTCLOUD_SECOND_SECRET_ID equals TENCENTCLOUD_SECRET_ID; set another account's"),
        row(
            "TENCENTCLOUD_SECOND_SECRET_KEY=canary",
            "-DTENCENTCLOUD_SECOND_SECRET_KEY shows a secret to everyone who can list processes;"
                + " set it in the environment or in the SDKs' credentials file"),
        // all at once
        row(
            "dts.endpoint=staging:80 max.rps=fast clause=nothing TENCENTCLOUD_SECRET_ID!=",
            "dts.endpoint: \"staging:80\" is not a base URL; write it like https://host:8443",
            "TENCENTCLOUD_SECRET_ID is not set in the environment, but TENCENTCLOUD_SECRET_KEY is;"
                + " requests to staging must be signed",
            "max.rps: \"fast\" is not a whole number from 1 to 20",
            "clause: \"nothing\" matches no clause; `mvn -q test-compile exec:java"
                + " -Dexec.args=clauses` lists all"));
  }

  private static Arguments replayed(String name, String line) {
    return row("target=replay dts.endpoint= replay=D/" + name, "replay: " + line);
  }

  /** Settings, those of the environment with an exclamation mark, and the lines they give. */
  private static Arguments row(String settings, String... lines) {
    return arguments(settings, List.of(lines));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void reportsEachProblemInOneLine(String settings, List<String> lines) {
    assertThatThrownBy(() -> settings(settings).open())
        .isInstanceOfSatisfying(
            SettingsException.class,
            e ->
                assertThat(e.problems())
                    .containsExactlyElementsOf(
                        lines.stream().map(line -> line.replace("D/", folder + "/")).toList())
                    .noneMatch(line -> line.contains("canary")));
  }

  /** Developer machines and CI set properties and variables that resemble settings. */
  @Test
  void acceptsPropertiesAndVariablesOfOtherPrograms() {
    String foreign =
        "user.region=x maven.home=x java.class.path=x sun.arch.data.model=x env=x test=x"
            + " selftest.skip=true gatling.skip=true basedir=x it.test=x javax.net.ssl.trustStore=x"
            + " path.separator=: line.separator=x native.encoding=x user.timezone=x"
            + " http.proxyHost=x otel.exporter.otlp.endpoint=x surefire.test.class.path=x"
            + " maven.multiModuleProjectDirectory=x PATH!=x MONGODB_URI!=x AWS_REGION!=x"
            + " CI_TARGET!=x DTS_TOKEN!=x TENCENTCLOUD_REGION!=x LIMIT!=x REGION!=a_b SETTINGS!=x"
            + " MAX_AGE!=x DTS_ENDPOINT!=x";
    try (TargetEndpoint target = settings(foreign).open()) {
      assertThat(target.name()).isEqualTo("staging");
    }
  }

  private Settings settings(String text) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("target", "staging");
    properties.put("dts.endpoint", "https://a.example");
    properties.put("user.home", folder.toString());
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TENCENTCLOUD_SECRET_ID", "AKIDx");
    environment.put("TENCENTCLOUD_SECRET_KEY", "y");
    for (String each : text.split(" ", -1)) {
      String[] pair = each.replace("D/", folder + "/").split("=", 2);
      if (pair[0].endsWith("!")) {
        environment.put(pair[0].substring(0, pair[0].length() - 1), pair[1]);
      } else {
        properties.put(pair[0], pair[1]);
      }
    }
    return Settings.of(SPECIFICATION, properties, environment).at(() -> NOW);
  }
}
