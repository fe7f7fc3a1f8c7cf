package asyncinfo.drift;

import asyncinfo.contract.DocumentedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values that a description lists, with the notes that it gives them: {@code a, b (a note)}, or
 * in code quotes, after which a note may have commas of its own.
 *
 * @param values each item of the list, be it a likely value or not
 * @param rest the words behind the full stop that ends the list
 */
record ValueList(List<DocumentedValue> values, String rest) {
  private static final String VALUE = "(`[^`]+`|\\S+?)";
  private static final Pattern NOTE_BEHIND_COLON = Pattern.compile(VALUE + "\\s*[:：]\\s+(.+)");
  private static final Pattern NOTE_IN_BRACKETS = Pattern.compile("(.+?)\\s*[(（](.*)[)）]");

  /** A full stop, unless another value in code quotes follows. */
  private static final Pattern END = Pattern.compile("\\.(?=\\s+[^`\\s]|\\s*$)");

  static ValueList read(String text, List<String> conjunctions) {
    int end =
        END.matcher(text)
            .results()
            .map(stop -> stop.start())
            .filter(stop -> depth(text, stop) == 0)
            .findFirst()
            .orElse(text.length());
    List<DocumentedValue> values =
        items(text.substring(0, end).strip(), conjunctions).stream().map(ValueList::value).toList();
    return new ValueList(values, text.substring(Math.min(end + 1, text.length())).strip());
  }

  /** In how many brackets a place stands. */
  private static int depth(String text, int place) {
    int depth = 0;
    for (int i = 0; i < place; i++) {
      if ("(（".indexOf(text.charAt(i)) >= 0) {
        depth++;
      } else if (")）".indexOf(text.charAt(i)) >= 0) {
        depth = Math.max(0, depth - 1);
      }
    }
    return depth;
  }

  private static List<String> items(String list, List<String> conjunctions) {
    String words = "(?:%s)\\s+".formatted(String.join("|", conjunctions));
    Matcher between =
        Pattern.compile("\\s*[,;、，；]\\s*(?:%s)?|\\s+%s|\\s+(?=`)".formatted(words, words))
            .matcher(list);
    List<String> items = new ArrayList<>();
    int start = 0;
    while (between.find()) {
      boolean inNote = depth(list, between.start()) > 0 || isNote(list, start, between.end());
      if (!inNote) {
        items.add(list.substring(start, between.start()));
        start = between.end();
      }
    }
    items.add(list.substring(start));
    return items.stream().filter(item -> !item.isBlank()).toList();
  }

  /** Whether the note of a value in code quotes goes on at a place. */
  private static boolean isNote(String list, int start, int place) {
    return list.startsWith("`", start)
        && NOTE_BEHIND_COLON.matcher(list.substring(start)).lookingAt()
        && !list.startsWith("`", place);
  }

  private static DocumentedValue value(String item) {
    String text = item.strip().replaceFirst("\\.$", "");
    for (Pattern form : List.of(NOTE_BEHIND_COLON, NOTE_IN_BRACKETS)) {
      Matcher note = form.matcher(text);
      if (note.matches()) {
        return new DocumentedValue(unquoted(note.group(1)), note.group(2).strip());
      }
    }
    return new DocumentedValue(unquoted(text), "");
  }

  private static String unquoted(String value) {
    return value.strip().replaceAll("^[`\"'“‘]|[`\"'”’]$", "");
  }
}
