package asyncinfo.selftest;

import static asyncinfo.client.RawServer.ok;
import static asyncinfo.client.RawServer.reset;
import static asyncinfo.client.RawServer.response;
import static asyncinfo.client.RawServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import asyncinfo.client.Credentials;
import asyncinfo.client.RawServer;
import asyncinfo.client.Timeouts;
import asyncinfo.config.Settings;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.RemoteEndpoint;
import asyncinfo.stub.Stub;
import asyncinfo.verdict.Verdict;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Failures of an endpoint and of the connection to it, and the line that the build prints for each.
 * {@code URL} stands for the endpoint.
 */
@Execution(ExecutionMode.CONCURRENT)
class StagingFaultsIT {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Timeouts SHORT =
      new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofSeconds(2));
  private static final String[] SUITES = {"InputParametersIT", "EveryResponseIT"};
  private static final String UNREACHABLE = ", 4 times in a row, so nothing more is sent there";
  private static final String HTML = "<html><title>Bad Gateway</title></html>";

  static Stream<Arguments> unreachableEndpoints() {
    return Stream.of(
        arguments("reset", reset(), "the connection was reset"),
        arguments("closed", text(""), "the connection was closed without a reply"),
        arguments("hang", hang(), "no reply in time"),
        arguments(
            "truncated body",
            text("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"Response\":"),
            "the reply ends before it is complete"),
        arguments(
            "truncated chunk",
            text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"Resp"),
            "the reply ends before it is complete"),
        arguments(
            "no HTTP",
            text("220 mail.example ESMTP\r\n\r\n"),
            "no HTTP reply (The server failed to respond with a valid HTTP response)"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreachableEndpoints")
  void reportsErrorIfThereIsNoResponse(String fault, RawServer.Answer answer, String expected) {
    try (RawServer server = new RawServer(answer)) {
      SuiteRun run = judge(fault, server.endpoint().toString(), SHORT);

      assertUnreachable(run, server.endpoint(), expected);
    }
  }

  @Test
  void reportsARefusedConnection() {
    RawServer gone = new RawServer(ok("{}"));
    gone.close();

    assertUnreachable(
        judge("refused", gone.endpoint().toString(), SHORT), gone.endpoint(), "connection refused");
  }

  @Test
  void reportsAHostWithoutAddress() {
    URI nowhere = URI.create("http://nowhere.invalid");

    assertUnreachable(
        judge("dns", nowhere.toString(), Timeouts.DEFAULT),
        nowhere,
        "its address is not known (DNS)");
  }

  @Test
  void reportsAnUntrustedCertificateOrAWrongHost(@TempDir Path folder) throws Exception {
    WireMockServer https =
        new WireMockServer(WireMockConfiguration.options().dynamicPort().dynamicHttpsPort());
    https.start();
    try {
      URI endpoint = URI.create("https://127.0.0.1:" + https.httpsPort());
      assertUnreachable(
          judge("unknown-ca", endpoint.toString(), Timeouts.DEFAULT),
          endpoint,
          "its certificate is not trusted; the setting truststore names those that are");

      Path truststore = truststore(folder, endpoint);
      Map<String, String> trusting =
          Map.of("truststore", truststore.toString(), "truststore.password", "changeit");
      assertUnreachable(
          judge("wrong-name", endpoint.toString(), Timeouts.DEFAULT, trusting),
          endpoint,
          "its certificate is for another host");

      URI plain = URI.create("https://127.0.0.1:" + https.port());
      assertUnreachable(
          judge("no-tls", plain.toString(), Timeouts.DEFAULT),
          plain,
          "no TLS connection (Unsupported or unrecognized SSL message)");
    } finally {
      https.stop();
    }
  }

  private static void assertUnreachable(SuiteRun run, URI endpoint, String expected) {
    assertThat(run.clauses(Verdict.FAIL)).isEmpty();
    assertThat(run.clauses(Verdict.PASS)).isEmpty();
    // Remaining cases end at once; none is skipped.
    assertThat(run.clauses(Verdict.ERROR))
        .contains("dts/2/Action", "dts/2/AsyncRequestId", "common/response/request-id-unique");
    assertThat(run.lines())
        .containsExactly(
            "  ERROR      dts/2/Action and 2 more: dts: %s: %s".formatted(endpoint, expected),
            "  ERROR      dts/2/AsyncRequestId and %d more: dts: not sent: %s: %s%s"
                .formatted(run.clauses(Verdict.ERROR).size() - 4, endpoint, expected, UNREACHABLE));
  }

  static Stream<Arguments> violations() {
    return Stream.of(
        arguments(
            "302",
            response("302 Found", "Location: http://127.0.0.1:1/", ""),
            List.of(
                "common/response/http-status: dts: expected HTTP status 200, found HTTP status 302"
                    + " from URL")),
        arguments(
            "404",
            response("404 Not Found", "Content-Type: text/html", "<p>no"),
            List.of(
                "common/response/http-status: dts: expected HTTP status 200, found HTTP status 404"
                    + " from URL",
                "common/response/json: dts: expected one JSON document in UTF-8, found a body that"
                    + " is not JSON: Unexpected character ('<' (code 60)): expected a valid value"
                    + " (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
                    + " (line 1:1) from URL")),
        arguments(
            "502",
            response("502 Bad Gateway", "Content-Type: text/html", HTML),
            List.of(
                "common/response/http-status: dts: expected HTTP status 200, found HTTP status 502"
                    + " from URL")),
        arguments(
            "garbled body",
            ok("{\"Response\":{\"Sta"),
            List.of(
                "common/response/json: dts: expected one JSON document in UTF-8, found a body that"
                    + " is not JSON: Unexpected end-of-input in property name (line 1:18)")),
        arguments(
            "garbled gzip",
            response("200 OK", "Content-Type: application/json\r\nContent-Encoding: gzip", "{}"),
            List.of(
                "common/response/json: dts: expected one JSON document in UTF-8, found a body that"
                    + " is not in the Content-Encoding gzip",
                "common/response/envelope: dts: expected an object whose only member is the object"
                    + " Response, found an object of ")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void reportsFailForAResponseThatBreaksClauses(
      String fault, RawServer.Answer answer, List<String> expected) {
    try (RawServer server = new RawServer(answer)) {
      String endpoint = server.endpoint().toString();
      SuiteRun run = judge(fault, endpoint, SHORT);

      assertThat(run.clauses(Verdict.ERROR)).isEmpty();
      assertThat(run.lines())
          .containsAll(
              expected.stream()
                  .map(line -> "  FAIL       " + line.replace("URL", endpoint))
                  .toList());
    }
  }

  /** An endpoint rightly rejects a wrong timestamp. */
  @Test
  void reportsClockSkewOfThisMachine() {
    InstantSource late = () -> Instant.now().minusSeconds(3_600);
    try (Stub stub = stubWithDateHeader()) {
      SuiteRun run = judge("late-clock", stub, late, "dts/2/*");

      assertThat(run.clauses(Verdict.FAIL)).isEmpty();
      assertThat(run.lines())
          .containsExactly(
              "  ERROR      dts/2/Action and 3 more: dts: "
                  + stub.endpoint()
                  + ": this machine's clock is about 3600 s behind the endpoint's, so calls state a"
                  + " wrong time; set it right and run again");
    }
  }

  /** Within the tolerance, only clauses about time are affected. */
  @Test
  void reportsClockSkewForClausesAboutTime() {
    InstantSource late = () -> Instant.now().minusSeconds(200);
    try (Stub stub = stubWithDateHeader()) {
      SuiteRun run = judge("somewhat-late-clock", stub, late, "common/signature/*");

      assertThat(run.clauses(Verdict.FAIL)).isEmpty();
      assertThat(run.clauses(Verdict.PASS)).contains("common/signature/tampered");
      assertThat(run.lines())
          .containsExactly(
              "  ERROR      common/signature/clock-tolerance: dts: "
                  + stub.endpoint()
                  + ": this machine's clock is about 200 s behind the endpoint's, so calls state a"
                  + " wrong time; set it right and run again");
    }
  }

  /** An endpoint must not reject the right time. */
  @Test
  void failsAnEndpointThatRejectsACorrectTime() {
    try (RawServer server =
        new RawServer(
            response(
                "200 OK",
                "Content-Type: application/json\r\nDate: "
                    + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.now().atOffset(ZoneOffset.UTC)),
                "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SignatureExpire\",\"Message\":\"\"},"
                    + "\"RequestId\":\"r\"}}"))) {
      SuiteRun run = judge("expired-for-nothing", server.endpoint().toString(), SHORT);

      assertThat(run.clauses(Verdict.ERROR)).isEmpty();
      assertThat(run.clauses(Verdict.FAIL)).contains("dts/2/Action");
    }
  }

  private static Stub stubWithDateHeader() {
    ResponseFault date =
        new ResponseFault(
            response ->
                Response.Builder.like(response)
                    .but()
                    .headers(
                        response
                            .getHeaders()
                            .plus(
                                HttpHeader.httpHeader(
                                    "Date",
                                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        Instant.now().atOffset(ZoneOffset.UTC)))))
                    .build());
    return Stub.start(Stub.Options.of(SPECIFICATION).withLimit(0).withExtensions(List.of(date)));
  }

  private static SuiteRun judge(String name, Stub stub, InstantSource clock, String clause) {
    Credentials key = stub.accounts().create();
    RemoteEndpoint target =
        target(
            stub.endpoint().toString(),
            Map.of("clause", clause),
            Map.of(
                "TENCENTCLOUD_SECRET_ID", key.secretId(),
                "TENCENTCLOUD_SECRET_KEY", key.secretKey()));
    return SuiteRun.against(
        name,
        SPECIFICATION,
        target.withoutPacing(Timeouts.DEFAULT),
        clock,
        "InputParametersIT",
        "CommonRulesIT");
  }

  private static SuiteRun judge(String name, String endpoint, Timeouts timeouts) {
    return judge(name, endpoint, timeouts, Map.of());
  }

  private static SuiteRun judge(
      String name, String endpoint, Timeouts timeouts, Map<String, String> more) {
    RemoteEndpoint target =
        target(
            endpoint,
            more,
            Map.of("TENCENTCLOUD_SECRET_ID", "AKIDtest", "TENCENTCLOUD_SECRET_KEY", "key"));
    return SuiteRun.against(
        "fault-" + name.replace(' ', '-'), SPECIFICATION, target.withoutPacing(timeouts), SUITES);
  }

  private static RemoteEndpoint target(
      String endpoint, Map<String, String> more, Map<String, String> environment) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("target", "staging");
    properties.put("dts.endpoint", endpoint);
    return (RemoteEndpoint) Settings.of(SPECIFICATION, properties, environment).open();
  }

  /** The time-out between bytes is long, so that no pause of this machine reaches it. */
  @Test
  void reportsErrorIfAResponseTakesTooLongInAll() {
    Timeouts total =
        new Timeouts(Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofSeconds(2));
    try (RawServer server = new RawServer(trickle())) {
      SuiteRun run = judge("trickle", server.endpoint().toString(), total);

      assertUnreachable(run, server.endpoint(), "no whole reply within 2000 ms");
    }
  }

  private static RawServer.Answer hang() {
    return client -> {};
  }

  private static RawServer.Answer trickle() {
    return client -> {
      Thread thread =
          new Thread(
              () -> {
                try (client) {
                  OutputStream out = client.getOutputStream();
                  out.write(
                      "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"
                          .getBytes(StandardCharsets.US_ASCII));
                  for (int i = 0; i < 98; i++) {
                    out.write('x');
                    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                  }
                } catch (IOException e) {
                  // The client has timed out, as it should.
                }
              });
      thread.setDaemon(true);
      thread.start();
    };
  }

  /** Creates a trust store with the certificate that a server presents. */
  private static Path truststore(Path folder, URI endpoint) throws Exception {
    SSLContext trustAll = SSLContext.getInstance("TLS");
    trustAll.init(null, new TrustManager[] {new TrustAll()}, null);
    Certificate certificate;
    try (SSLSocket socket =
        (SSLSocket)
            trustAll.getSocketFactory().createSocket(endpoint.getHost(), endpoint.getPort())) {
      socket.startHandshake();
      certificate = socket.getSession().getPeerCertificates()[0];
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("endpoint", certificate);
    Path file = folder.resolve("truststore.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "changeit".toCharArray());
    }
    return file;
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
