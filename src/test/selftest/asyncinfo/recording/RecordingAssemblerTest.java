package asyncinfo.recording;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.ApiResponse;
import asyncinfo.client.Credentials;
import asyncinfo.client.Header;
import asyncinfo.client.Redaction;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.recording.Recording.Head;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that values that differ from run to run become aliases, and that invalid values are kept.
 */
class RecordingAssemblerTest {
  private static final Specification SPECIFICATION = Specification.load();
  private static final Api DTS = SPECIFICATION.apis().get(0);
  private static final Api MONGODB = SPECIFICATION.apis().get(1);
  private static final Instant NOW = Instant.parse("2026-11-25T22:00:00Z");
  private static final Credentials KEY = new Credentials("AKIDcanary0123", "key-canary-0123");
  private static final String ONE = "f0ba7021-ca34-4071-9fe5-cbca5ae7c745";
  private static final String OTHER = "a6e30e4d-6048-4458-b681-167de8e96ae3";
  private static final String TASK = "10a5e9e5-254f-11ea-8995-e92c139e6918";

  @TempDir Path folder;
  private ExchangeLog log;

  @BeforeEach
  void opensALog() {
    log = new ExchangeLog(folder, NOW);
  }

  @Test
  void givesEqualAliasesToEqualRequestIdsOnly() {
    answered(DTS, "a", data("success", ONE));
    answered(DTS, "b", data("success", OTHER));
    answered(DTS, "c", data("success", ONE));
    answered(MONGODB, "a", data("success", ONE));

    assertThat(bodies())
        .containsExactly(
            data("success", "<request-id:dts:1>"),
            data("success", "<request-id:dts:2>"),
            data("success", "<request-id:dts:1>"),
            data("success", "<request-id:dts:1>"));
  }

  /** Checks that the order of a recording is independent of the order of the log. */
  @Test
  void numbersAliasesIndependentlyOfTheLogOrder() {
    answered(DTS, "b", data("success", OTHER));
    answered(DTS, "a", data("failed", ONE));

    assertThat(bodies())
        .containsExactly(
            data("failed", "<request-id:dts:1>"), data("success", "<request-id:dts:2>"));
  }

  @Test
  void knowsARequestIdWithinAMessageAndEveryOtherUuid() {
    answered(DTS, "a", error("request " + ONE + " of job " + OTHER + " failed", ONE));

    assertThat(bodies())
        .containsExactly(
            error("request <request-id:dts:1> of job <uuid:dts:1> failed", "<request-id:dts:1>"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\" \"", "\"\"", "7", "null", "[\"x\"]"})
  void leavesARequestIdThatBreaksItsRule(String id) {
    String body =
        "{\"Response\":{\"Status\":\"success\",\"Info\":\"ok\",\"RequestId\":" + id + "}}";
    answered(DTS, "a", body);

    assertThat(bodies()).containsExactly(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Response\":{\"Status\":\"success\",\"Status\":\"failed\"}}",
        "{\"Response\":{\"Status\":",
        "null",
        "7",
        "",
        "{\"Response\":{}} and more",
        "\uFEFF{\"Response\":{}}"
      })
  void keepsABodyThatIsNotValidJson(String body) {
    answered(DTS, "a", body);

    assertThat(replies().get(0).at(NOW).text()).isEqualTo(body);
    assertThat(replies().get(0).body()).isNull();
  }

  @Test
  void keepsInvalidUtf8Invalid() {
    byte[] bytes = "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    sent(DTS, "a", new ApiResponse(200, List.of(), bytes));

    ApiResponse again = replies().get(0).at(NOW);
    assertThat(again.text()).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    assertThat(again.body()).isNotEqualTo(again.text().getBytes(StandardCharsets.UTF_8));
  }

  /** Checks that tasks of the operator become aliases and documented values do not. */
  @Test
  void replacesTasksByAliases() {
    String example = DTS.examples().get(0).request().get("AsyncRequestId");
    RequestKey requestKey = requestKey(DTS, "a", TASK);
    log.sent(requestKey, true, answer(DTS, TASK, reply(error("no task " + TASK, ONE))));
    log.answered(requestKey, true);
    Map<String, Map<String, String>> fixtures =
        Map.of(
            "dts/3/Status=failed", Map.of("AsyncRequestId", TASK),
            "dts/3/Status=success", Map.of("AsyncRequestId", example));

    Recording recording = recordings(fixtures).get(0);

    assertThat(recording.head().fixtures())
        .containsEntry("dts/3/Status=failed", Map.of("AsyncRequestId", "<task:1>"))
        .containsEntry("dts/3/Status=success", Map.of("AsyncRequestId", example));
    Recording.RecordedRequest request = recording.requests().get(0);
    assertThat(request.arguments()).containsEntry("AsyncRequestId", "<task:1>");
    assertThat(request.exchanges().get(0).request())
        .contains("{\"AsyncRequestId\":\"<task:1>\"}")
        .noneMatch(line -> line.contains(TASK));
    assertThat(request.exchanges().get(0).response().body())
        .hasToString(error("no task <task:1>", "<request-id:dts:1>"));
  }

  /** Checks that a test case without a response is not given that of another test case. */
  @Test
  void keepsATimeoutForItsTestCase() {
    RequestKey silent = requestKey(DTS, "the silent one", "1");
    log.sent(silent, true, RecordedExchange.unanswered(message(DTS, "1"), "reset", secrets(), NOW));
    RequestKey lucky = requestKey(DTS, "the lucky one", "1");
    log.sent(lucky, true, answer(DTS, "1", reply(data("success", ONE))));
    log.answered(lucky, true);

    assertThat(recordings(Map.of()).get(0).requests())
        .extracting(Recording.RecordedRequest::testCase)
        .containsExactly(RequestKey.ALL, "the silent one");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 2, -2, 40, -3_600})
  void recordsADateRelativeToTheTimeOfSending(long seconds) {
    Header date = new Header("Date", httpDate(NOW.plusSeconds(seconds)));
    sent(DTS, "a", new ApiResponse(200, List.of(date), new byte[0]));

    Instant later = NOW.plusSeconds(1_000_000);
    assertThat(replies().get(0).at(later).header("Date"))
        .contains(httpDate(later.plusSeconds(Math.abs(seconds) <= 2 ? 0 : seconds)));
  }

