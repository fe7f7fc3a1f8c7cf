package asyncinfo.client;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes SecretIds, SecretKeys, signatures and tokens out of what people will see: by the places
 * where requests have them, and by their values wherever a reply repeats them.
 */
public final class Redaction {
  /** Stands where something secret stood. */
  public static final String REDACTED = "***";

  /** Stands where a SecretKey stood, which no response may repeat. */
  public static final String SECRET_KEY = "<SecretKey>";

  private static final Pattern AUTHORIZATION =
      Pattern.compile("(Credential=)([^/,\\s\"\\\\]+)|(Signature=)([0-9A-Za-z%+/=]+)");
  private static final Pattern PARAMETER =
      Pattern.compile("\\b(SecretId|Signature|Token)=((?:[^&\\s\"\\\\]|\\\\[^\\s\"])+)");
  private static final Pattern TOKEN = Pattern.compile("(?i)(X-TC-Token: *)(\\S+)");

  private static final int LONGEST = 2_000;

  /** So much more is looked at that no secret is cut in two where the text ends. */
  private static final int MARGIN = 8_000;

  private final Pattern secretKey;
  private final Pattern otherSecrets;

  private Redaction(Credentials key, Stream<String> others) {
    this.secretKey = SecretForms.of(Stream.of(key.secretKey()));
    this.otherSecrets =
        SecretForms.of(
            Stream.concat(Stream.concat(Stream.of(key.secretId()), key.token().stream()), others));
  }

  /** For texts about calls that a key signed. */
  public static Redaction of(Credentials key) {
    return new Redaction(key, Stream.empty());
  }

  /** For texts about a request and its reply, where the request has a signature of its own. */
  public static Redaction of(SignedRequest request, Credentials key) {
    return new Redaction(key, valuesOf(request));
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

  /** A text without secrets. */
  public String apply(String text) {
    // By value first: what a place is known to hold may be escaped there, and be cut in two.
    String keyless = secretKey.matcher(text).replaceAll(SECRET_KEY);
    String valueless = otherSecrets.matcher(keyless).replaceAll(REDACTED);
    String placeless = AUTHORIZATION.matcher(valueless).replaceAll("$1$3" + REDACTED);
    placeless = PARAMETER.matcher(placeless).replaceAll("$1=" + REDACTED);
    return TOKEN.matcher(placeless).replaceAll("$1" + REDACTED);
  }

  /** A request as text: its first line, headers and body, without secrets, long ones cut. */
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

  /** A reply as text: status, headers and body, without secrets, long ones cut. */
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
