package asyncinfo.client;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Removes SecretIds, SecretKeys, signatures and tokens from output: by their position in requests,
 * and by value wherever a response repeats them.
 */
public final class Redaction {
  /** Replaces a secret. */
  public static final String REDACTED = "***";

  /** Replaces a SecretKey, or a key derived from it, which no response may repeat. */
  public static final String SECRET_KEY = "<SecretKey>";

  private static final Pattern AUTHORIZATION =
      Pattern.compile("(Credential=)([^/,\\s\"\\\\]+)|(Signature=)([0-9A-Za-z%+/=]+)");
  private static final Pattern PARAMETER =
      Pattern.compile("\\b(SecretId|Signature|Token)=((?:[^&\\s\"\\\\]|\\\\[^\\s\"])+)");
  private static final Pattern TOKEN = Pattern.compile("(?i)(X-TC-Token: *)(\\S+)");

  private static final int LONGEST = 2_000;

  /** Number of characters scanned, so that truncation does not split a secret. */
  private static final int MARGIN = 8_000;

  private final SecretForms secretKey;
  private final SecretForms otherSecrets;

  private Redaction(Credentials key, Optional<String> scope, Stream<String> others) {
    this.secretKey = SecretKeyScan.forms(key, scope);
    this.otherSecrets =
        SecretForms.of(
            Stream.concat(Stream.concat(Stream.of(key.secretId()), key.token().stream()), others));
  }

  /** Returns a redaction for texts about requests signed with a key. */
  public static Redaction of(Credentials key) {
    return new Redaction(key, Optional.empty(), Stream.empty());
  }

  /**
   * Returns a redaction for a request and its response, which also removes the secrets of that
   * request.
   */
  public static Redaction of(SignedRequest request, Credentials key) {
    return new Redaction(key, SignatureV3.scope(request), valuesOf(request));
  }

  private static Stream<String> valuesOf(SignedRequest request) {
    Set<String> values = new LinkedHashSet<>();
    request.header("X-TC-Token").ifPresent(values::add);
    String authorization = request.header("Authorization").orElse("");
    for (Matcher found = AUTHORIZATION.matcher(authorization); found.find(); ) {
      values.add(found.group(2) == null ? found.group(4) : found.group(2));
    }
    boolean form = request.header("Content-Type").map(ApiRequest.FORM_UTF8::equals).orElse(false);
    for (String text : List.of(request.query(), form ? request.bodyText() : "")) {
      for (Matcher found = PARAMETER.matcher(text); found.find(); ) {
        values.add(found.group(2));
        values.add(URLDecoder.decode(found.group(2), StandardCharsets.UTF_8));
      }
    }
    return values.stream();
  }

  /** Returns the text without secrets. */
  public String apply(String text) {
    // By value first: a pattern by position might match only a part of an escaped value.
    String keyless = secretKey.replacedIn(text, SECRET_KEY);
    String valueless = otherSecrets.replacedIn(keyless, REDACTED);
    String placeless = AUTHORIZATION.matcher(valueless).replaceAll("$1$3" + REDACTED);
    placeless = PARAMETER.matcher(placeless).replaceAll("$1=" + REDACTED);
    return TOKEN.matcher(placeless).replaceAll("$1" + REDACTED);
  }

  /** Returns a request as text: its first line, headers and body, without secrets and truncated. */
  public String request(SignedRequest message) {
    StringBuilder text = new StringBuilder();
    text.append(message.method()).append(' ').append(shown(message.target())).append('\n');
    for (Header header : message.headers()) {
      text.append(apply(header.name() + ": " + header.value())).append('\n');
    }
    if (message.body().length > 0) {
      text.append('\n').append(shown(message.bodyText()));
    }
    return text.toString();
  }

  /** Returns a response as text: status, headers and body, without secrets and truncated. */
  public String reply(ApiResponse reply) {
    StringBuilder text = new StringBuilder("HTTP " + reply.status() + "\n");
    reply.headers().forEach(h -> text.append(shown(h.name() + ": " + h.value())).append('\n'));
    return text.append('\n').append(shown(reply.text())).toString();
  }

  private String shown(String text) {
    String start = apply(text.length() <= MARGIN ? text : text.substring(0, MARGIN));
    return text.length() <= LONGEST
        ? start
        : start.substring(0, Math.min(start.length(), LONGEST))
            + "… ("
            + text.length()
            + " characters in all)";
  }
}
