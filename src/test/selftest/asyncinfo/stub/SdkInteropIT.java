package asyncinfo.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import asyncinfo.client.Credentials;
import asyncinfo.contract.Api;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.common.profile.Language;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Tencent's own Java client uses the stub as its endpoint. It signs with other code than this
 * harness, so it is the independent oracle: a mistake that our signing and our verification have in
 * common would show here.
 */
class SdkInteropIT {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final String REGION = "ap-guangzhou";
  private static final List<String> SIGN_METHODS =
      List.of(ClientProfile.SIGN_TC3_256, ClientProfile.SIGN_SHA1, ClientProfile.SIGN_SHA256);
  private static final Set<Protocol> PROTOCOLS = ConcurrentHashMap.newKeySet();

  @TempDir static Path directory;

  private static Stub stub;
  private static OkHttpClient transport;
  private Credentials key;

  /** The form of the endpoint that the SDK is given. */
  enum Addressing {
    /** An IP address: the scope's service becomes {@code 127}. */
    ADDRESS,
    /** A name without a dot: the scope's service becomes {@code localhost:<port>}. */
    LOCALHOST,
    /** The documented domain, resolved to the loopback address. */
    DOMAIN
  }

  /** One of the SDK's signing modes over one of its methods and protocols. */
  record Mode(Api api, String signMethod, String method, boolean https, Addressing addressing) {
    @Override
    public String toString() {
      return "%s, %s, %s %s, %s"
          .formatted(api, signMethod, https ? "https" : "http", method, addressing);
    }
  }

