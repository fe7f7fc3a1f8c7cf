package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.client.Credentials;
import asyncinfo.client.Timeouts;
import asyncinfo.config.Settings;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.RemoteEndpoint;
import asyncinfo.stub.Stub;
import asyncinfo.verdict.Verdict;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Response;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.node.StringNode;

/** Endpoints of which only the URL and one key are configured. */
@Execution(ExecutionMode.CONCURRENT)
class StagingIT {
  private static final Specification SPECIFICATION = Specification.load();
  private static final String[] PAGE_SUITES = {
    "InputParametersIT", "OutputParametersIT", "ExampleIT", "ErrorCodeIT", "EveryResponseIT"
  };

  @Test
  void passesACompliantEndpointAndListsWhatIsNotTestable() {
    try (Stub stub = Stub.start(Stub.Options.of(SPECIFICATION).withLimit(0))) {
      SuiteRun run =
          judge("staging-compliant", stub, stub.accounts().create(), Map.of(), SuiteRun.ALL_SUITES);

      assertThat(run.failures()).isEmpty();
      assertThat(run.clauses(Verdict.FAIL)).isEmpty();
      assertThat(run.clauses(Verdict.ERROR)).isEmpty();
      assertThat(run.clauses(Verdict.NOT_TESTABLE))
          .contains("dts/3/Status=failed", "mongodb/6/InternalError", "common/frequency/throttled");
      assertThat(run.clauses(Verdict.PASS))
          .contains("dts/2/AsyncRequestId", "common/signature/expired", "common/request/get-v1");
    }
  }

  @Test
  void provesClausesThatHaveFixtures() {
    try (Stub stub = Stub.start(Stub.Options.of(SPECIFICATION).withLimit(0))) {
      Map<String, String> fixtures = Map.of("fixtures", Path.of("stubs", "fixtures").toString());
      SuiteRun run =
          judge("staging-fixtures", stub, stub.accounts().create(), fixtures, PAGE_SUITES);

      assertThat(run.failures()).isEmpty();
      assertThat(run.clauses(Verdict.PASS))
          .contains("dts/3/Status=failed", "mongodb/6/InternalError", "mongodb/3/StartTime");
    }
  }

