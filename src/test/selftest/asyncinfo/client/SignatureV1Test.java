package asyncinfo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signature v1 against every published vector, and those derived from them. */
class SignatureV1Test {
  private static final String EXAMPLE_ID = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
  private static final String EXAMPLE_KEY = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";

  @ParameterizedTest
  @CsvSource({
    "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE, Gu5t9xGARNpq86cd98joQYCN3EXAMPLE,"
        + " EliP9YW3pW28FpsEdkXt/+WcGeI=",
    "AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******, Gu5t9xGARNpq86cd98joQYCN3*******,"
        + " zmmjn35mikh6pM3V7sUEuX4wyYM=",
    "AKID********************************, ********************************,"
        + " 7RAM2xfNMO9EiVTNmPg06MRnCvQ="
  })
  void signsThePublishedGet(String secretId, String secretKey, String signature) {
    String toSign = SignatureV1.stringToSign("GET", "cvm.tencentcloudapi.com", example(secretId));

    assertThat(SignatureV1.signature(SignatureMethod.HMAC_SHA1, secretKey, toSign))
        .isEqualTo(signature);
  }

  @Test
  void signsTheExampleWithHmacSha256() {
    List<Parameter> parameters =
        Stream.concat(
                example(EXAMPLE_ID).stream(),
                Stream.of(new Parameter("SignatureMethod", "HmacSHA256")))
            .toList();

    String toSign = SignatureV1.stringToSign("GET", "cvm.tencentcloudapi.com", parameters);

    assertThat(SignatureV1.signature(SignatureMethod.HMAC_SHA256, EXAMPLE_KEY, toSign))
        .isEqualTo("A8uy2/o7WBZXYCTWEFpMrVGhGBVlEGIOioeqRM+fzFs=");
  }

  @Test
  void signsTheExampleAsPost() {
    String toSign =
        SignatureV1.stringToSign("POST", "cvm.tencentcloudapi.com", example(EXAMPLE_ID));

    assertThat(SignatureV1.signature(SignatureMethod.HMAC_SHA1, EXAMPLE_KEY, toSign))
        .isEqualTo("/4JqpPkM1WMS/I5IvWzp5mqoqWY=");
  }

  @Test
  void sortsByNameAsAscii() {
    List<Parameter> parameters =
        List.of(
            new Parameter("Ids.2", "b"), new Parameter("Ids.12", "a"), new Parameter("A", "ü &"));

    assertThat(SignatureV1.stringToSign("GET", "h", parameters))
        .isEqualTo("GETh/?A=ü &&Ids.12=a&Ids.2=b");
  }

  @ParameterizedTest
  @CsvSource({
    "HMAC_SHA1, XjwGF9U5zdo93uMrX2b1ZDwoFOo=",
    "HMAC_SHA256, 6c+oFbRDL8wKcVPPwa4KtGMOzMuJTQDwV+8tMMPf7oM="
  })
  void agreesWithTheNodeSdk(SignatureMethod method, String signature) {
    assertThat(SignatureV1.signature(method, "test-secret-key", "test-sign-string"))
        .isEqualTo(signature);
  }

  private static List<Parameter> example(String secretId) {
    return List.of(
        new Parameter("Action", "DescribeInstances"),
        new Parameter("InstanceIds.0", "ins-09dx96dg"),
        new Parameter("Limit", "20"),
        new Parameter("Nonce", "11886"),
        new Parameter("Offset", "0"),
        new Parameter("Region", "ap-guangzhou"),
        new Parameter("SecretId", secretId),
        new Parameter("Timestamp", "1465185768"),
        new Parameter("Version", "2017-03-12"));
  }
}
