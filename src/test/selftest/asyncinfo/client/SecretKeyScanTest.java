package asyncinfo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that a SecretKey is found and redacted in each reversible encoding. */
class SecretKeyScanTest {
  private static final String SECRET_KEY = "Gu5t9xGARNpq86cd98joQYCN3/+canary";
  private static final Credentials KEY =
      new Credentials("AKIDz8krbsJ5yKBZQpn74", SECRET_KEY, Optional.of("token-of-the-key"));

  private static final SignedRequest UNSIGNED =
      new SignedRequest("GET", "", List.of(), new byte[0]);
  private static final SignedRequest SIGNED =
      UNSIGNED.withHeader(
          "Authorization",
          "TC3-HMAC-SHA256 Credential=AKID/2026-11-22/dts/tc3_request, SignedHeaders=host,"
              + " Signature=0");

  static Stream<String> forms() {
    byte[] bytes = SECRET_KEY.getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        SECRET_KEY,
        "x" + SECRET_KEY + "x",
        SECRET_KEY.toUpperCase(Locale.ROOT),
        SECRET_KEY.replace("/", "\\/"),
        URLEncoder.encode(SECRET_KEY, StandardCharsets.UTF_8),
        URLEncoder.encode(
            URLEncoder.encode(SECRET_KEY, StandardCharsets.UTF_8), StandardCharsets.UTF_8),
        eachCharacter("%%%02x"),
        eachCharacter("\\u%04X"),
        eachCharacter("&#%d;"),
        HexFormat.of().formatHex(bytes),
        HexFormat.of().withUpperCase().formatHex(bytes),
        base64(SECRET_KEY),
        base64("k" + SECRET_KEY + "behind"),
        base64("ke" + SECRET_KEY + "behind"),
        base64("key" + SECRET_KEY + "behind"),
        Base64.getUrlEncoder().encodeToString(bytes),
        new String(SECRET_KEY.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8));
  }

  private static String eachCharacter(String format) {
    return SECRET_KEY.chars().mapToObj(format::formatted).collect(Collectors.joining());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void findsTheSecretKeyInTheBodyAndRedactsIt(String form) {
    ApiResponse response = response("{\"Message\": \"not valid: " + form + "\"}");

    assertThat(find(response)).contains("the body");
    assertThat(Redaction.of(KEY).reply(response))
        .contains(Redaction.SECRET_KEY)
        .doesNotContain(form);
  }

  @Test
  void findsTheSecretKeyInAHeader() {
    ApiResponse response =
        new ApiResponse(200, List.of(new Header("X-Debug", "k=" + SECRET_KEY)), new byte[0]);

    assertThat(find(response)).contains("the header X-Debug");
  }

  @Test
  void leavesAloneAResponseThatRepeatsOnlyTheSecretIdOrAPartOfTheSecretKey() {
    ApiResponse response =
        response(
            "{\"Id\": \"%s\", \"Key\": \"%s\"}".formatted(KEY.secretId(), SECRET_KEY.substring(1)));

    assertThat(find(response)).isEmpty();
  }

  /** A replayed response has the mark of redaction where the endpoint repeated the SecretKey. */
  @Test
  void findsTheSecretKeyOfARecordedRun() {
    String recorded = Redaction.of(KEY).apply("not valid: " + base64(SECRET_KEY));

    assertThat(
            SecretKeyScan.of(new Credentials("AKIDrecorded", Redaction.SECRET_KEY))
                .find(UNSIGNED, response(recorded)))
        .contains("the body");
  }

  static Stream<byte[]> derivedKeys() {
    return SignatureV3.keys(SECRET_KEY, "2026-11-22", "dts").stream();
  }

  @ParameterizedTest
  @MethodSource("derivedKeys")
  void findsTheKeysThatSignatureV3DerivesAndRedactsThem(byte[] key) {
    String hex = HexFormat.of().formatHex(key);
    String base64 = Base64.getEncoder().encodeToString(key);
    for (String form : List.of(hex, hex.toUpperCase(Locale.ROOT), base64)) {
      ApiResponse response = response("{\"Message\": \"key " + form + "\"}");

      assertThat(SecretKeyScan.of(KEY).find(SIGNED, response)).contains("the body");
      assertThat(SecretKeyScan.of(KEY).find(UNSIGNED, response)).isEmpty();
      assertThat(Redaction.of(SIGNED, KEY).reply(response))
          .contains(Redaction.SECRET_KEY)
          .doesNotContain(form);
    }
  }

  private static Optional<String> find(ApiResponse response) {
    return SecretKeyScan.of(KEY).find(UNSIGNED, response);
  }

  private static ApiResponse response(String body) {
    return new ApiResponse(200, List.of(), body.getBytes(StandardCharsets.UTF_8));
  }
}
