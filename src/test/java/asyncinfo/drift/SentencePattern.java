package asyncinfo.drift;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence with gaps: {@code Domain name for API request: {domain}.} Case, width and the space
 * around a colon may differ, and the full stop may be missing.
 */
final class SentencePattern {
  private static final Pattern GAP = Pattern.compile("\\{(\\w+)}");
  private static final Pattern LENIENT = Pattern.compile("\\s*[:：]\\s*|\\s+|[.。]|[^\\s:：.。]+");

  private static final Map<String, Pattern> KNOWN = new ConcurrentHashMap<>();

  private SentencePattern() {}

  /**
   * Returns the pattern that finds the sentence in a text, with a group for each gap.
   *
   * @param gaps the content of each gap, as a regular expression
   */
  static Pattern pattern(String sentence, Map<String, String> gaps) {
    return KNOWN.computeIfAbsent(sentence + gaps, key -> compiled(sentence, gaps));
  }

  private static Pattern compiled(String sentence, Map<String, String> gaps) {
    StringBuilder regex = new StringBuilder("(?<!\\S)");
    Matcher gap = GAP.matcher(sentence);
    int end = 0;
    while (gap.find()) {
      regex.append(lenient(sentence.substring(end, gap.start())));
      regex.append("(?<%s>%s)".formatted(gap.group(1), gaps.get(gap.group(1))));
      end = gap.end();
    }
    regex.append(lenient(sentence.substring(end)));
    return Pattern.compile(
        regex.toString().replaceFirst("\\[\\.。]$", "[.。]?") + "(?!\\S)", Pattern.CASE_INSENSITIVE);
  }

  /** Returns the patterns of several wordings. */
  static List<Pattern> patterns(List<String> sentences, Map<String, String> gaps) {
    return sentences.stream().map(sentence -> pattern(sentence, gaps)).toList();
  }

  /** Returns a regular expression for words before a list, anywhere in a text. */
  static String lenient(String words) {
    return LENIENT
        .matcher(words)
        .replaceAll(
            part -> {
              String text = part.group();
              String regex =
                  text.contains(":") || text.contains("：")
                      ? "\\s*[:：]\\s*"
                      : text.isBlank()
                          ? "\\s+"
                          : ".。".contains(text) ? "[.。]" : Pattern.quote(text);
              return Matcher.quoteReplacement(regex);
            });
  }
}
