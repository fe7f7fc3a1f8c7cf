package asyncinfo.drift;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sentence with gaps: {@code Domain name for API request: {domain}.} */
final class SentencePattern {
  private static final Pattern GAP = Pattern.compile("\\{(\\w+)}");

  private SentencePattern() {}

  /**
   * The pattern that finds the sentence in a text, with a group for each gap.
   *
   * @param gaps what may stand in each gap, as a regular expression
   */
  static Pattern pattern(String sentence, Map<String, String> gaps) {
    StringBuilder regex = new StringBuilder("(?<!\\S)");
    Matcher gap = GAP.matcher(sentence);
    int end = 0;
    while (gap.find()) {
      regex.append(Pattern.quote(sentence.substring(end, gap.start())));
      regex.append("(?<%s>%s)".formatted(gap.group(1), gaps.get(gap.group(1))));
      end = gap.end();
    }
    return Pattern.compile(regex + Pattern.quote(sentence.substring(end)) + "(?!\\S)");
  }
}
