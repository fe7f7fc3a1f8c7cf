package asyncinfo.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.ApiResponse;
import asyncinfo.client.ForwardProxy;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.RestAssuredClient;
import asyncinfo.client.SignedRequest;
import asyncinfo.client.Timeouts;
import asyncinfo.client.Truststore;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests through a forward proxy. The host names have no address, so only the proxy finds them.
 */
class ProxyIT {
  private static final Specification SPECIFICATION = Specification.load();
  private static final Api API = SPECIFICATION.apis().get(0);
  private static final String HOST = "endpoint.invalid";

  @TempDir static Path folder;

  private static Stub stub;
  private static ServerCertificate certificate;

  @BeforeAll
  static void startStub() throws Exception {
    certificate = ServerCertificate.generate(folder, List.of(HOST));
    Stub.Listener listener =
        new Stub.Listener("127.0.0.1", 0, Optional.of(new Stub.Https(0, certificate)));
    stub = Stub.start(Stub.Options.of(SPECIFICATION).withListener(listener));
  }

  @AfterAll
  static void stopStub() {
    stub.close();
  }

  @ParameterizedTest
  @EnumSource(RequestFormat.class)
  void reachesAnHttpsEndpointThroughATunnel(RequestFormat format) throws Exception {
    try (ForwardProxy proxy = new ForwardProxy(stub.httpsEndpoint().orElseThrow().getPort(), 200);
        RestAssuredClient client = client("https", proxy)) {
      assertThat(client.send(request(format)).requestId()).isPresent();

      assertThat(proxy.requestLines()).containsExactly("CONNECT " + HOST + ":443 HTTP/1.1");
    }
  }

  @ParameterizedTest
  @EnumSource(RequestFormat.class)
  void sendsRequestsForAnHttpEndpointToTheProxy(RequestFormat format) throws Exception {
    SignedRequest request = request(format);
    try (ForwardProxy proxy = new ForwardProxy(stub.endpoint().getPort(), 200);
        RestAssuredClient client = client("http", proxy)) {
      ApiResponse response = client.send(request);

      assertThat(response.errorCode()).isEmpty();
      assertThat(proxy.requestLines())
          .containsExactly(
              "%s http://%s%s HTTP/1.1".formatted(request.method(), HOST, request.target()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 407, 502})
  void reportsARefusedTunnelAsNoResponseOfTheEndpoint(int status) {
    try (ForwardProxy proxy = new ForwardProxy(stub.endpoint().getPort(), status);
        RestAssuredClient client = client("https", proxy)) {
      assertThatThrownBy(() -> client.send(request(RequestFormat.GET_V3)))
          .isInstanceOf(NoResponseException.class)
          .hasMessage(
              "https://%s through the proxy %s: the proxy refused the request with HTTP %d"
                  .formatted(HOST, proxy.address(), status));
      assertThat(proxy.requestLines()).hasSize(1);
    }
  }

  /** REST Assured would take the proxy of the JVM. */
  @Test
  void sendsNothingToTheProxyOfTheJvm() throws Exception {
    try (ForwardProxy proxy = new ForwardProxy(stub.endpoint().getPort(), 200);
        RestAssuredClient client = new RestAssuredClient(stub.endpoint(), Timeouts.DEFAULT)) {
      System.setProperty("http.proxyHost", proxy.address().host());
      System.setProperty("http.proxyPort", Integer.toString(proxy.address().port()));
      System.setProperty("http.nonProxyHosts", "");

      assertThat(client.send(request(RequestFormat.GET_V3)).errorCode()).isEmpty();
      assertThat(proxy.requestLines()).isEmpty();
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
      System.clearProperty("http.nonProxyHosts");
    }
  }

  private static RestAssuredClient client(String scheme, ForwardProxy proxy) {
    return new RestAssuredClient(
        URI.create(scheme + "://" + HOST),
        Timeouts.DEFAULT,
        Optional.of(new Truststore(certificate.trustStore(), "changeit")),
        Optional.of(proxy.address()));
  }

  private static SignedRequest request(RequestFormat format) {
    return ApiRequest.of(
            API,
            format,
            HOST,
            "ap-guangzhou",
            API.examples().get(0).request(),
            stub.accounts().create(),
            Instant.now(),
            1)
        .sign();
  }
}
