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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Whatever arrives, the stub answers as the gateway does: HTTP 200 and an envelope with a
 * documented code; no page of HTML, no stack trace, no silence.
 */
class MalformedRequestsIT {
  private static final Specification CATALOGUE = Specification.ofProducts("dts", "mongodb");
  private static final long SEED = 20_180_330;
  private static final int REQUESTS = 2_000;
  private static final int PATIENCE_MILLIS = 30_000;

  private final Random random = new Random(SEED);
  private final Map<String, Breaker> breakers = breakers();
  private final Map<String, Integer> kinds = new TreeMap<>();

  /** The parts of a request before they are broken and then written as they are. */
  private static final class Raw {
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
  void areEachAnsweredWithTheEnvelopeAndADocumentedCode() throws Exception {
    List<String> wrong = new ArrayList<>();
    try (Stub stub = Stub.start(Stub.Options.of(CATALOGUE).withLimit(0))) {
      Credentials key = stub.accounts().issue();
      for (int i = 0; i < REQUESTS; i++) {
        Api api = pick(CATALOGUE.apis());
        String kind = pick(List.copyOf(breakers.keySet()));
        Raw request = breakers.get(kind).apply(api, key);
        kinds.merge(kind, 1, Integer::sum);
        String problem = problem(api, exchange(stub, request));
        if (!problem.isEmpty()) {
          wrong.add("request %d, %s: %s".formatted(i, kind, problem));
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(kinds).hasSameSizeAs(breakers);
  }

  private static String problem(Api api, String reply) {
    int end = reply.indexOf("\r\n\r\n");
    String head = end < 0 ? reply : reply.substring(0, end);
    if (!head.startsWith("HTTP/1.1 200 ") || !head.contains("Content-Type: application/json")) {
      return "answered " + head;
    }
    try {
      JsonNode json = Json.read(reply.substring(end + 4));
      if (!Specification.isError(json)) {
        return "was served: " + json;
      }
      return CATALOGUE.checkReply(api, json).isEmpty() ? "" : "undocumented reply " + json;
    } catch (JacksonException e) {
      return "is not JSON: " + reply.substring(end + 4);
    }
  }

  private static String exchange(Stub stub, Raw request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stub.endpoint().getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.bytes());
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  // ---- ways to break a request

  @FunctionalInterface
  private interface Breaker {
    Raw apply(Api api, Credentials key);
  }

  private Map<String, Breaker> breakers() {
    Map<String, Breaker> breakers = new LinkedHashMap<>();
    breakers.put("broken Authorization", this::brokenAuthorization);
    breakers.put("broken header", this::brokenHeader);
    breakers.put("missing header", this::missingHeader);
    breakers.put(
        "bad UTF-8 in a query", (api, key) -> get(api, key, "AsyncRequestId=" + badUtf8()));
    breakers.put("bad UTF-8 in JSON", this::badUtf8InJson);
    breakers.put("bad UTF-8 in a form", this::badForm);
    breakers.put("bad percent-escape", (api, key) -> get(api, key, badEscape()));
    breakers.put(
        "huge id in a query", (api, key) -> get(api, key, "AsyncRequestId=" + huge(200_000)));
    breakers.put("huge id in JSON", (api, key) -> id(api, key, "\"" + huge(100_000) + "\""));
    breakers.put("empty id in a query", (api, key) -> get(api, key, "AsyncRequestId="));
    breakers.put("empty id in JSON", (api, key) -> id(api, key, "\"\""));
    breakers.put("control characters in an id", this::controlCharacters);
    breakers.put("repeated key in a query", this::repeatedInQuery);
    breakers.put("repeated key in JSON", this::repeatedInJson);
    breakers.put("wrong type", (api, key) -> id(api, key, wrongType()));
    breakers.put("deep JSON", (api, key) -> id(api, key, deep()));
    breakers.put("cut JSON", this::cutJson);
    breakers.put(
        "query without pairs",
        (api, key) ->
            get(
                api,
                key,
                pick(List.of("&", "=", "a", "a&b", "=&=", "AsyncRequestId", "&AsyncRequestId=1"))));
    breakers.put("random bytes", this::randomBytes);
    breakers.put("strange Content-Type", this::strangeContentType);
    breakers.put("strange method", this::strangeMethod);
    return breakers;
  }

  private Raw post(Api api, Credentials key, byte[] body) {
    Raw raw = new Raw();
    raw.body = body;
    sign(raw, api, key, ApiRequest.JSON, "");
    raw.headers.put("Content-Length", Integer.toString(body.length));
    return raw;
  }

  private Raw post(Api api, Credentials key, String json) {
    return post(api, key, json.getBytes(StandardCharsets.UTF_8));
  }

  private Raw id(Api api, Credentials key, String json) {
    return post(api, key, "{\"AsyncRequestId\":" + json + "}");
  }

  private Raw good(Api api, Credentials key) {
    return id(api, key, "\"" + api.examples().get(0).request().get("AsyncRequestId") + "\"");
  }

  private static Raw get(Api api, Credentials key, String query) {
    Raw raw = new Raw();
    raw.method = "GET";
    raw.target = "/?" + query;
    sign(raw, api, key, ApiRequest.FORM, query);
    return raw;
  }

  /** A good signature over whatever it is, so that the step behind the signature is reached. */
  private static void sign(Raw raw, Api api, Credentials key, String contentType, String query) {
    long now = Instant.now().getEpochSecond();
    raw.headers.put("Host", "localhost");
    raw.headers.put("Content-Type", contentType);
    raw.headers.put("X-TC-Action", api.action());
    raw.headers.put("X-TC-Version", api.version());
    raw.headers.put("X-TC-Region", "ap-guangzhou");
    raw.headers.put("X-TC-Timestamp", Long.toString(now));
    List<String> signed = List.of("content-type", "host");
    Map<String, String> values = Map.of("content-type", contentType, "host", "localhost");
    String canonical =
        SignatureV3.canonicalRequest(raw.method, query, signed, values::get, raw.body);
    String scope = SignatureV3.scope(SignatureV3.date(now), api.product());
    String toSign = SignatureV3.stringToSign(Long.toString(now), scope, canonical);
    String signature = SignatureV3.signature(key.secretKey(), scope, toSign);
    raw.headers.put(
        "Authorization", SignatureV3.authorization(key.secretId(), scope, signed, signature));
  }

  private Raw brokenAuthorization(Api api, Credentials key) {
    Raw raw = good(api, key);
    String good = raw.headers.get("Authorization");
    int at = random.nextInt(good.length());
    raw.headers.put(
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
    // A change that happens to give the good header back would break nothing.
    if (raw.headers.get("Authorization").equals(good)) {
      raw.headers.put("Authorization", "TC3-HMAC-SHA256");
    }
    return raw;
  }

  private Raw brokenHeader(Api api, Credentials key) {
    Raw raw = good(api, key);
    String name =
        pick(
            List.of(
                "X-TC-Action",
                "X-TC-Version",
                "X-TC-Region",
                "X-TC-Timestamp",
                "Host",
                "Content-Length"));
    raw.headers.put(
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
    return raw;
  }

  private Raw missingHeader(Api api, Credentials key) {
    Raw raw = good(api, key);
    raw.headers.remove(
        pick(
            List.of(
                "X-TC-Action",
                "X-TC-Version",
                "X-TC-Region",
                "X-TC-Timestamp",
                "Host",
                "Content-Type",
                "Authorization")));
    return raw;
  }

  private Raw badUtf8InJson(Api api, Credentials key) {
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

  private Raw badForm(Api api, Credentials key) {
    Raw raw =
        post(api, key, "Action=" + api.action() + "&AsyncRequestId=" + badUtf8() + badEscape());
    raw.headers.put("Content-Type", ApiRequest.FORM_UTF8);
    if (random.nextBoolean()) {
      raw.headers.remove("Authorization");
      raw.headers.remove("X-TC-Action");
    }
    return raw;
  }

  private Raw controlCharacters(Api api, Credentials key) {
    return get(api, key, "AsyncRequestId=a%0Ab%00c%0D" + random.nextInt(100));
  }

  private Raw repeatedInQuery(Api api, Credentials key) {
    return get(api, key, "AsyncRequestId=1&AsyncRequestId=" + random.nextInt(3));
  }

  private Raw repeatedInJson(Api api, Credentials key) {
    return post(api, key, "{\"AsyncRequestId\":\"1\",\"AsyncRequestId\":\"2\"}");
  }

  private Raw cutJson(Api api, Credentials key) {
    String json = "{\"AsyncRequestId\":\"4762\"}";
    return post(api, key, json.substring(0, random.nextInt(json.length())));
  }

  private Raw randomBytes(Api api, Credentials key) {
    return post(api, key, bytes(random.nextInt(3_000)).getBytes(StandardCharsets.ISO_8859_1));
  }

  private Raw strangeContentType(Api api, Credentials key) {
    Raw raw = good(api, key);
    raw.headers.put(
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
      raw.headers.put("Content-Encoding", pick(List.of("gzip", "br", "x")));
    }
    return raw;
  }

  private Raw strangeMethod(Api api, Credentials key) {
    Raw raw = good(api, key);
    raw.method =
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
    return raw;
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

  /** Bytes that end no header line. */
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
