package asyncinfo.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final Pattern NONE = Pattern.compile("(?!)");

  /** Number of patterns kept: compiling one takes longer than a response of the stub. */
  private static final int RECENT = 32;

  private static final Map<Secrets, Pattern> RECENT_PATTERNS =
      Collections.synchronizedMap(
          new LinkedHashMap<>(2 * RECENT, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Secrets, Pattern> eldest) {
              return size() > RECENT;
            }
          });

  private static final String[] ESCAPED_ASCII =
      IntStream.range(0, 128).mapToObj(SecretForms::escaped).toArray(String[]::new);

  private SecretForms() {}

  /**
   * The values that a pattern finds.
   *
   * @param texts texts, the longest first
   * @param keys keys of any bytes, in hex
   */
  private record Secrets(List<String> texts, List<String> keys) {}

  /** Returns a pattern that finds any of these values; the longest wins. */
  static Pattern of(Stream<String> values) {
    return of(values, List.of());
  }

  /** Returns a pattern that finds any of these values, or of these keys in hex or Base64. */
  static Pattern of(Stream<String> values, List<byte[]> keys) {
    return RECENT_PATTERNS.computeIfAbsent(
        new Secrets(
            values
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList(),
            keys.stream().map(HexFormat.of()::formatHex).toList()),
        SecretForms::pattern);
  }

  private static Pattern pattern(Secrets secrets) {
    Stream<String> texts =
        secrets.texts().stream()
            .flatMap(
                text ->
                    Stream.concat(
                        Stream.of(escaped(text)), encoded(text.getBytes(StandardCharsets.UTF_8))));
    Stream<String> keys =
        secrets.keys().stream().map(HexFormat.of()::parseHex).flatMap(SecretForms::encoded);
    List<String> forms = Stream.concat(texts, keys).toList();
    return forms.isEmpty()
        ? NONE
        : Pattern.compile(String.join("|", forms), Pattern.CASE_INSENSITIVE);
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
    return Pattern.quote(text.substring((before * 8 + 5) / 6, shifted.length * 8 / 6));
  }
}
