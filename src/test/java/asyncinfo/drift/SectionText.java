package asyncinfo.drift;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text of a section outside of its table, of which readers take what they know. */
final class SectionText {
  private String text;

  SectionText(List<PageLine> lines) {
    text = lines.stream().map(PageLine::words).collect(Collectors.joining(" "));
  }

  /** Takes each place where a sentence stands. */
  List<MatchResult> take(Pattern sentence) {
    List<MatchResult> found = sentence.matcher(text).results().toList();
    text = sentence.matcher(text).replaceAll("\n");
    return found;
  }

  /** Removes sentences that describe no API, and returns the remaining text. */
  String without(List<String> sentences) {
    sentences.forEach(each -> take(SentencePattern.pattern(each, Map.of())));
    return text.strip();
  }
}
