package asyncinfo.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds secret values in text, plain or encoded: percent-encoded once or more, escaped as in JSON
 * or HTML, in UTF-16, in hex, and in Base64 at any alignment, in both alphabets.
 */
final class SecretForms {
  /** Minimum length of a secret; a shorter value could occur in other text by chance. */
  private static final int SHORTEST = 6;

  /** Beginnings of escapes, and what UTF-16 has between the characters of ASCII. */
  private static final List<String> ESCAPES = List.of("%", "\\", "&#", "\0");

  /** Number of sets of values kept: all texts about a request need the same. */
  private static final int RECENT = 32;

  private static final Map<Secrets, SecretForms> RECENT_FORMS =
      Collections.synchronizedMap(
          new LinkedHashMap<>(2 * RECENT, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Secrets, SecretForms> eldest) {
              return size() > RECENT;
            }
          });

  private static final String[] ESCAPED_ASCII =
      IntStream.range(0, 128).mapToObj(SecretForms::escaped).toArray(String[]::new);

  private final Secrets secrets;
  private final List<String> literals;
  private volatile Pattern pattern;

  private SecretForms(Secrets secrets) {
    this.secrets = secrets;
    this.literals = secrets.forms(SecretForms::literal, SecretForms::literal).toList();
  }

  /**
   * The values to find.
   *
   * @param texts texts, the longest first
   * @param keys keys of any bytes, in hex
   */
  private record Secrets(List<String> texts, List<String> keys) {
    /** Returns each value and its encodings, converted. */
    Stream<String> forms(UnaryOperator<String> plain, UnaryOperator<String> encoding) {
      Stream<String> ofTexts =
          texts.stream()
              .flatMap(
                  text ->
                      Stream.concat(
                          Stream.of(plain.apply(text)),
                          encoded(text.getBytes(StandardCharsets.UTF_8)).map(encoding)));
      Stream<String> ofKeys =
          keys.stream().map(HexFormat.of()::parseHex).flatMap(SecretForms::encoded).map(encoding);
      return Stream.concat(ofTexts, ofKeys);
    }
  }

  /** Returns the forms of any of these values; the longest wins. */
  static SecretForms of(Stream<String> values) {
    return of(values, List.of());
  }

  /** Returns the forms of any of these values, and of these keys in hex or Base64. */
  static SecretForms of(Stream<String> values, List<byte[]> keys) {
    return RECENT_FORMS.computeIfAbsent(
        new Secrets(
            values
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList(),
            keys.stream().map(HexFormat.of()::formatHex).toList()),
        SecretForms::new);
  }

  /** Returns whether a text contains a value in any form. */
  boolean foundIn(String text) {
    return mayBeIn(text) && pattern().matcher(text).find();
  }

  /** Returns a text with each value replaced. */
  String replacedIn(String text, String replacement) {
    return mayBeIn(text) ? pattern().matcher(text).replaceAll(replacement) : text;
  }

  /** Spares most texts the pattern, which takes longer to compile than a call of the stub. */
  private boolean mayBeIn(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return ESCAPES.stream().anyMatch(text::contains) || literals.stream().anyMatch(lower::contains);
  }

  /** Returns a form in lower case; nothing, which every text contains, if it is not ASCII. */
  private static String literal(String form) {
    return form.chars().allMatch(c -> c < ESCAPED_ASCII.length)
        ? form.toLowerCase(Locale.ROOT)
        : "";
  }

  private Pattern pattern() {
    if (pattern == null) {
      String any =
          secrets.forms(SecretForms::escaped, Pattern::quote).collect(Collectors.joining("|"));
      pattern = Pattern.compile(any.isEmpty() ? "(?!)" : any, Pattern.CASE_INSENSITIVE);
    }
    return pattern;
  }

  /** Returns a pattern for a value with any of its characters escaped, or in UTF-16. */
  private static String escaped(String value) {
    return value
        .chars()
        .mapToObj(c -> c < ESCAPED_ASCII.length ? ESCAPED_ASCII[c] : escaped(c))
        .collect(Collectors.joining("\\x00?"));
  }

  private static String escaped(int c) {
    String plain = Pattern.quote(Character.toString(c));
    String backslash = Character.isLetterOrDigit(c) ? "" : "|\\\\+" + plain;
    return "(?:%s|%%(?:25)*%2$02x|\\\\+u%2$04x|&#x0*%2$x;|&#0*%2$d;%3$s)"
        .formatted(plain, c, backslash);
  }

  /**
   * Returns bytes in hex, and the part of their Base64 form that does not depend on adjacent bytes,
   * at each alignment.
   */
  private static Stream<String> encoded(byte[] bytes) {
    return Stream.concat(
        Stream.of(HexFormat.of().formatHex(bytes)),
        Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
            .flatMap(
                encoder ->
                    IntStream.range(0, 3)
                        .mapToObj(before -> base64(bytes, before, encoder.withoutPadding())))
            .distinct());
  }

  private static String base64(byte[] bytes, int before, Base64.Encoder encoder) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    String text = encoder.encodeToString(shifted);
    return text.substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
  }
}
