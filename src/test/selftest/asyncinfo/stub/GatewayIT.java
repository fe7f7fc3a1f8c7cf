package asyncinfo.stub;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.ApiResponse;
import asyncinfo.client.Credentials;
import asyncinfo.client.Header;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.RestAssuredClient;
import asyncinfo.client.SignatureV3;
import asyncinfo.client.SignedRequest;
import asyncinfo.client.Timeouts;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The gateway accepts what the documentation allows, and rejects the rest with its documented
 * errors.
 */
class GatewayIT {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Api DTS = SPECIFICATION.apis().get(0);
  private static final Instant START = Instant.parse("2026-11-21T12:00:00.250Z");
  private static final AtomicReference<Instant> NOW = new AtomicReference<>(START);

  private static Stub stub;
  private static RestAssuredClient client;
  private Credentials credentials;

  @BeforeAll
  static void start() {
    stub = Stub.start(Stub.Options.of(SPECIFICATION).withClock(NOW::get));
    client = new RestAssuredClient(stub.endpoint(), Timeouts.DEFAULT);
  }

  @AfterAll
  static void stop() {
    client.close();
    stub.close();
  }

  @BeforeEach
  void newAccount() {
    NOW.set(START);
    credentials = stub.accounts().create();
  }

  @ParameterizedTest
  @EnumSource(RequestFormat.class)
  void servesEveryFormat(RequestFormat format) throws Exception {
    assertThat(client.send(request(format, DTS.domain()).sign()).member("Status"))
        .contains("success");
  }