  private static String httpDate(Instant at) {
    return java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
        at.atOffset(java.time.ZoneOffset.UTC));
  }

  /** Covers a last line truncated by a crash. */
  @Test
  void readsALogThatWasCutShort() throws Exception {
    answered(DTS, "a", data("success", ONE));
    Files.writeString(
        folder.resolve("suites.exchanges"), "{\"asked\":{\"prod", StandardOpenOption.APPEND);

    assertThat(bodies()).containsExactly(data("success", "<request-id:dts:1>"));
  }

  private void answered(Api api, String testCase, String body) {
    sent(api, testCase, reply(body));
  }

  private void sent(Api api, String testCase, ApiResponse reply) {
    log.sent(requestKey(api, testCase, "1"), false, answer(api, "1", reply));
  }

  private static RequestKey requestKey(Api api, String testCase, String task) {
    return new RequestKey(
        api.id(), "POST_JSON_V3", "none", "", Map.of("AsyncRequestId", task), testCase);
  }

  private static RecordedExchange answer(Api api, String task, ApiResponse reply) {
    return RecordedExchange.answered(message(api, task), reply, secrets(), NOW, NOW);
  }

  private static SignedRequest message(Api api, String task) {
    return ApiRequest.of(
            api,
            RequestFormat.POST_JSON_V3,
            api.domain(),
            "ap-guangzhou",
            Map.of("AsyncRequestId", task),
            KEY,
            NOW,
            1)
        .sign();
  }

  private static Redaction secrets() {
    return Redaction.of(KEY);
  }

  private static ApiResponse reply(String body) {
    return new ApiResponse(200, List.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static String data(String status, String id) {
    return "{\"Response\":{\"Status\":\"%s\",\"Info\":\"ok\",\"RequestId\":\"%s\"}}"
        .formatted(status, id);
  }

  private static String error(String message, String id) {
    return "{\"Response\":{\"Error\":{\"Code\":\"InternalError\",\"Message\":\"%s\"},\"RequestId\":\"%s\"}}"
        .formatted(message, id);
  }

  private List<String> bodies() {
    return replies().stream().map(reply -> reply.body().toString()).toList();
  }

  private List<RecordedResponse> replies() {
    return recordings(Map.of()).stream()
        .flatMap(recording -> recording.requests().stream())
        .flatMap(request -> request.exchanges().stream())
        .map(RecordedExchange::response)
        .toList();
  }

  private List<Recording> recordings(Map<String, Map<String, String>> fixtures) {
    List<Head> heads =
        SPECIFICATION.apis().stream()
            .map(
                api ->
                    new Head(
                        Recording.FORMAT,
                        NOW.toString(),
                        true,
                        "1",
                        SPECIFICATION.hash(),
                        api.id(),
                        api.version(),
                        api.action(),
                        "https://a.example",
                        "a.example",
                        "ap-guangzhou",
                        "*",
                        "",
                        fixtures,
                        Map.of()))
            .toList();
    return RecordingAssembler.of(SPECIFICATION, folder, heads);
  }
}
