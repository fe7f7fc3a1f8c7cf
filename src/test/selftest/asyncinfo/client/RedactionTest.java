package asyncinfo.client;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing secret of a request is shown, nor what a reply repeats of it. */
class RedactionTest {
  private static final Api API = Specification.load().apis().get(0);
  private static final Credentials KEY =
      new Credentials("AKIDcanary/+=0123", "key-canary-0123", Optional.of("token-canary/+=0123"));

  @ParameterizedTest
  @EnumSource(RequestFormat.class)
  void showsARequestWithoutItsSecrets(RequestFormat format) {
    SignedRequest message = message(format);
    Redaction redaction = Redaction.of(message, KEY);

    String shown = redaction.request(message);

    assertThat(shown).doesNotContain("canary").doesNotContain(signature(message));
    assertThat(shown).contains("***", API.action(), "4762");
  }

  @ParameterizedTest
  @EnumSource(RequestFormat.class)
  void showsAReplyWithoutWhatItRepeats(RequestFormat format) {
    SignedRequest message = message(format);
    String repeated = signature(message) + " " + KEY.secretId() + " " + KEY.token().orElseThrow();
    ApiResponse reply =
        new ApiResponse(
            500,
            List.of(new Header("X-Echo", repeated)),
            ("{\"said\":\"" + repeated.replace("/", "\\/") + " " + KEY.secretKey() + "\"}")
                .getBytes(StandardCharsets.UTF_8));

    String shown = Redaction.of(message, KEY).reply(reply);

    assertThat(shown).doesNotContain("canary").doesNotContain(signature(message));
    assertThat(shown)
        .startsWith("HTTP 500\nX-Echo: *** *** ***\n\n{\"said\":\"*** *** *** <SecretKey>\"}");
  }

  /** Covers secrets that an endpoint repeats in another encoding. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "AKIDcanary%2f%2B%3d0123",
        "AKIDcanary%252F%252B%253D0123",
        "AKIDcanary\\/+=0123",
        "AKIDcanary\\u002f\\u002B\\u003d0123",
        "AKIDcanary&#x2F;&#43;=0123",
        "A\u0000K\u0000I\u0000D\u0000c\u0000a\u0000n\u0000a\u0000r\u0000y\u0000/\u0000+\u0000=\u00000\u00001\u00002\u00003",
        "Credential=AKIDcanary\\/+=0123/2026-11-22/dts",
        "SecretId=AKIDcanary\\/\\u002b=0123&"
      })
  void knowsSecretsInOtherEncodings(String text) {
    assertThat(Redaction.of(KEY).apply("<" + text + ">"))
        .contains("***")
        .doesNotContainPattern("(?i)canary|c.a.n.a.r.y|123");
  }

  /** Covers texts without escapes, which are searched for the values alone at first. */
  @ParameterizedTest
  @ValueSource(strings = {"AKIDCANARY/+=0123", "KEY-CANARY-0123", "6b65792D63616E6172792d30313233"})
  void knowsSecretsInAnyCase(String text) {
    assertThat(Redaction.of(KEY).apply("<" + text + ">")).matches("<(\\*\\*\\*|<SecretKey>)>");
  }

  /** Covers a letter whose lower case depends on what follows. */
  @Test
  void knowsSecretsThatAreNotAscii() {
    Credentials key = new Credentials("AKIDΣΑΣ", "key-canary", Optional.empty());

    assertThat(Redaction.of(key).apply("<AKIDΣΑΣΑ>")).isEqualTo("<***Α>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc"})
  void knowsSecretsInBase64(String before) {
    String text = before + KEY.secretId() + "=behind";
    String redacted =
        Redaction.of(KEY)
            .apply(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));

    assertThat(redacted).contains("***").hasSizeLessThan(20);
  }

  /** Checks that the end of a JSON text is not taken for a part of the secret. */
  @Test
  void leavesJsonWhole() {
    String text = "{\"said\":\"\\\"Signature=abcdef\\\" was wrong\"}";

    assertThat(Redaction.of(KEY).apply(text))
        .isEqualTo("{\"said\":\"\\\"Signature=***\\\" was wrong\"}");
  }

  /** Checks that truncation does not show a part of a key. */
  @ParameterizedTest
  @ValueSource(ints = {1_980, 1_990, 1_999, 2_000})
  void cutsBehindTheSecretsAndNotWithinThem(int before) {
    String text = "x".repeat(before) + KEY.secretKey() + "y".repeat(100);
    ApiResponse reply = new ApiResponse(200, List.of(), text.getBytes(StandardCharsets.UTF_8));

    assertThat(Redaction.of(KEY).reply(reply)).doesNotContain("key").endsWith("characters in all)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TC3-HMAC-SHA256 Credential=other0/2026-11-22/dts/tc3_request, Signature=other0",
        "/?SecretId=other0&Signature=other0&Token=other0",
        "x-tc-token: other0"
      })
  void knowsThePlacesOfSecretsToo(String text) {
    assertThat(Redaction.of(KEY).apply(text)).doesNotContain("other0").contains("***");
  }

  private static String signature(SignedRequest message) {
    Matcher found =
        Pattern.compile("Signature=([^&]+)")
            .matcher(
                String.join(
                    "&",
                    message.header("Authorization").orElse(""),
                    message.query(),
                    message.bodyText()));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static SignedRequest message(RequestFormat format) {
    return ApiRequest.of(
            API,
            format,
            API.domain(),
            "ap-guangzhou",
            Map.of("AsyncRequestId", "4762"),
            KEY,
            Instant.ofEpochSecond(1_800_000_000),
            7)
        .sign();
  }
}
