package asyncinfo.drift;

import asyncinfo.contract.Described;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The values that a description lists, with the notes that it gives them.
 *
 * @param values {@code a, b (a note)}, or in code quotes with the notes between them
 * @param rest the words behind the full stop that ends the list
 */
record ValueList(List<Described> values, String rest) {
  private static final Pattern IN_QUOTES = Pattern.compile("`([^`]+)`");
  private static final Pattern NOTE_IN_BRACKETS = Pattern.compile("(.+?)\\s*[(（](.*)[)）]");
  private static final Pattern NOTE_BEHIND_COLON = Pattern.compile("(\\S+?)\\s*[:：]\\s+(.+)");

  static ValueList read(String text, List<String> conjunctions) {
    int end = end(text);
    String list = text.substring(0, end);
    List<Described> values =
        list.contains("`") ? inQuotes(list, conjunctions) : plain(list, conjunctions);
    return new ValueList(values, text.substring(Math.min(end + 1, text.length())).strip());
  }

  /** The full stop that ends the list; more values in code quotes may follow one. */
  private static int end(String text) {
    Matcher stop = Pattern.compile("\\.(?=\\s+[^`\\s]|\\s*$)").matcher(text);
    while (stop.find()) {
      if (depth(text, stop.start()) == 0) {
        return stop.start();
      }
    }
    return text.length();
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

  private static List<Described> plain(String list, List<String> conjunctions) {
    String words = String.join("|", conjunctions);
    Pattern separator =
        Pattern.compile("\\s*[,;、，；]\\s*(?:(?:%s)\\s+)?|\\s+(?:%s)\\s+".formatted(words, words));
    Matcher between = separator.matcher(list);
    List<String> items = new ArrayList<>();
    int start = 0;
    while (between.find()) {
      if (depth(list, between.start()) == 0) {
        items.add(list.substring(start, between.start()));
        start = between.end();
      }
    }
    items.add(list.substring(start));
    return items.stream().filter(item -> !item.isBlank()).map(ValueList::value).toList();
  }

  private static Described value(String item) {
    for (Pattern form : List.of(NOTE_IN_BRACKETS, NOTE_BEHIND_COLON)) {
      Matcher note = form.matcher(item.strip());
      if (note.matches()) {
        return new Described(unquoted(note.group(1)), note.group(2).strip());
      }
    }
    return new Described(unquoted(item), "");
  }

  private static String unquoted(String value) {
    return value.strip().replaceAll("^[\"'“‘]|[\"'”’]$", "");
  }

  private static List<Described> inQuotes(String list, List<String> conjunctions) {
    List<MatchResult> quoted =
        IN_QUOTES.matcher(list).results().filter(q -> depth(list, q.start()) == 0).toList();
    List<Described> values = new ArrayList<>();
    for (int i = 0; i < quoted.size(); i++) {
      int next = i + 1 < quoted.size() ? quoted.get(i + 1).start() : list.length();
      String note = note(list.substring(quoted.get(i).end(), next), conjunctions);
      values.add(new Described(quoted.get(i).group(1).strip(), note));
    }
    return values;
  }

  private static String note(String between, List<String> conjunctions) {
    String words =
        conjunctions.stream().collect(Collectors.joining("|", "(?:^|\\s+)(?:", ")\\s*$"));
    return between.strip().replaceAll(words, "").replaceAll("^[\\s,;:.(（-]+|[\\s,;.)）]+$", "");
  }
}
