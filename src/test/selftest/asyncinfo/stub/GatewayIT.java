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

/** The gateway passes on what the documentation allows, and refuses the rest in its words. */
class GatewayIT {
  private static final Specification CATALOGUE = Specification.ofProducts("dts", "mongodb");
  private static final Api DTS = CATALOGUE.apis().get(0);
  private static final Instant START = Instant.parse("2026-11-21T12:00:00.250Z");
  private static final AtomicReference<Instant> NOW = new AtomicReference<>(START);

  private static Stub stub;
  private static RestAssuredClient sender;
  private Credentials credentials;

  @BeforeAll
  static void start() {
    stub = Stub.start(Stub.Options.of(CATALOGUE).withClock(NOW::get));
    sender = new RestAssuredClient(stub.endpoint(), Timeouts.DEFAULT);
  }

  @AfterAll
  static void stop() {
    sender.close();
    stub.close();
  }

  @BeforeEach
  void newAccount() {
    NOW.set(START);
    credentials = stub.accounts().issue();
  }

  @ParameterizedTest
  @EnumSource(RequestFormat.class)
  void servesEveryShape(RequestFormat format) throws Exception {
    assertThat(sender.send(call(format, DTS.domain()).sign()).member("Status")).contains("success");
  }

  @ParameterizedTest
  @EnumSource(RequestFormat.class)
  void knowsAnIdWithSpacesAndSigns(RequestFormat format) throws Exception {
    ApiRequest call =
        ApiRequest.of(
            DTS,
            format,
            DTS.domain(),
            "ap-guangzhou",
            Map.of("AsyncRequestId", "a b~*&=+%ü中"),
            credentials,
            NOW.get(),
            1);

    assertThat(sender.send(call.sign()).errorCode()).contains("ResourceNotFound");
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
  void takesTheProductFromTheHostElseFromTheVersion(String host) throws Exception {
    assertThat(sender.send(call(RequestFormat.POST_JSON_V3, host).sign()).errorCode()).isEmpty();
  }

  @Test
  void doesNotKnowTheVersionOfAnotherProductAtTheHostOfThisOne() throws Exception {
    ApiResponse reply =
        sender.send(call(RequestFormat.POST_JSON_V3, "mongodb.tencentcloudapi.com").sign());

    assertThat(reply.errorCode()).contains("NoSuchVersion");
  }

  @Test
  void acceptsTheServiceThatSdksMakeOfALoopbackAddress() throws Exception {
    String host = "127.0.0.1:" + stub.endpoint().getPort();

    assertThat(
            sender
                .send(call(RequestFormat.POST_JSON_V3, host).withService("127").sign())
                .errorCode())
        .isEmpty();
    assertThat(
            sender
                .send(call(RequestFormat.POST_JSON_V3, DTS.domain()).withService("127").sign())
                .errorCode())
        .contains("AuthFailure.InvalidAuthorization");
  }

  @Test
  void comparesADeclaredDigestWithTheBody() throws Exception {
    SignedRequest message = call(RequestFormat.POST_JSON_V3, DTS.domain()).sign();
    String digest = SignatureV3.sha256(message.body());

    assertThat(sender.send(message.withHeader("X-TC-Content-SHA256", digest)).errorCode())
        .isEmpty();
    assertThat(
            sender
                .send(message.withHeader("X-TC-Content-SHA256", SignatureV3.sha256(new byte[0])))
                .errorCode())
        .contains("InvalidParameterValue");
  }

  @Test
  void refusesLowerCaseEscapesWithSignatureV1() throws Exception {
    SignedRequest message =
        call(RequestFormat.GET_V1_SHA1, DTS.domain()).withCommon("Language", "a+b").sign();
    String lower = message.query().replace("%2B", "%2b");

    assertThat(sender.send(message).errorCode()).isEmpty();
    assertThat(sender.send(message.withQuery(lower)).errorCode())
        .contains("AuthFailure.SignatureFailure");
  }

  @Test
  void doesNotKnowOtherProductsOfTheDocumentedDomains() throws Exception {
    assertThat(
            sender
                .send(call(RequestFormat.POST_JSON_V3, "cvm.tencentcloudapi.com").sign())
                .errorCode())
        .contains("NoSuchProduct");
  }

  @ParameterizedTest
  @EnumSource(
      value = RequestFormat.class,
      names = {"POST_JSON_V3", "GET_V1_SHA1"})
  void takesATemporaryKeyWithItsTokenAlone(RequestFormat format) throws Exception {
    Credentials temporary = new Credentials("AKIDtemporary", "key", Optional.of("a-token"));
    stub.accounts().add(temporary);
    ApiRequest call = call(format, DTS.domain());

    assertThat(sender.send(call.withCredentials(temporary).sign()).errorCode()).isEmpty();
    for (Optional<String> token : List.of(Optional.of("another"), Optional.<String>empty())) {
      Credentials wrong = new Credentials("AKIDtemporary", "key", token);
      assertThat(sender.send(call.withCredentials(wrong).sign()).errorCode())
          .contains("AuthFailure.TokenFailure");
    }
  }

  @Test
  void acceptsAHostSignedWithoutItsPort() throws Exception {
    SignedRequest message = call(RequestFormat.POST_JSON_V3, "localhost").sign();

    ApiResponse reply =
        sender.send(message.withHeader("Host", "localhost:" + stub.endpoint().getPort()));

    assertThat(reply.errorCode()).isEmpty();
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
    ApiRequest call = call(RequestFormat.GET_V1_SHA256, DTS.domain());
    ApiRequest off = call.withCommon("Timestamp", Long.toString(call.timestamp() + seconds));

    assertThat(sender.send(off.sign()).errorCode().orElse(null)).isEqualTo(code);
  }

  @Test
  void tellsABareRequestAboutItsTimestampFirst() throws Exception {
    SignedRequest bare =
        new SignedRequest("GET", "", List.of(new Header("Host", DTS.domain())), new byte[0]);

    assertThat(sender.send(bare).text()).contains("MissingParameter").contains("`Timestamp`");
  }

  @Test
  void refusesADateThatIsNotTheTimestamps() throws Exception {
    ApiRequest call = call(RequestFormat.POST_JSON_V3, DTS.domain());

    assertThat(
            sender
                .send(call.withScopeDate(SignatureV3.date(call.timestamp() + 86_400)).sign())
                .errorCode())
        .contains("AuthFailure.InvalidAuthorization");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AsyncRequestId", "=1", "AsyncRequestId=%ff", "AsyncRequestId=%zz", "%4"})
  void refusesAMalformedQueryInAnEnvelope(String query) throws Exception {
    SignedRequest message = call(RequestFormat.GET_V3, DTS.domain()).sign();
    StringBuilder request = new StringBuilder("GET /?" + query + " HTTP/1.1\r\n");
    message.headers().forEach(h -> request.append(h.name() + ": " + h.value() + "\r\n"));
    request.append("Connection: close\r\n\r\n");

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stub.endpoint().getPort())) {
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(reply)
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
  void refusesAMalformedBodyInAnEnvelope(String body) throws Exception {
    ApiResponse reply =
        sender.send(call(RequestFormat.POST_JSON_V3, DTS.domain()).withRawBody(body).sign());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.errorCode()).contains("InvalidParameter");
  }

  @Test
  void letsTwentyThroughInEachSecondAndSaysTheNumberOfTheRefused() throws Exception {
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
  void countsEachAccountAndRegionAndApiApart() throws Exception {
    for (int i = 1; i <= 21; i++) {
      send();
    }
    assertThat(send().errorCode()).contains("RequestLimitExceeded");

    assertThat(
            sender
                .send(
                    call(RequestFormat.GET_V3, DTS.domain())
                        .withCommon("Region", "ap-shanghai")
                        .sign())
                .errorCode())
        .isEmpty();
    assertThat(
            sender
                .send(
                    ApiRequest.of(
                            CATALOGUE.apis().get(1),
                            RequestFormat.GET_V3,
                            CATALOGUE.apis().get(1).domain(),
                            "ap-guangzhou",
                            Map.of("AsyncRequestId", "4762"),
                            credentials,
                            NOW.get(),
                            1)
                        .sign())
                .errorCode())
        .isEmpty();
    credentials = stub.accounts().issue();
    assertThat(send().errorCode()).isEmpty();
  }

  private ApiResponse send() throws Exception {
    return sender.send(call(RequestFormat.POST_JSON_V3, DTS.domain()).sign());
  }

  private ApiRequest call(RequestFormat format, String host) {
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