  static Stream<Mode> modes() {
    List<Mode> modes = new ArrayList<>();
    for (Api api : SPECIFICATION.apis()) {
      for (String sign : SIGN_METHODS) {
        for (String method : List.of(HttpProfile.REQ_POST, HttpProfile.REQ_GET)) {
          for (Addressing addressing : Addressing.values()) {
            modes.add(new Mode(api, sign, method, false, addressing));
            modes.add(new Mode(api, sign, method, true, addressing));
          }
        }
      }
    }
    return modes.stream();
  }

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    ServerCertificate certificate =
        ServerCertificate.generate(
            directory, SPECIFICATION.apis().stream().map(Api::domain).toList());
    Stub.Listener listener =
        new Stub.Listener("127.0.0.1", 0, Optional.of(new Stub.Https(0, certificate)));
    Instant now = Instant.now();
    stub = Stub.start(Stub.Options.of(SPECIFICATION).withClock(() -> now).withListener(listener));
    transport = transport(trustManager(certificate));
  }

  @AfterAll
  static void stop() {
    stub.close();
  }

  @BeforeEach
  void newAccount() {
    key = stub.accounts().create();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void receivesTheDocumentedExample(Mode mode) throws Exception {
    JsonNode response = call(mode, mode.api().examples().get(0).request());

    JsonNode documented = mode.api().examples().get(0).response().path("Response");
    for (Map.Entry<String, JsonNode> member : documented.properties()) {
      if (!member.getKey().equals("RequestId")) {
        assertThat(response.path(member.getKey())).isEqualTo(member.getValue());
      }
    }
    assertThat(response.path("RequestId").asString()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void receivesAnErrorAsTheSdksException(Mode mode) {
    String code = mode.api().errors().get(0).value();

    TencentCloudSDKException thrown =
        catchThrowableOfType(
            TencentCloudSDKException.class,
            () -> call(mode, Map.of("AsyncRequestId", "error-" + code)));

    assertThat(thrown.getErrorCode()).isEqualTo(code);
    assertThat(thrown.getRequestId()).isNotEmpty();
  }

  /** All calls fall into one second, because the server's clock is fixed. */
  @Test
  void isThrottledInEveryMode() {
    for (Api api : SPECIFICATION.apis()) {
      List<Mode> modes = modes().filter(m -> m.api().equals(api)).toList();
      int limit = api.limit().requests();
      assertThat(modes).hasSizeGreaterThan(limit);
      List<String> codes =
          modes.stream().map(mode -> errorCode(mode, api.examples().get(0).request())).toList();

      assertThat(codes.subList(0, limit)).containsOnly("");
      assertThat(codes.subList(limit, codes.size())).containsOnly("RequestLimitExceeded");
      TencentCloudSDKException throttled =
          catchThrowableOfType(
              TencentCloudSDKException.class,
              () -> call(modes.get(0), api.examples().get(0).request()));
      assertThat(throttled).hasMessageContaining("exceeds the frequency limit `20`");
      assertThat(throttled.getRequestId()).isNotEmpty();
    }
  }

  @Test
  void isRejectedWithAWrongKey() {
    key = new Credentials(key.secretId(), "wrong");

    modes()
        .forEach(
            mode ->
                assertThat(errorCode(mode, mode.api().examples().get(0).request()))
                    .as(mode.toString())
                    .isEqualTo("AuthFailure.SignatureFailure"));
  }

  @Test
  void sendsSpecialCharactersOfAnId() {
    modes()
        .filter(mode -> mode.addressing() == Addressing.DOMAIN && !mode.https())
        .forEach(
            mode ->
                assertThat(errorCode(mode, Map.of("AsyncRequestId", "a b~*&=+%/ü中")))
                    .as(mode.toString())
                    .isEqualTo("ResourceNotFound"));
  }

  @Test
  void usesATemporaryKeyOnlyWithItsToken() {
    Credentials temporary =
        new Credentials(key.secretId() + "-temporary", key.secretKey(), Optional.of("a-token"));
    stub.accounts().add(temporary);

    modes()
        .filter(mode -> mode.addressing() == Addressing.ADDRESS && !mode.https())
        .forEach(
            mode -> {
              Map<String, String> example = mode.api().examples().get(0).request();
              key = temporary;
              assertThat(errorCode(mode, example)).as(mode.toString()).isEmpty();
              key = new Credentials(temporary.secretId(), temporary.secretKey());
              assertThat(errorCode(mode, example)).isEqualTo("AuthFailure.TokenFailure");
            });
  }

  /** HTTP/2 has no Host header, but the host is signed. */
  @ParameterizedTest
  @CsvSource({"false, HTTP_1_1", "true, HTTP_2"})
  void speaksTheProtocolThatTheSdkPrefers(boolean https, Protocol spoken) throws Exception {
    for (Api api : SPECIFICATION.apis()) {
      Mode mode =
          new Mode(api, ClientProfile.SIGN_TC3_256, HttpProfile.REQ_POST, https, Addressing.DOMAIN);
      PROTOCOLS.clear();

      assertThat(call(mode, api.examples().get(0).request()).has("Status")).isTrue();
      assertThat(PROTOCOLS).containsExactly(spoken);
    }
  }

  @Test
  void maySendAnUnsignedPayload() throws Exception {
    Api api = SPECIFICATION.apis().get(0);
    for (String method : List.of(HttpProfile.REQ_POST, HttpProfile.REQ_GET)) {
      Mode mode = new Mode(api, ClientProfile.SIGN_TC3_256, method, false, Addressing.ADDRESS);
      ClientProfile profile = profile(mode);
      profile.setUnsignedPayload(true);
      profile.setLanguage(Language.EN_US);

      assertThat(call(mode, profile, api.examples().get(0).request()).has("Status")).isTrue();
    }
  }

  @Test
  void goesThroughTheStubAsAProxy() throws Exception {
    for (Api api : SPECIFICATION.apis()) {
      Mode mode =
          new Mode(api, ClientProfile.SIGN_TC3_256, HttpProfile.REQ_POST, false, Addressing.DOMAIN);
      HttpProfile http = new HttpProfile();
      http.setProtocol(HttpProfile.REQ_HTTP);
      http.setEndpoint(api.domain());
      http.setProxyHost("127.0.0.1");
      http.setProxyPort(stub.endpoint().getPort());
      ClientProfile profile = new ClientProfile(ClientProfile.SIGN_TC3_256, http);

      assertThat(call(mode, profile, api.examples().get(0).request()).has("Status")).isTrue();
    }
  }

  private String errorCode(Mode mode, Map<String, String> arguments) {
    try {
      call(mode, arguments);
      return "";
    } catch (TencentCloudSDKException e) {
      return String.valueOf(e.getErrorCode());
    }
  }

  private JsonNode call(Mode mode, Map<String, String> arguments) throws TencentCloudSDKException {
    return call(mode, profile(mode), arguments);
  }

  private JsonNode call(Mode mode, ClientProfile profile, Map<String, String> arguments)
      throws TencentCloudSDKException {
    Credential credential = new Credential(key.secretId(), key.secretKey());
    key.token().ifPresent(credential::setToken);
    CommonClient client =
        new CommonClient(mode.api().product(), mode.api().version(), credential, REGION, profile);
    String response =
        client.call(mode.api().action(), Json.mapper().valueToTree(arguments).toString());
    return Json.read(response).path("Response");
  }

  private static ClientProfile profile(Mode mode) {
    URI endpoint = mode.https() ? stub.httpsEndpoint().orElseThrow() : stub.endpoint();
    String host =
        switch (mode.addressing()) {
          case ADDRESS -> "127.0.0.1";
          case LOCALHOST -> "localhost";
          case DOMAIN -> mode.api().domain();
        };
    HttpProfile http = new HttpProfile();
    http.setProtocol(mode.https() ? HttpProfile.REQ_HTTPS : HttpProfile.REQ_HTTP);
    http.setReqMethod(mode.method());
    http.setEndpoint(host + ":" + endpoint.getPort());
    http.setHttpClient(transport);
    return new ClientProfile(mode.signMethod(), http);
  }

  /**
   * Returns the SDK's transport: resolves all names to the loopback address and verifies the stub's
   * certificate.
   */
  private static OkHttpClient transport(X509TrustManager trust) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new X509TrustManager[] {trust}, null);
    return new OkHttpClient.Builder()
        .dns(name -> List.of(InetAddress.getLoopbackAddress()))
        .sslSocketFactory(context.getSocketFactory(), trust)
        .addNetworkInterceptor(
            chain -> {
              Response response = chain.proceed(chain.request());
              PROTOCOLS.add(response.protocol());
              return response;
            })
        .build();
  }

  private static X509TrustManager trustManager(ServerCertificate certificate)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(certificate.trustStore())) {
      store.load(in, ServerCertificate.TRUST_STORE_PASSWORD.toCharArray());
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }
}
