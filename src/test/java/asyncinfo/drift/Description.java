package asyncinfo.drift;

import asyncinfo.contract.DocumentedValue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of the last cell of a row.
 *
 * @param words the words that are left without constant, values and the note about null
 * @param constant the only value that the parameter takes
 * @param values the values that it takes, where they are listed
 * @param nullable whether the field may be null
 */
record Description(
    String words, Optional<String> constant, List<DocumentedValue> values, boolean nullable) {

  /** Reads a description, whose line breaks may separate values. */
  static Description of(String text, PageTemplate format) {
    NullNote note = NullNote.in(text.replace("**", ""), format);
    Matcher constant =
        SentencePattern.pattern(format.constant(), Map.of("value", "\\S+?")).matcher(note.rest());
    if (constant.find()) {
      return new Description(
          words(note.rest().replace(constant.group(), " ")),
          Optional.of(constant.group("value")),
          List.of(),
          note.present());
    }
    return listed(note, format);
  }

  private static Description listed(NullNote note, PageTemplate format) {
    String text = note.rest();
    Optional<Introduction> introduction = Introduction.in(text, format);
    if (introduction.isEmpty()) {
      return new Description(words(text), Optional.empty(), List.of(), note.present());
    }
    Introduction found = introduction.get();
    ValueList list = ValueList.read(found.list(), found.range(), format);
    return new Description(
        words(found.before() + " " + list.rest() + " " + found.behind()),
        Optional.empty(),
        list.values(),
        note.present());
  }

  private static String words(String text) {
    return PageLine.singleSpaced(text).strip();
  }

  /**
   * The words before a list of values.
   *
   * @param before the text before them
   * @param list the text behind them, up to the end of a bracket that they stand in
   * @param behind the text behind that bracket
   * @param range whether they may introduce a range
   */
  private record Introduction(String before, String list, String behind, boolean range) {

    private static final Map<String, Pattern> KNOWN = new ConcurrentHashMap<>();
    private static final String NUMBER = "`?-?\\d{1,9}`?\\s*[:：]\\s*[^\\d\\s]";
    private static final Pattern NUMBERED =
        Pattern.compile(
            "(?:^|[.。;；:：]\\s+|\\n\\s*)((?:[-•]\\s*)?"
                + NUMBER
                + "[^,，;；.。\\n`]*[,，;；.。\\n]\\s*(?:[-•]\\s*)?"
                + NUMBER
                + ")");

    private static Optional<Introduction> in(String text, PageTemplate format) {
      Optional<Matcher> list = first(text, format.lists());
      Optional<Matcher> range = first(text, format.ranges());
      boolean isRange =
          range.isPresent() && (list.isEmpty() || range.get().start() <= list.get().start());
      return (isRange ? range : list)
          .map(found -> of(text, found, isRange))
          .or(() -> numbered(text));
    }

    /** Two numbers with notes behind colons are a list without an introduction. */
    private static Optional<Introduction> numbered(String text) {
      Matcher list = NUMBERED.matcher(text);
      return list.find()
          ? Optional.of(
              new Introduction(
                  text.substring(0, list.start(1)), text.substring(list.start(1)), "", false))
          : Optional.empty();
    }

    /** The first of some words, of several at one place the longest. */
    private static Optional<Matcher> first(String text, List<String> words) {
      return words.stream()
          .map(each -> KNOWN.computeIfAbsent(each, Introduction::pattern).matcher(text))
          .filter(Matcher::find)
          .min(
              Comparator.<Matcher>comparingInt(Matcher::start)
                  .thenComparingInt(match -> -match.end()));
    }

    /** One word alone introduces a list only at the beginning of a sentence or a bracket. */
    private static Pattern pattern(String words) {
      String place = words.contains(" ") ? "(?<!\\w)" : "(?<=^|[.。;；,，(（\\n]|[.。;；,，]\\s)";
      // The break behind the colon is a part of the list.
      String regex = SentencePattern.lenient(words).replaceFirst("\\\\s\\*$", "");
      return Pattern.compile(place + regex, Pattern.CASE_INSENSITIVE);
    }

    private static Introduction of(String text, Matcher found, boolean range) {
      String before = text.substring(0, found.start());
      String list = text.substring(found.end());
      String open = before.strip();
      if (open.endsWith("(") || open.endsWith("（")) {
        int end = Brackets.end(list);
        if (end < list.length()) {
          return new Introduction(
              open.substring(0, open.length() - 1),
              list.substring(0, end),
              list.substring(end + 1),
              range);
        }
      }
      return new Introduction(before, list, "", range);
    }
  }
}
