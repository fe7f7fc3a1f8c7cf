package asyncinfo.wire;

import java.util.regex.Pattern;

/** Takes SecretIds, signatures and tokens out of what people will see. */
public final class Redaction {
  /** Stands where something secret stood. */
  public static final String REDACTED = "***";

  private static final Pattern AUTHORIZATION =
      Pattern.compile("(Credential=)[^/,\\s]*|(Signature=)[0-9A-Za-z%+/=]*");
  private static final Pattern PARAMETER =
      Pattern.compile("\\b(SecretId|Signature|Token)=[^&\\s]*");
  private static final int LONGEST = 2_000;

  private Redaction() {}

  /** A request as text: its first line, headers and body, without secrets, long bodies cut. */
  public static String of(HttpMessage message) {
    StringBuilder text = new StringBuilder();
    text.append(message.method())
        .append(' ')
        .append(parameters(cut(message.target())))
        .append('\n');
    for (Header header : message.headers()) {
      text.append(header.name()).append(": ").append(value(header)).append('\n');
    }
    if (message.body().length > 0) {
      text.append('\n').append(parameters(cut(message.bodyText())));
    }
    return text.toString();
  }

  /** A reply as text: status, headers and body, long bodies cut. */
  public static String of(Reply reply) {
    StringBuilder text = new StringBuilder("HTTP " + reply.status() + "\n");
    reply.headers().forEach(h -> text.append(h.name()).append(": ").append(h.value()).append('\n'));
    return text.append('\n').append(cut(reply.text())).toString();
  }

  private static String value(Header header) {
    return switch (header.name()) {
      case "Authorization" -> AUTHORIZATION.matcher(header.value()).replaceAll("$1$2" + REDACTED);
      case "X-TC-Token" -> REDACTED;
      default -> header.value();
    };
  }

  private static String parameters(String text) {
    return PARAMETER.matcher(text).replaceAll("$1=" + REDACTED);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "… (" + text.length() + " characters in all)";
  }
}
