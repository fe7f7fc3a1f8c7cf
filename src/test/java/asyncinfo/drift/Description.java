package asyncinfo.drift;

import asyncinfo.contract.DocumentedValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * What the description of a row says.
 *
 * @param words the words that are left without constant and values
 * @param constant the only value that the parameter takes
 * @param values the values that it takes, where they are listed
 */
record Description(String words, Optional<String> constant, List<DocumentedValue> values) {

  static Description of(String text, PageTemplate format) {
    Matcher constant =
        SentencePattern.pattern(format.constant(), Map.of("value", "\\S+?")).matcher(text);
    if (constant.find()) {
      String words = text.replace(constant.group(), "").replaceAll("\\s+", " ").strip();
      return new Description(words, Optional.of(constant.group("value")), List.of());
    }
    return listed(text, format);
  }

  private static Description listed(String text, PageTemplate format) {
    for (String introduction : format.lists()) {
      int at = text.toLowerCase(Locale.ROOT).indexOf(introduction.toLowerCase(Locale.ROOT));
      if (at >= 0) {
        ValueList list =
            ValueList.read(text.substring(at + introduction.length()), format.conjunctions());
        String words = (text.substring(0, at).strip() + " " + list.rest()).strip();
        return new Description(words, Optional.empty(), list.values());
      }
    }
    return new Description(text.strip(), Optional.empty(), List.of());
  }
}