  /**
   * An endpoint that returns the request in headers and body must not leak secrets into reports.
   */
  @Test
  void writesNoSecret() throws IOException {
    List<String> secrets = new CopyOnWriteArrayList<>();
    ResponseFault echo =
        new ResponseFault(
            (response, request) -> {
              String output = request.getUrl() + " " + request.getHeader("Authorization");
              String token = String.valueOf(request.getHeader("X-TC-Token"));
              Matcher signature =
                  Pattern.compile("Signature=([^&\\s]+)")
                      .matcher(output + request.getBodyAsString());
              while (signature.find()) {
                secrets.add(signature.group(1));
                secrets.add(URLDecoder.decode(signature.group(1), StandardCharsets.UTF_8));
              }
              return Response.Builder.like(response)
                  .but()
                  .status(500)
                  .headers(
                      response
                          .getHeaders()
                          .plus(HttpHeader.httpHeader("X-Echo", output + " " + token)))
                  .body(StringNode.valueOf(output + token + request.getBodyAsString()).toString())
                  .build();
            });
    Credentials canary =
        new Credentials(
            "AKIDcanary0123/4567==", "canary-key-0123456789", Optional.of("canary+token/0123=="));
    secrets.addAll(List.of("canary", canary.secretId(), canary.secretKey()));
    try (Stub stub =
        Stub.start(Stub.Options.of(SPECIFICATION).withLimit(0).withExtensions(List.of(echo)))) {
      SuiteRun run =
          judge(
              "staging-canary",
              stub,
              canary,
              Map.of("clause", "common/request/*-v*"),
              "CommonRulesIT");

      assertThat(run.clauses(Verdict.FAIL)).isNotEmpty();
      assertThat(secrets).hasSizeGreaterThan(10);
      List<String> written = new ArrayList<>(run.failures());
      written.addAll(run.lines());
      try (Stream<Path> files = Files.walk(Path.of("target", "selftest", "staging-canary"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          written.add(Files.readString(file));
        }
      }
      for (String secret : secrets) {
        assertThat(written.stream().filter(text -> text.contains(secret)).findFirst())
            .as(secret)
            .isEmpty();
      }
    }
  }

  @Test
  void reportsAWaivedViolationWithoutFailing(@TempDir Path folder) throws IOException {
    Path waivers =
        Files.writeString(
            folder.resolve("waivers.yaml"),
            """
            - clause: "*/Status*"
              reason: spelt in capitals until release 7
              owner: dts team
              evidence: TICKET-1
              expires: 2999-12-31
            """);
    Map<String, String> settings =
        Map.of("fixtures", Path.of("stubs", "fixtures").toString(), "waivers", waivers.toString());
    ResponseFault capitals = ResponseFault.replace("\"failed\"", "\"FAILED\"");
    try (Stub stub =
        Stub.start(Stub.Options.of(SPECIFICATION).withLimit(0).withExtensions(List.of(capitals)))) {
      SuiteRun run = judge("staging-waived", stub, stub.accounts().create(), settings, PAGE_SUITES);

      assertThat(run.failures()).isEmpty();
      assertThat(run.lines()).isEmpty();
      assertThat(run.clauses(Verdict.FAIL)).isEmpty();
      assertThat(run.clauses(Verdict.WAIVED))
          .containsExactly(
              "dts/3/Status", "dts/3/Status=failed", "mongodb/3/Status", "mongodb/3/Status=failed");
      assertThat(run.skipped())
          .anyMatch(
              message ->
                  message.startsWith(
                          "waived until 2999-12-31: spelt in capitals until release 7 (dts team,"
                              + " TICKET-1)")
                      && message.contains("dts/3/Status=failed is broken by dts"));
    }
  }

  /** Other clients use the account now and then; their share of the limit is waited for. */
  @Test
  void retriesWhenOtherClientsUsedUpTheLimit() {
    AtomicInteger calls = new AtomicInteger();
    try (Stub stub = throttling(() -> calls.incrementAndGet() % 9 == 0)) {
      SuiteRun run =
          judge(
              "staging-throttled",
              stub,
              stub.accounts().create(),
              Map.of("clause", "dts/2/*"),
              "InputParametersIT");

      assertThat(run.lines()).isEmpty();
      assertThat(run.clauses(Verdict.PASS))
          .contains("dts/2/Action", "dts/2/Region", "dts/2/AsyncRequestId");
      assertThat(run.throttled()).isPositive();
    }
  }

  /** An endpoint that throttles every request proves nothing for or against itself. */
  @Test
  void reportsErrorWhenEveryRequestIsThrottled() {
    try (Stub stub = throttling(() -> true)) {
      SuiteRun run =
          judge(
              "staging-closed",
              stub,
              stub.accounts().create(),
              Map.of("clause", "dts/2/*"),
              "InputParametersIT");

      assertThat(run.clauses(Verdict.PASS)).noneMatch(clause -> clause.contains("/2/"));
      assertThat(run.clauses(Verdict.FAIL)).isEmpty();
      assertThat(run.lines())
          .contains(
              "  ERROR      dts/2/Action and 2 more: dts: "
                  + stub.endpoint()
                  + ": throttled with RequestLimitExceeded.UinLimitExceeded, also after 3 waits;"
                  + " others use up the limit of this account, or it is below the pace");
    }
  }

  private static Stub throttling(BooleanSupplier now) {
    ResponseFault throttle =
        ResponseFault.inBody(
            body ->
                now.getAsBoolean()
                    ? "{\"Response\":{\"Error\":{\"Code\":\"RequestLimitExceeded.UinLimitExceeded\",\"Message\":\"\"},\"RequestId\":\"%s\"}}"
                        .formatted(UUID.randomUUID())
                    : body);
    return Stub.start(
        Stub.Options.of(SPECIFICATION).withLimit(0).withExtensions(List.of(throttle)));
  }

  private static SuiteRun judge(
      String name, Stub stub, Credentials credentials, Map<String, String> more, String... suites) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("target", "staging");
    SPECIFICATION
        .apis()
        .forEach(api -> properties.put(api.id() + ".endpoint", stub.endpoint().toString()));
    Map<String, String> environment =
        Map.of(
            "TENCENTCLOUD_SECRET_ID", credentials.secretId(),
            "TENCENTCLOUD_SECRET_KEY", credentials.secretKey(),
            "TENCENTCLOUD_TOKEN", credentials.token().orElse(""));
    RemoteEndpoint target =
        (RemoteEndpoint) Settings.of(SPECIFICATION, properties, environment).open();
    return SuiteRun.against(name, SPECIFICATION, target.withoutPacing(Timeouts.DEFAULT), suites);
  }
}
