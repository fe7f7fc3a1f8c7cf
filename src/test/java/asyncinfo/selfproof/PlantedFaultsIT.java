package asyncinfo.selfproof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import asyncinfo.target.ClauseFilter;
import asyncinfo.verdict.Verdict;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Response;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault, planted in the stub's replies, fails the clauses that it breaks and no other. */
@Execution(ExecutionMode.CONCURRENT)
class PlantedFaultsIT {
  private static final String[] SUITES = {
    "OutputParametersIT", "ExampleIT", "ErrorCodeIT", "EveryReplyIT"
  };

  /** The control: what the suites say of a stub without any planted fault. */
  private static final class Flawless {
    static final SuiteRun RUN = SuiteRun.against("flawless", List.of(), SUITES);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments(
            "status in the wrong case",
            ReplyFault.replace("\"failed\"", "\"Failed\""),
            Set.of(
                "dts/3/Status",
                "dts/3/Status=failed",
                "mongodb/3/Status",
                "mongodb/3/Status=failed")),
        arguments(
            "status of the other product",
            ReplyFault.replace(
                "\"Status\"\\s*:\\s*\"success\",(\\s*)\"Info\"",
                "\"Status\":\"undoed\",$1\"Info\""),
            Set.of("dts/3/Status", "dts/3/Status=success", "dts/4/example-1")),
        arguments(
            "RequestId gone from data",
            ReplyFault.replace(
                "(\"(?:Info|Status|StartTime|EndTime)\"\\s*:\\s*\"[^\"]*\"),\\s*\"RequestId\"\\s*:\\s*\"[^\"]*\"",
                "$1"),
            Set.of("dts/3/RequestId", "mongodb/3/RequestId")),
        arguments(
            "RequestId gone from errors",
            ReplyFault.replace(
                "(\"Message\"\\s*:\\s*\"[^\"]*\"\\s*}),\\s*\"RequestId\"\\s*:\\s*\"[^\"]*\"", "$1"),
            Set.of("common/response/request-id")),
        arguments(
            "RequestId always the same",
            ReplyFault.replace(
                "(\"RequestId\"\\s*:\\s*)\"[^\"]*\"", "$1\"e600a8d0-9014-11ea-84c1-01cccde830c6\""),
            Set.of("common/response/request-id-unique")),
        arguments(
            "an extra field",
            ReplyFault.replace("\"Status\"", "\"Progress\":\"50\",\"Status\""),
            Set.of(
                "dts/3/only-listed",
                "mongodb/3/only-listed",
                "dts/4/example-1",
                "mongodb/4/example-1")),
        arguments(
            "a number for a string",
            ReplyFault.replace("(\"Info\"\\s*:\\s*)\"[^\"]*\"", "$17"),
            Set.of("dts/3/Info", "dts/4/example-1")),
        arguments(
            "a null for a string",
            ReplyFault.replace("(\"StartTime\"\\s*:\\s*)\"[^\"]*\"", "$1null"),
            Set.of("mongodb/3/StartTime")),
        arguments(
            "an end before the start",
            ReplyFault.replace("(\"EndTime\"\\s*:\\s*)\"[^\"]*\"", "$1\"2022-05-30 14:59:59\""),
            Set.of("mongodb/3/EndTime")),
        arguments(
            "garbage for a time",
            ReplyFault.replace("(\"EndTime\"\\s*:\\s*)\"[^\"]*\"", "$1\"soon\""),
            Set.of("mongodb/3/EndTime")),
        arguments(
            "an undocumented code",
            ReplyFault.replace(
                "\"OperationDenied.OperationDenied\"", "\"OperationDenied.OperationDeniedError\""),
            Set.of("dts/6/only-listed", "dts/6/OperationDenied.OperationDenied")),
        arguments(
            "no message",
            ReplyFault.replace(",\\s*\"Message\"\\s*:\\s*\"[^\"]*\"", ""),
            Set.of("common/response/error-code-and-message")),
        arguments(
            "data beside an error",
            ReplyFault.replace("\"Error\"", "\"Progress\":\"success\",\"Error\""),
            Set.of("common/response/error-or-data")),
        arguments(
            "something beside the envelope",
            ReplyFault.replace("^\\{", "{\"code\":0,"),
            Set.of("common/response/envelope")),
        arguments(
            "HTTP 201",
            new ReplyFault(r -> Response.Builder.like(r).but().status(201).build()),
            Set.of("common/response/http-status")),
        arguments(
            "text/plain",
            new ReplyFault(
                r ->
                    Response.Builder.like(r)
                        .but()
                        .headers(
                            new HttpHeaders(HttpHeader.httpHeader("Content-Type", "text/plain")))
                        .build()),
            Set.of("common/response/json")),
        arguments(
            "a duplicate key",
            ReplyFault.replace("\"Message\"", "\"Message\":\"\",\"Message\""),
            Set.of("common/response/json")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void failsTheClausesThatTheFaultBreaks(String fault, ReplyFault planted, Set<String> broken) {
    assumeTrue(Flawless.RUN.failures().isEmpty(), "the stub has a flaw of its own");
    SuiteRun run = SuiteRun.against(fault.replace(' ', '-'), List.of(planted), SUITES);

    assertThat(run.clauses(Verdict.FAIL)).isEqualTo(broken);
    assertThat(run.clauses(Verdict.ERROR)).isEmpty();
  }

  @Test
  void provesEveryClauseOfTheSuitesOnAFlawlessStub() {
    SuiteRun run = Flawless.RUN;

    assertThat(run.failures()).isEmpty();
    assertThat(run.clauses(Verdict.FAIL)).isEmpty();
    assertThat(run.clauses(Verdict.ERROR)).isEmpty();
  }

  @Test
  void saysClausePromiseExpectedActualAndRequestId() {
    SuiteRun run =
        SuiteRun.against(
            "message",
            List.of(ReplyFault.replace("\"paused\"", "\"Paused\"")),
            "OutputParametersIT");

    assertThat(run.failures())
        .anySatisfy(
            message ->
                assertThat(message)
                    .matches(
                        """
                        mongodb/3/Status=paused is broken by mongodb
                          promised:  Status takes the value "paused": paused due to failure\\.
                          expected:  Status "paused"
                          actual:    \\{"Status":"Paused",.*\\}
                          RequestId: [0-9a-f-]{36}
                          reproduce: mvn verify -Dclause='mongodb/3/Status=paused'\
                        """));
  }

  @Test
  void tellsTroubleFromABrokenClause() {
    ReplyFault reset =
        new ReplyFault(
            r -> Response.Builder.like(r).but().fault(Fault.CONNECTION_RESET_BY_PEER).build());

    SuiteRun run = SuiteRun.against("reset", List.of(reset), "ExampleIT");

    assertThat(run.clauses(Verdict.FAIL)).isEmpty();
    assertThat(run.clauses(Verdict.ERROR)).contains("dts/4/example-1", "mongodb/4/example-1");
  }

  @Test
  void isRedWhereAnEndpointAcceptsEverything() {
    ReplyFault accept =
        ReplyFault.inBody(
            body ->
                "{\"Response\":{\"Status\":\"success\",\"Info\":\"ok\",\"RequestId\":\"%s\"}}"
                    .formatted(UUID.randomUUID()));

    SuiteRun run =
        SuiteRun.against(
            "always-accept", List.of(accept), new ClauseFilter("common/*-*"), "CommonPartIT");

    assertThat(run.clauses(Verdict.PASS))
        .noneMatch(id -> id.startsWith("common/error/"))
        .noneMatch(id -> id.contains("missing") || id.contains("wrong") || id.contains("unknown"));
  }

  @Test
  void isRedWhereAnEndpointRefusesEverything() {
    ReplyFault refuse =
        ReplyFault.inBody(
            body ->
                """
                {"Response":{"Error":{"Code":"AuthFailure.SignatureFailure","Message":""},"RequestId":"%s"}}
                """
                    .formatted(UUID.randomUUID()));

    SuiteRun run =
        SuiteRun.against(
            "always-refuse",
            List.of(refuse),
            ClauseFilter.ALL,
            "OutputParametersIT",
            "CommonPartIT");

    assertThat(run.clauses(Verdict.FAIL))
        .contains(
            "dts/3/Status",
            "mongodb/3/Status=running",
            "common/request/post-json-v3",
            "common/request/get-v3",
            "common/request/get-v1",
            "common/request/post-form-v1",
            "common/parameters/missing-Action");
  }
}
