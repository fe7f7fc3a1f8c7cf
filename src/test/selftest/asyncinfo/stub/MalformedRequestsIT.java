package asyncinfo.stub;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.Credentials;
import asyncinfo.client.SignatureV3;
import asyncinfo.contract.Api;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The stub answers every malformed request as the gateway does: HTTP 200 and an envelope with a
 * documented code, never an HTML page, a stack trace or no response.
 */
@Execution(ExecutionMode.CONCURRENT)
class MalformedRequestsIT {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final long SEED = 20_180_330;
  private static final int REQUESTS = 2_000;
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Random random = new Random(SEED);
  private final Map<String, Mutation> mutations = mutations();
  private final Map<String, Integer> kinds = new TreeMap<>();

  /** The parts of a request, mutated and then written as they are. */
  private static final class RawRequest {
    String method = "POST";
    String target = "/";
    final Map<String, String> headers = new LinkedHashMap<>();
    byte[] body = new byte[0];

    byte[] bytes() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
      headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      head.append("Connection: close\r\n\r\n");
      out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.writeBytes(body);
      return out.toByteArray();
    }
  }

  @Test
  void getTheEnvelopeWithADocumentedCode() throws Exception {
    List<String> wrong = new ArrayList<>();
    try (Stub stub = Stub.start(Stub.Options.of(SPECIFICATION).withLimit(0))) {
      Credentials key = stub.accounts().create();
      for (int i = 0; i < REQUESTS; i++) {
        Api api = pick(SPECIFICATION.apis());
        String kind = pick(List.copyOf(mutations.keySet()));
        RawRequest request = mutations.get(kind).apply(api, key);
        kinds.merge(kind, 1, Integer::sum);
        String problem = problem(api, exchange(stub, request));
        if (!problem.isEmpty()) {
          wrong.add("request %d, %s: %s".formatted(i, kind, problem));
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(kinds).hasSameSizeAs(mutations);
  }

  private static String problem(Api api, String response) {
    int end = response.indexOf("\r\n\r\n");
    String head = end < 0 ? response : response.substring(0, end);
    if (!head.startsWith("HTTP/1.1 200 ") || !head.contains("Content-Type: application/json")) {
      return "answered " + head;
    }
    try {
      JsonNode json = Json.read(response.substring(end + 4));
      if (!Specification.isError(json)) {
        return "was accepted: " + json;
      }
      return SPECIFICATION.checkReply(api, json).isEmpty() ? "" : "undocumented response " + json;
    } catch (JacksonException e) {
      return "is not JSON: " + response.substring(end + 4);
    }
  }

  private static String exchange(Stub stub, RawRequest request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stub.endpoint().getPort())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request.bytes());
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  // ---- mutations

  @FunctionalInterface
  private interface Mutation {
    RawRequest apply(Api api, Credentials key);
  }

  private Map<String, Mutation> mutations() {
    Map<String, Mutation> mutations = new LinkedHashMap<>();
    mutations.put("broken Authorization", this::brokenAuthorization);
    mutations.put("broken header", this::brokenHeader);
    mutations.put("missing header", this::missingHeader);
    mutations.put(
        "bad UTF-8 in a query", (api, key) -> get(api, key, "AsyncRequestId=" + badUtf8()));
    mutations.put("bad UTF-8 in JSON", this::badUtf8InJson);
    mutations.put("bad UTF-8 in a form", this::badForm);
    mutations.put("bad percent-escape", (api, key) -> get(api, key, badEscape()));
    mutations.put(
        "huge id in a query", (api, key) -> get(api, key, "AsyncRequestId=" + huge(200_000)));
    mutations.put("huge id in JSON", (api, key) -> id(api, key, "\"" + huge(100_000) + "\""));
    mutations.put("empty id in a query", (api, key) -> get(api, key, "AsyncRequestId="));
    mutations.put("empty id in JSON", (api, key) -> id(api, key, "\"\""));
    mutations.put("control characters in an id", this::controlCharacters);
    mutations.put("repeated key in a query", this::repeatedInQuery);
    mutations.put("repeated key in JSON", this::repeatedInJson);
    mutations.put("wrong type", (api, key) -> id(api, key, wrongType()));
    mutations.put("deep JSON", (api, key) -> id(api, key, deep()));
    mutations.put("cut JSON", this::cutJson);
    mutations.put(
        "query without pairs",
        (api, key) ->
            get(
                api,
                key,
                pick(List.of("&", "=", "a", "a&b", "=&=", "AsyncRequestId", "&AsyncRequestId=1"))));
    mutations.put("random bytes", this::randomBytes);
    mutations.put("strange Content-Type", this::strangeContentType);
    mutations.put("strange method", this::strangeMethod);
    return mutations;
  }

  private RawRequest post(Api api, Credentials key, byte[] body) {
    RawRequest request = new RawRequest();
    request.body = body;
    sign(request, api, key, ApiRequest.JSON, "");
    request.headers.put("Content-Length", Integer.toString(body.length));
    return request;
  }

  private RawRequest post(Api api, Credentials key, String json) {
    return post(api, key, json.getBytes(StandardCharsets.UTF_8));
  }

  private RawRequest id(Api api, Credentials key, String json) {
    return post(api, key, "{\"AsyncRequestId\":" + json + "}");
  }

  private RawRequest good(Api api, Credentials key) {
    return id(api, key, "\"" + api.examples().get(0).request().get("AsyncRequestId") + "\"");
  }

  private static RawRequest get(Api api, Credentials key, String query) {
    RawRequest request = new RawRequest();
    request.method = "GET";
    request.target = "/?" + query;
    sign(request, api, key, ApiRequest.FORM, query);
    return request;
  }

  /**
   * Signs correctly whatever the request contains, so that the step after the signature is reached.
   */
  private static void sign(
      RawRequest request, Api api, Credentials key, String contentType, String query) {
    long now = Instant.now().getEpochSecond();
    request.headers.put("Host", "localhost");
    request.headers.put("Content-Type", contentType);
    request.headers.put("X-TC-Action", api.action());
    request.headers.put("X-TC-Version", api.version());
    request.headers.put("X-TC-Region", "ap-guangzhou");
    request.headers.put("X-TC-Timestamp", Long.toString(now));
    List<String> signed = List.of("content-type", "host");
    Map<String, String> values = Map.of("content-type", contentType, "host", "localhost");
    String canonical =
        SignatureV3.canonicalRequest(request.method, query, signed, values::get, request.body);
    String scope = SignatureV3.scope(SignatureV3.date(now), api.product());
    String toSign = SignatureV3.stringToSign(Long.toString(now), scope, canonical);
    String signature = SignatureV3.signature(key.secretKey(), scope, toSign);
    request.headers.put(
        "Authorization", SignatureV3.authorization(key.secretId(), scope, signed, signature));
  }

  private RawRequest brokenAuthorization(Api api, Credentials key) {
    RawRequest request = good(api, key);
    String good = request.headers.get("Authorization");
    int at = random.nextInt(good.length());
    request.headers.put(
        "Authorization",
        switch (random.nextInt(8)) {
          case 0 -> good.substring(0, at);
          case 1 -> good.substring(0, at) + (char) (1 + random.nextInt(255)) + good.substring(at);
          case 2 -> good.replace(pick(List.of("/", ",", ";", "=", " ", "-")), "");
          case 3 -> good.replace("Credential=", "Credential=" + huge(50_000));
          case 4 -> good.substring(at) + good.substring(0, at);
          case 5 ->
              good.replaceFirst(
                  "SignedHeaders=[^,]*",
                  "SignedHeaders="
                      + pick(
                          List.of(
                              "",
                              ";",
                              "host;host",
                              "content-type;host;x-no-such",
                              ":",
                              "content-type;host;")));
          case 6 ->
              good.replaceFirst("Signature=.*", Matcher.quoteReplacement("Signature=" + bytes(64)));
          default -> bytes(random.nextInt(100));
        });
    // A mutation that happens to restore the header would not break it.
    if (request.headers.get("Authorization").equals(good)) {
      request.headers.put("Authorization", "TC3-HMAC-SHA256");
    }
    return request;
  }

  private RawRequest brokenHeader(Api api, Credentials key) {
    RawRequest request = good(api, key);
    String name =
        pick(
            List.of(
                "X-TC-Action",
                "X-TC-Version",
                "X-TC-Region",
                "X-TC-Timestamp",
                "Host",
                "Content-Length"));
    request.headers.put(
        name,
        pick(
            List.of(
                "",
                " ",
                "-1",
                "99999999999999999999",
                "0x10",
                "NaN",
                "\u0001",
                "ü" + bytes(10),
                huge(20_000),
                "a b",
                "%",
                "localhost:99999",
                "[::1")));
    return request;
  }

  private RawRequest missingHeader(Api api, Credentials key) {
    RawRequest request = good(api, key);
    request.headers.remove(
        pick(
            List.of(
                "X-TC-Action",
                "X-TC-Version",
                "X-TC-Region",
                "X-TC-Timestamp",
                "Host",
                "Content-Type",
                "Authorization")));
    return request;
  }

  private RawRequest badUtf8InJson(Api api, Credentials key) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.writeBytes("{\"AsyncRequestId\":\"".getBytes(StandardCharsets.UTF_8));
    json.writeBytes(
        pick(
            List.of(
                new byte[] {(byte) 0xff},
                new byte[] {(byte) 0xc3, 0x28},
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                new byte[] {(byte) 0xf8, 1, 2})));
    json.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
    return post(api, key, json.toByteArray());
  }

  private RawRequest badForm(Api api, Credentials key) {
    RawRequest request =
        post(api, key, "Action=" + api.action() + "&AsyncRequestId=" + badUtf8() + badEscape());
    request.headers.put("Content-Type", ApiRequest.FORM_UTF8);
    if (random.nextBoolean()) {
      request.headers.remove("Authorization");
      request.headers.remove("X-TC-Action");
    }
    return request;
  }

  private RawRequest controlCharacters(Api api, Credentials key) {
    return get(api, key, "AsyncRequestId=a%0Ab%00c%0D" + random.nextInt(100));
  }

  private RawRequest repeatedInQuery(Api api, Credentials key) {
    return get(api, key, "AsyncRequestId=1&AsyncRequestId=" + random.nextInt(3));
  }

  private RawRequest repeatedInJson(Api api, Credentials key) {
    return post(api, key, "{\"AsyncRequestId\":\"1\",\"AsyncRequestId\":\"2\"}");
  }

  private RawRequest cutJson(Api api, Credentials key) {
    String json = "{\"AsyncRequestId\":\"4762\"}";
    return post(api, key, json.substring(0, random.nextInt(json.length())));
  }

  private RawRequest randomBytes(Api api, Credentials key) {
    return post(api, key, bytes(random.nextInt(3_000)).getBytes(StandardCharsets.ISO_8859_1));
  }

  private RawRequest strangeContentType(Api api, Credentials key) {
    RawRequest request = good(api, key);
    request.headers.put(
        "Content-Type",
        pick(
            List.of(
                "text/html",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "application/json; charset=nonsense",
                "application/json; charset=utf-16",
                ";;;",
                "application/x-www-form-urlencoded; charset=x",
                bytes(20))));
    if (random.nextBoolean()) {
      request.headers.put("Content-Encoding", pick(List.of("gzip", "br", "x")));
    }
    return request;
  }

  private RawRequest strangeMethod(Api api, Credentials key) {
    RawRequest request = good(api, key);
    request.method =
        pick(
            List.of(
                "PUT",
                "DELETE",
                "PATCH",
                "OPTIONS",
                "TRACE",
                "get",
                "G E T",
                "P\u00d6ST",
                "X".repeat(5_000)));
    return request;
  }

  private String badUtf8() {
    return pick(List.of("%ff", "%c3%28", "%ed%a0%80", "%f8%88", "\u00ff", "\u00c3("));
  }

  private String badEscape() {
    return pick(
        List.of(
            "AsyncRequestId=%",
            "AsyncRequestId=%4",
            "AsyncRequestId=%zz",
            "%zz=1",
            "AsyncRequestId=%%41",
            "AsyncRequestId=%u0041",
            "AsyncRequestId=%-1"));
  }

  private String wrongType() {
    return pick(
        List.of(
            "4762",
            "-1",
            "1e999",
            "true",
            "null",
            "[]",
            "[\"4762\"]",
            "{}",
            "{\"a\":1}",
            "1".repeat(2_000)));
  }

  private String deep() {
    int depth = pick(List.of(10, 500, 1_001, 100_000));
    return random.nextBoolean()
        ? "[".repeat(depth) + "]".repeat(depth)
        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  private String huge(int atMost) {
    return "x".repeat(1 + random.nextInt(atMost)) + "-no-task";
  }

  /** Returns random bytes that do not end a header line. */
  private String bytes(int length) {
    StringBuilder text = new StringBuilder();
    random
        .ints(length, 1, 256)
        .filter(b -> b != '\r' && b != '\n')
        .forEach(b -> text.append((char) b));
    return text.toString();
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
