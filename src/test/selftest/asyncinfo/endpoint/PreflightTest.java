package asyncinfo.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.client.RawServer;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.SignedRequest;
import asyncinfo.config.Settings;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that invalid settings are distinguished from faults of the endpoint. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class PreflightTest {
  private static final Specification SPECIFICATION = Specification.load();
  private static final Api API = SPECIFICATION.apis().get(0);
  private static final int FORMATS = RequestFormat.EACH_METHOD_AND_SIGNATURE.size();
  private static final String KEY = "canary-secret-key";
  private static final SignedRequest REQUEST = new SignedRequest("GET", "", List.of(), new byte[0]);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "AuthFailure.SecretIdNotFound, TENCENTCLOUD_SECRET_ID",
    "AuthFailure.SignatureFailure, TENCENTCLOUD_SECRET_KEY",
    "AuthFailure.TokenFailure, TENCENTCLOUD_TOKEN",
    "AuthFailure.UnauthorizedOperation, CAM policies",
    "AuthFailure.MFAFailure, multi-factor",
    "AuthFailure.SignatureExpire, clock",
    "UnauthorizedOperation, CAM policies",
    "UnauthorizedOperation.NotEnoughPrivileges, CAM policies",
    "UnsupportedRegion, the setting region",
    "IpNotInWhitelist, address",
    "IpInBlacklist, address"
  })
  void blocksAnApiThatRefusesEveryFormatBecauseOfTheSettings(String code, String remedy)
      throws Exception {
    try (RawServer server = server(line -> error(code, "No\\n way for " + KEY));
        TargetEndpoint target = target(server);
        PacedClient client = new PacedClient(target)) {
      Preflight.check(SPECIFICATION, target, client, InstantSource.system(), folder);

      assertThat(server.requests()).hasSize(FORMATS);
      assertThatThrownBy(() -> client.send(API, REQUEST))
          .isInstanceOf(RequestNotSentException.class)
          .hasMessageStartingWith(
              "not sent: %s refuses every request format with %s (No way for <SecretKey>; RequestId r-1)"
                      .formatted(API.id(), code)
                  + "; check ")
          .hasMessageContaining(remedy);
      assertThat(server.requests()).hasSize(FORMATS);
      assertThat(BlockedApis.read(folder).reasons()).containsOnlyKeys(API.id());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "InternalError",
        "ResourceNotFound",
        "InvalidParameterValue",
        "RequestLimitExceeded",
        "UnsupportedRegions",
        "AuthFailures.SecretIdNotFound"
      })
  void sendsOnWhereTheCodeConcernsNoSetting(String code) throws Exception {
    assertSendsOn(line -> error(code, "m"));
  }

  @Test
  void sendsOnWhereOneFormatIsServed() throws Exception {
    String refused = error("AuthFailure.SignatureFailure", "m");
    String served = "{\"Response\":{\"RequestId\":\"r-1\"}}";

    assertSendsOn(line -> line.startsWith("POST") ? refused : served);
    assertSendsOn(line -> line.contains("Signature=") ? refused : served);
    assertSendsOn(line -> line.contains("Signature=") ? served : refused);
  }

  @Test
  void sendsOnWhereTheResponseIsNoEnvelope() throws Exception {
    assertSendsOn(line -> "<html>403</html>");
  }

  @Test
  void namesEachCodeOnce() throws Exception {
    try (RawServer server =
            server(
                line ->
                    error(
                        line.contains("Signature=")
                            ? "AuthFailure.SignatureFailure"
                            : "AuthFailure.InvalidAuthorization",
                        "m"));
        TargetEndpoint target = target(server);
        PacedClient client = new PacedClient(target)) {
      Preflight.check(SPECIFICATION, target, client, InstantSource.system(), folder);

      assertThat(BlockedApis.read(folder).reason(API).orElseThrow())
          .containsOnlyOnce("AuthFailure.InvalidAuthorization (m; RequestId r-1) and")
          .containsOnlyOnce("AuthFailure.SignatureFailure (m; RequestId r-1);");
    }
  }

  private void assertSendsOn(Function<String, String> responses) throws Exception {
    try (RawServer server = server(responses);
        TargetEndpoint target = target(server);
        PacedClient client = new PacedClient(target)) {
      assertThat(BlockedApis.areKnown(folder.resolve("another-run"))).isFalse();
      Preflight.check(SPECIFICATION, target, client, InstantSource.system(), folder);
      int sent = server.requests().size();
      client.send(API, REQUEST);

      assertThat(sent).isBetween(1, FORMATS);
      assertThat(server.requests()).hasSize(sent + 1);
      assertThat(BlockedApis.read(folder)).isEqualTo(BlockedApis.NONE);
      assertThat(BlockedApis.areKnown(folder)).isTrue();
    }
  }

  private static String error(String code, String message) {
    return "{\"Response\":{\"Error\":{\"Code\":\"%s\",\"Message\":\"%s\"},\"RequestId\":\"r-1\"}}"
        .formatted(code, message);
  }

  /** A server that answers by the first line of the request. */
  private static RawServer server(Function<String, String> responses) {
    RawServer[] self = new RawServer[1];
    self[0] =
        new RawServer(
            client -> {
              List<String> requests = self[0].requests();
              String request = requests.get(requests.size() - 1);
              String body = request.substring(request.indexOf("\r\n\r\n") + 4);
              String line = request.lines().findFirst().orElse("") + body;
              RawServer.ok(responses.apply(line)).to(client);
            });
    return self[0];
  }

  private static TargetEndpoint target(RawServer server) {
    Map<String, String> properties =
        Map.of(
            "target",
            "staging",
            API.id() + ".endpoint",
            server.endpoint().toString(),
            "max.rps",
            "15");
    Map<String, String> environment =
        Map.of("TENCENTCLOUD_SECRET_ID", "AKIDcanary", "TENCENTCLOUD_SECRET_KEY", KEY);
    return Settings.of(SPECIFICATION, properties, environment).open();
  }
}