  @ParameterizedTest
  @EnumSource(RequestFormat.class)
  void acceptsAnIdWithSpacesAndSpecialCharacters(RequestFormat format) throws Exception {
    ApiRequest request =
        ApiRequest.of(
            DTS,
            format,
            DTS.domain(),
            "ap-guangzhou",
            Map.of("AsyncRequestId", "a b~*&=+%ü中"),
            credentials,
            NOW.get(),
            1);

    assertThat(client.send(request.sign()).errorCode()).contains("ResourceNotFound");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dts.tencentcloudapi.com",
        "dts.intl.tencentcloudapi.com",
        "dts.ap-guangzhou.tencentcloudapi.com",
        "127.0.0.1",
        "localhost"
      })
  void routesByHostOrElseByVersion(String host) throws Exception {
    assertThat(client.send(request(RequestFormat.POST_JSON_V3, host).sign()).errorCode()).isEmpty();
  }

  @Test
  void rejectsTheVersionOfAnotherProduct() throws Exception {
    ApiResponse response =
        client.send(request(RequestFormat.POST_JSON_V3, "mongodb.tencentcloudapi.com").sign());

    assertThat(response.errorCode()).contains("NoSuchVersion");
  }

  @Test
  void acceptsTheServiceThatSdksDeriveFromALoopbackAddress() throws Exception {
    String host = "127.0.0.1:" + stub.endpoint().getPort();

    assertThat(
            client
                .send(request(RequestFormat.POST_JSON_V3, host).withService("127").sign())
                .errorCode())
        .isEmpty();
    assertThat(
            client
                .send(request(RequestFormat.POST_JSON_V3, DTS.domain()).withService("127").sign())
                .errorCode())
        .contains("AuthFailure.InvalidAuthorization");
  }

  @Test
  void comparesADeclaredDigestWithTheBody() throws Exception {
    SignedRequest message = request(RequestFormat.POST_JSON_V3, DTS.domain()).sign();
    String digest = SignatureV3.sha256(message.body());

    assertThat(client.send(message.withHeader("X-TC-Content-SHA256", digest)).errorCode())
        .isEmpty();
    assertThat(
            client
                .send(message.withHeader("X-TC-Content-SHA256", SignatureV3.sha256(new byte[0])))
                .errorCode())
        .contains("InvalidParameterValue");
  }

  @Test
  void rejectsLowerCaseEscapesWithSignatureV1() throws Exception {
    SignedRequest message =
        request(RequestFormat.GET_V1_SHA1, DTS.domain()).withCommon("Language", "a+b").sign();
    String lower = message.query().replace("%2B", "%2b");

    assertThat(client.send(message).errorCode()).isEmpty();
    assertThat(client.send(message.withQuery(lower)).errorCode())
        .contains("AuthFailure.SignatureFailure");
  }

  @Test
  void rejectsOtherProductsOfTheDocumentedDomains() throws Exception {
    assertThat(
            client
                .send(request(RequestFormat.POST_JSON_V3, "cvm.tencentcloudapi.com").sign())
                .errorCode())
        .contains("NoSuchProduct");
  }

  @ParameterizedTest
  @EnumSource(
      value = RequestFormat.class,
      names = {"POST_JSON_V3", "GET_V1_SHA1"})
  void acceptsATemporaryKeyOnlyWithItsToken(RequestFormat format) throws Exception {
    Credentials temporary = new Credentials("AKIDtemporary", "key", Optional.of("a-token"));
    stub.accounts().add(temporary);
    ApiRequest request = request(format, DTS.domain());

    assertThat(client.send(request.withCredentials(temporary).sign()).errorCode()).isEmpty();
    for (Optional<String> token : List.of(Optional.of("another"), Optional.<String>empty())) {
      Credentials wrong = new Credentials("AKIDtemporary", "key", token);
      assertThat(client.send(request.withCredentials(wrong).sign()).errorCode())
          .contains("AuthFailure.TokenFailure");
    }
  }

  @Test
  void acceptsAHostSignedWithoutItsPort() throws Exception {
    SignedRequest message = request(RequestFormat.POST_JSON_V3, "localhost").sign();

    ApiResponse response =
        client.send(message.withHeader("Host", "localhost:" + stub.endpoint().getPort()));

    assertThat(response.errorCode()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "299, ",
    "300, ",
    "301, AuthFailure.SignatureExpire",
    "-300, ",
    "-301, AuthFailure.SignatureExpire"
  })
  void toleratesFiveMinutes(long seconds, String code) throws Exception {
    ApiRequest request = request(RequestFormat.GET_V1_SHA256, DTS.domain());
    ApiRequest off = request.withCommon("Timestamp", Long.toString(request.timestamp() + seconds));

    assertThat(client.send(off.sign()).errorCode().orElse(null)).isEqualTo(code);
  }

  @Test
  void reportsAMissingTimestampFirst() throws Exception {
    SignedRequest bare =
        new SignedRequest("GET", "", List.of(new Header("Host", DTS.domain())), new byte[0]);

    assertThat(client.send(bare).text()).contains("MissingParameter").contains("`Timestamp`");
  }

  @Test
  void rejectsAScopeDateThatDiffersFromTheTimestamp() throws Exception {
    ApiRequest request = request(RequestFormat.POST_JSON_V3, DTS.domain());

    assertThat(
            client
                .send(request.withScopeDate(SignatureV3.date(request.timestamp() + 86_400)).sign())
                .errorCode())
        .contains("AuthFailure.InvalidAuthorization");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AsyncRequestId", "=1", "AsyncRequestId=%ff", "AsyncRequestId=%zz", "%4"})
  void rejectsAMalformedQueryWithAnEnvelope(String query) throws Exception {
    SignedRequest message = request(RequestFormat.GET_V3, DTS.domain()).sign();
    StringBuilder request = new StringBuilder("GET /?" + query + " HTTP/1.1\r\n");
    message.headers().forEach(h -> request.append(h.name() + ": " + h.value() + "\r\n"));
    request.append("Connection: close\r\n\r\n");

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stub.endpoint().getPort())) {
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(response)
          .startsWith("HTTP/1.1 200 ")
          .contains("\"InvalidParameter\"", "\"RequestId\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "{\"AsyncRequestId\":",
        "{\"AsyncRequestId\":\"1\",\"AsyncRequestId\":\"2\"}",
        "{}x"
      })
  void rejectsAMalformedBodyWithAnEnvelope(String body) throws Exception {
    ApiResponse response =
        client.send(request(RequestFormat.POST_JSON_V3, DTS.domain()).withRawBody(body).sign());

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.errorCode()).contains("InvalidParameter");
  }

  @Test
  void acceptsTwentyPerSecondAndCountsRefusedRequests() throws Exception {
    for (int second = 0; second < 2; second++) {
      NOW.set(START.plusSeconds(second));
      for (int i = 1; i <= 20; i++) {
        assertThat(send().errorCode()).as("call %d", i).isEmpty();
      }
      assertThat(send().text())
          .contains("RequestLimitExceeded")
          .contains("equals to `21` in a second")
          .contains("limit `20`");
      assertThat(send().text()).contains("equals to `22`");
    }
  }

  @Test
  void countsPerAccountRegionAndApi() throws Exception {
    for (int i = 1; i <= 21; i++) {
      send();
    }
    assertThat(send().errorCode()).contains("RequestLimitExceeded");

    assertThat(
            client
                .send(
                    request(RequestFormat.GET_V3, DTS.domain())
                        .withCommon("Region", "ap-shanghai")
                        .sign())
                .errorCode())
        .isEmpty();
    assertThat(
            client
                .send(
                    ApiRequest.of(
                            SPECIFICATION.apis().get(1),
                            RequestFormat.GET_V3,
                            SPECIFICATION.apis().get(1).domain(),
                            "ap-guangzhou",
                            Map.of("AsyncRequestId", "4762"),
                            credentials,
                            NOW.get(),
                            1)
                        .sign())
                .errorCode())
        .isEmpty();
    credentials = stub.accounts().create();
    assertThat(send().errorCode()).isEmpty();
  }

  private ApiResponse send() throws Exception {
    return client.send(request(RequestFormat.POST_JSON_V3, DTS.domain()).sign());
  }

  private ApiRequest request(RequestFormat format, String host) {
    return ApiRequest.of(
        DTS,
        format,
        host,
        "ap-guangzhou",
        DTS.examples().get(0).request(),
        credentials,
        NOW.get(),
        1);
  }
}
