package asyncinfo.client;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signature v3 against every published vector, and those derived for the two actions. */
class SignatureV3Test {
  private static final String ASTERISKS = "*".repeat(32);
  private static final long TIMESTAMP = 1551113065;
  private static final String BODY =
      "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\":"
          + " \"instance-name\"}]}";
  private static final Map<String, String> HEADERS =
      Map.of(
          "content-type", "application/json; charset=utf-8",
          "host", "cvm.tencentcloudapi.com",
          "x-tc-action", "DescribeInstances");

  @ParameterizedTest
  @CsvSource({
    "content-type;host, 5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031",
    "content-type;host;x-tc-action,"
        + " 7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84"
  })
  void hashesTheCanonicalRequestOfTheWorkedExample(String signedHeaders, String hash) {
    assertThat(sha256(workedExample(signedHeaders).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(hash);
  }

  @Test
  void hashesThePayloadOfTheWorkedExample() {
    assertThat(workedExample("content-type;host"))
        .endsWith("\n35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064");
  }

  @ParameterizedTest
  @CsvSource({
    // oldest, middle and newest generation of the page; 1st and 2nd of each: without and with
    // action
    "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE, content-type;host,"
        + " 72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
    "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE, content-type;host;x-tc-action,"
        + " 644be983de9a8a3f00db8eadaba61467c3b429e2215758ba897b738ca469fd26",
    "Gu5t9xGARNpq86cd98joQYCN3*******, content-type;host,"
        + " 2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c",
    "Gu5t9xGARNpq86cd98joQYCN3*******, content-type;host;x-tc-action,"
        + " be4f67d323c78ab9acb7395e43c0dbcf822a9cfac32fea2449a7bc7726b770a3",
    "********************************, content-type;host;x-tc-action,"
        + " 10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f",
    "********************************, content-type;host,"
        + " 0ba957c8479e10a99dbe251b81ef286936efd9d45d9be9e82afcc2cc2ce15b85"
  })
  void signsTheWorkedExampleOfEachGeneration(String key, String signedHeaders, String signature) {
    String scope = SignatureV3.scope(SignatureV3.date(TIMESTAMP), "cvm");
    String toSign =
        SignatureV3.stringToSign(Long.toString(TIMESTAMP), scope, workedExample(signedHeaders));

    assertThat(SignatureV3.signature(key, scope, toSign)).isEqualTo(signature);
  }

  @ParameterizedTest
  @CsvSource({
    "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE,"
        + " d1308c81fe71cfd4e06437bbc067b2b8a3d2d8c0e375d547f15c41d5214b395a,"
        + " 3c7cb7c7795393edc14fd2e0e6434a518564b4504b88e94f5d11bf59ba3e7050,"
        + " ac658d5dde49e9bfdd14e04e062f66b05d9f637d44b8a8d845327d4a77f666b1",
    "Gu5t9xGARNpq86cd98joQYCN3*******,"
        + " f1cb4d518a0eda9d5cbbfdb7850983f1e603eeae484edea76e4dd8d8deb5556e,"
        + " e7c609ce81bea53546bed2cc904778bef9ca14082e48e67883443ed64e227cd7,"
        + " 8aa8ab5755582f576e94bcfe383b8e29325b0ca90c3590d569221c6a63a091ed",
    "********************************,"
        + " da98fb70dcf6b112dc21038d1eeeb3a95c74b4dcb12c1131f864f6066bd02be0,"
        + " 8d70cbefb03939f929db64d32dc2ba89b1095620119fe3e050e2b18c5bd2752f,"
        + " b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af"
  })
  void derivesTheIntermediateKeys(String key, String kDate, String kService, String kSigning) {
    assertThat(SignatureV3.keys(key, "2019-02-25", "cvm").stream().map(HexFormat.of()::formatHex))
        .containsExactly(kDate, kService, kSigning);
  }

  @Test
  void signsTheDocumentedGet() {
    String canonical =
        SignatureV3.canonicalRequest(
            "GET",
            "Limit=10&Offset=0",
            List.of("content-type", "host"),
            Map.of("content-type", ApiRequest.FORM, "host", "cvm.tencentcloudapi.com")::get,
            new byte[0]);
    String scope = SignatureV3.scope(SignatureV3.date(1539084154), "cvm");
    String toSign = SignatureV3.stringToSign("1539084154", scope, canonical);

    assertThat(sha256(canonical.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("91c9c192c14460df6c1ffc69e34e6c5e90708de2a6d282cccf957dbf1aa7f3a7");
    assertThat(SignatureV3.signature("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", scope, toSign))
        .isEqualTo("5da7a33f6993f0614b047e5df4582db9e9bf4672ba50567dba16c6ccf174c474");
  }

  @ParameterizedTest
  @CsvSource({
    "dts, POST_JSON_V3, content-type;host,"
        + " aef3afc06c28f8d80c0dd2efb710dd452b9ff9c2da73ffe9d63da8cc2662679f,"
        + " fc4872a076ad83e3bae2db5460c74acb8fceb7e215d2d5c9923fec102b8f8f57",
    "dts, POST_JSON_V3, content-type;host;x-tc-action,"
        + " 09e7ab555d209980befe0801140ba525e7b2180e8bd45b31bd3c79332b62148b,"
        + " dfcb4f6089ff0f864dad6bd1a1923ce8be71d4508e65b18dc284e75673ed01af",
    "dts, GET_V3, content-type;host,"
        + " 7465cbbe26f4a0ad11035ec8ac4b3b2f5f268360d64a25b5162d32632db67bf1,"
        + " ed624649a6af8223502723a13cff5d1c4283178bc86289c90c4befea5f6046fd",
    "mongodb, POST_JSON_V3, content-type;host,"
        + " 406a76c71140a5cad42fd419e6a03e2e8433f0fc2a7856dfb7cbb21532a64511,"
        + " 12e7a572f04554d6666ed7c18d6b22a7275cfc8c6a615641ef166824a88a2df4",
    "mongodb, POST_JSON_V3, content-type;host;x-tc-action,"
        + " a26d30448f8835a26f5ecd82b822de5a946566c3d932552ad68578398e2eaea6,"
        + " 906c31673b515652b90d6d99805a51c7ab344e2563ccda43daf914a4dee69d47",
    "mongodb, GET_V3, content-type;host,"
        + " a9a3fb45debdec6bba45bfe187d84f164ceeb03730ca7cae4acb20c3610f7216,"
        + " 64ef3d1632c40b3d7330d13526d492ef07954427ac005c284c360e00fe72f03e"
  })
  void signsTheExamplesOfThePages(
      String product,
      RequestFormat format,
      String signedHeaders,
      String canonicalHash,
      String signature) {
    Api api =
        Specification.load().apis().stream()
            .filter(a -> a.product().equals(product))
            .findFirst()
            .orElseThrow();
    Credentials credentials = new Credentials("AKID" + ASTERISKS, ASTERISKS);

    SignedRequest message =
        ApiRequest.of(
                api,
                format,
                api.domain(),
                "ap-guangzhou",
                api.examples().get(0).request(),
                credentials,
                Instant.ofEpochSecond(TIMESTAMP),
                1)
            .withSignedHeaders(List.of(signedHeaders.split(";", -1)))
            .sign();

    String canonical =
        SignatureV3.canonicalRequest(
            message.method(),
            message.query(),
            List.of(signedHeaders.split(";", -1)),
            name -> message.header(name).orElseThrow(),
            message.body());
    assertThat(sha256(canonical.getBytes(StandardCharsets.UTF_8))).isEqualTo(canonicalHash);
    assertThat(message.header("Authorization"))
        .contains(
            "TC3-HMAC-SHA256 Credential=AKID%s/2019-02-25/%s/tc3_request, SignedHeaders=%s, Signature=%s"
                .formatted(ASTERISKS, product, signedHeaders, signature));
  }

  @Test
  void takesTheDateOfTheScopeInUtc() {
    assertThat(SignatureV3.date(1551139199)).isEqualTo("2019-02-25");
    assertThat(SignatureV3.date(1551139200)).isEqualTo("2019-02-26");
  }

  private static String workedExample(String signedHeaders) {
    return SignatureV3.canonicalRequest(
        "POST",
        "",
        List.of(signedHeaders.split(";", -1)),
        HEADERS::get,
        BODY.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
