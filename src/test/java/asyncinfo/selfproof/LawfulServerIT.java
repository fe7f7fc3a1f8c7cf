package asyncinfo.selfproof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import asyncinfo.contract.Catalogue;
import asyncinfo.stub.Stub;
import asyncinfo.target.Settings;
import asyncinfo.target.StagingTarget;
import asyncinfo.verdict.Verdict;
import asyncinfo.wire.Credentials;
import asyncinfo.wire.Timeouts;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An endpoint that is lawful, and unlike the stub in what no page promises, is blamed for nothing.
 */
@Execution(ExecutionMode.CONCURRENT)
class LawfulServerIT {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final AtomicInteger IDS = new AtomicInteger();
  private static final String TIME = "(\"(?:Start|End)Time\"\\s*:\\s*\")[^\"]*\"";
  private static final String[] DATA = {
    "OutputParametersIT", "ExampleIT", "ErrorCodeIT", "EveryReplyIT"
  };

  /** What lawful servers do differently; the first differs in all that goes together. */
  static Stream<Arguments> differences() {
    return Stream.of(
        arguments(
            "everything that goes together",
            SuiteRun.ALL_SUITES,
            changed(
                text(body ->
                        body.replaceAll("(\"Message\"\\s*:\\s*\")[^\"]*\"", "$1请求失败，请稍后重试。\"")
                            .replaceAll(
                                "(\"RequestId\"\\s*:\\s*\")[^\"]*\"",
                                "$1req." + IDS.incrementAndGet() + "\"")
                            .replaceAll(TIME, "$12022-05-30T15:00:00+08:00\""))
                    .andThen(LawfulServerIT::headers)
                    .andThen(LawfulServerIT::zipped))),
        arguments("empty messages", DATA, replaced("(\"Message\"\\s*:\\s*\")[^\"]*\"", "$1\"")),
        arguments(
            "times absent",
            DATA,
            replaced("\"(?:Start|End)Time\"\\s*:\\s*\"[^\"]*\"\\s*,?\\s*", "")),
        arguments("times with one digit", DATA, replaced(TIME, "$12024-03-07 9:22:15\"")),
        arguments(
            "escaped slashes and letters", DATA, replaced("\"Status\"", "\"\\\\u0053tatus\"")),
        arguments(
            "RequestId first",
            DATA,
            replaced(
                "(\"Response\"\\s*:\\s*\\{)(.*),(\\s*\"RequestId\"\\s*:\\s*\"[^\"]*\")",
                "$1$3,$2")),
        arguments(
            "charset in the Content-Type",
            DATA,
            changed(header("Content-Type", "application/json;charset=UTF-8"))),
        arguments(
            "another code for an unknown id",
            new String[] {"InputParametersIT", "EveryReplyIT"},
            new ReplyFault(
                (reply, request) ->
                    (request.getUrl() + request.getBodyAsString()).contains("00000000-0000-4000")
                        ? text(body ->
                                body.replaceFirst("(\"Code\"[: ]*\")[^\"]*", "$1FailedOperation"))
                            .apply(reply)
                        : reply)),
        arguments(
            "connections closed",
            new String[] {"InputParametersIT"},
            changed(header("Connection", "close"))),
        arguments(
            "200 ms of latency",
            new String[] {"ErrorCodeIT"},
            changed(
                reply -> {
                  LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                  return reply;
                })));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("differences")
  void isBlamedForNothing(String difference, String[] suites, ReplyFault changed) {
    Stub.Options options = Stub.Options.of(CATALOGUE).withLimit(0).withExtensions(List.of(changed));
    try (Stub stub = Stub.start(options)) {
      SuiteRun run =
          SuiteRun.against(
              "lawful-" + difference.replace(' ', '-'), CATALOGUE, target(stub), suites);

      assertThat(run.lines()).isEmpty();
      assertThat(run.failures()).isEmpty();
      assertThat(run.clauses(Verdict.PASS)).hasSizeGreaterThan(5);
    }
  }

  private static StagingTarget target(Stub stub) {
    Credentials key = stub.accounts().issue();
    StagingTarget target =
        (StagingTarget)
            Settings.of(
                    CATALOGUE,
                    Map.of(
                        "target", "staging",
                        "dts.endpoint", stub.endpoint().toString(),
                        "mongodb.endpoint", stub.endpoint().toString(),
                        "provocations", Path.of("stubs", "provocations.json").toString()),
                    Map.of(
                        "TENCENTCLOUD_SECRET_ID", key.secretId(),
                        "TENCENTCLOUD_SECRET_KEY", key.secretKey()))
                .open();
    return target.hurried(Timeouts.DEFAULT);
  }

  private static ReplyFault changed(Function<Response, Response> change) {
    return new ReplyFault(change::apply);
  }

  private static ReplyFault replaced(String regex, String replacement) {
    return ReplyFault.replace("(?s)" + regex, replacement);
  }

  private static UnaryOperator<Response> text(UnaryOperator<String> change) {
    return reply ->
        Response.Builder.like(reply).but().body(change.apply(reply.getBodyAsString())).build();
  }

  private static UnaryOperator<Response> header(String name, String value) {
    return reply ->
        Response.Builder.like(reply)
            .but()
            .headers(
                new HttpHeaders(
                    Stream.concat(
                            reply.getHeaders().all().stream()
                                .filter(h -> !h.key().equalsIgnoreCase(name)),
                            Stream.of(HttpHeader.httpHeader(name, value)))
                        .toList()))
            .build();
  }

  private static Response headers(Response reply) {
    return header("Server", "nginx")
        .andThen(header("Access-Control-Allow-Credentials", "true"))
        .andThen(header("X-TC-RequestId", "another"))
        .apply(reply);
  }

  private static Response zipped(Response reply) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(reply.getBodyAsString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Response.Builder.like(header("Content-Encoding", "gzip").apply(reply))
        .but()
        .body(bytes.toByteArray())
        .build();
  }
}
