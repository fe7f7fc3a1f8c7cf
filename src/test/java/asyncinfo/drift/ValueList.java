package asyncinfo.drift;

import asyncinfo.contract.DocumentedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values that a description lists, with their notes. Items are separated by line breaks,
 * bullets, semicolons, commas, full stops, slashes, or the closing bracket of a note.
 *
 * @param values each item of the list, be it a likely value or not
 * @param rest the words behind the end of the list
 */
record ValueList(List<DocumentedValue> values, String rest) {
  /** A bullet at the beginning of a line; a hyphen before a digit is a sign. */
  private static final Pattern BULLET =
      Pattern.compile("\\s*(?:[•●▪◦·○∙‣]\\s*|[-*+–—]\\s+|[-*–](?=[A-Za-z`\"'“‘]))");

  private static final Pattern BULLET_INSIDE =
      Pattern.compile("\\s+[•●▪◦·○∙‣]\\s*|(?<=[.。;；,，])\\s+[-*+–—]\\s+");

  private static final Pattern INTERVAL =
      Pattern.compile(
          "\\s*[\\[(（【]\\s*-?\\d[\\d.]*\\s*(?:[-~–—,，]|to)\\s*(?:-?\\d[\\d.]*|[+-]?∞)\\s*[\\])）】]");

  private static final Pattern STOP = Pattern.compile("。\\s*|\\.(?=\\s|$)\\s*");
  private static final Pattern SEPARATOR = Pattern.compile("\\s*[,，、;；]\\s*");

  /** Reads a list behind its introduction. */
  static ValueList read(String text, boolean range, PageTemplate format) {
    Matcher interval = INTERVAL.matcher(text);
    if (range && interval.lookingAt()) {
      String rest = text.substring(interval.end()).replaceFirst("^\\s*[.。,，]\\s*", "");
      return new ValueList(List.of(ListedValue.of("`" + interval.group().strip() + "`")), rest);
    }
    Reader reader = new Reader(format);
    return BULLET.matcher(text.stripLeading()).lookingAt()
        ? reader.bulleted(text.stripLeading())
        : reader.byLineOrInline(text);
  }

  private static ValueList of(List<String> items, String rest) {
    return new ValueList(
        items.stream().filter(item -> !item.isBlank()).map(ListedValue::of).toList(), rest.strip());
  }

  /** Splits a list. */
  private record Reader(PageTemplate format) {

    // ---- lists by line

    /** A line without a bullet goes on with the item above it, unless that has ended. */
    private ValueList bulleted(String text) {
      List<String> items = new ArrayList<>();
      List<String> lines = lines(BULLET_INSIDE.matcher(text).replaceAll("\n- "));
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        Matcher bullet = BULLET.matcher(line);
        if (bullet.lookingAt()) {
          items.add(line.substring(bullet.end()));
        } else if (ends(items.get(items.size() - 1), line)) {
          return of(items, String.join("\n", lines.subList(i, lines.size())));
        } else {
          items.add(items.remove(items.size() - 1) + " " + line);
        }
      }
      String last = items.remove(items.size() - 1);
      int stop = stop(last);
      items.add(last.substring(0, stop));
      return of(items, last.substring(stop).replaceFirst("^[.。]\\s*", ""));
    }

    private static List<String> lines(String text) {
      return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static boolean ends(String item, String next) {
      boolean over = item.strip().matches("(?s).*[.。;；]");
      return over || ListedValue.isBare(item) || !Character.isLowerCase(next.codePointAt(0));
    }

    private ValueList byLineOrInline(String text) {
      List<String> lines = lines(text);
      int items = 0;
      while (items < lines.size() && isItem(lines.get(items))) {
        items++;
      }
      boolean over =
          items == lines.size() || Character.isUpperCase(lines.get(items).codePointAt(0));
      if (items < 2 || !over || isWrapped(lines.subList(0, items))) {
        return inline(PageLine.singleSpaced(text).strip());
      }
      return of(lines.subList(0, items), String.join("\n", lines.subList(items, lines.size())));
    }

    private boolean isItem(String line) {
      boolean balanced = Brackets.depth(line, line.length()) == 0;
      return balanced && ListedValue.isLikely(line) && !isLabel(line);
    }

    private boolean isLabel(String text) {
      return format.labels().stream()
          .anyMatch(label -> text.strip().matches("(?si)\\Q" + label + "\\E\\s*[:：].*"));
    }

    /** Returns whether the lines are those of a list with separators that an editor has broken. */
    private static boolean isWrapped(List<String> lines) {
      boolean separators =
          lines.stream()
              .anyMatch(
                  line -> pieces(line, SEPARATOR).stream().skip(1).anyMatch(ListedValue::isLikely));
      return separators && !lines.stream().allMatch(ListedValue::hasColon);
    }

    // ---- lists with separators

    private ValueList inline(String text) {
      if (text.matches("[\\[{【(（].*")) {
        String inner = text.substring(1);
        int end = Brackets.end(inner);
        boolean more = SEPARATOR.matcher(inner.substring(0, end)).find();
        boolean alone =
            !inner.substring(Math.min(end + 1, inner.length())).matches("\\s*[,，;；、].*");
        if (end < inner.length() && more && alone) {
          return of(
              items(inner.substring(0, end)),
              inner.substring(end + 1).replaceFirst("^\\s*[.。]\\s*", ""));
        }
      }
      int end = stop(text);
      String list = text.substring(0, end);
      String rest = text.substring(end).replaceFirst("^(?:。|\\.(?=\\s|$))\\s*", "");
      return sentences(list, rest);
    }

    /** The end of the first sentence, outside of brackets. */
    private static int stop(String text) {
      return STOP.matcher(text)
          .results()
          .map(found -> found.start())
          .filter(at -> Brackets.depth(text, at) == 0)
          .findFirst()
          .orElse(text.length());
    }

    /** Splits a list that has one item for each sentence. */
    private ValueList sentences(String list, String behind) {
      List<String> items = new ArrayList<>(List.of(list));
      String rest = behind;
      while (!rest.isEmpty() && isNext(rest.substring(0, stop(rest)), list)) {
        int end = stop(rest);
        items.add(rest.substring(0, end));
        rest = rest.substring(end).replaceFirst("^(?:。|\\.(?=\\s|$))\\s*", "");
      }
      boolean several = items(list).stream().skip(1).anyMatch(ListedValue::isLikely);
      return items.size() > 1 && !several ? of(items, rest) : of(items(list), behind);
    }

    private boolean isNext(String sentence, String first) {
      return ListedValue.isLikely(sentence)
          && !isLabel(sentence)
          && kind(sentence).equals(kind(first));
    }

    /** Values of one list begin alike: with a digit, a small letter, a capital, or a quote. */
    private static String kind(String item) {
      String word = item.strip().split("[\\s:：(（]", 2)[0];
      if (ListedValue.quote(item).isPresent()) {
        return ListedValue.quote(item).get();
      }
      if (word.matches("[\\d.+-]+")) {
        return "number";
      }
      if (word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT))) {
        return "capitals";
      }
      return Character.isUpperCase(item.strip().codePointAt(0)) ? "capital" : "small";
    }

    private List<String> items(String list) {
      List<String> parts = pieces(list, Pattern.compile("\\s*[;；]\\s*"));
      List<String> items = new ArrayList<>();
      for (String part : parts) {
        List<String> commas = commas(part);
        boolean bare = commas.stream().allMatch(ListedValue::isBare);
        items.addAll(parts.size() == 1 || bare ? commas : List.of(part));
      }
      return items.size() == 1 ? others(items.get(0)) : items.stream().map(this::bare).toList();
    }

    /** Conjunctions stand before the last item. */
    private String bare(String item) {
      return item.strip().replaceFirst("^(?:" + conjunctions() + ")\\s+", "");
    }

    private String conjunctions() {
      return String.join("|", format.conjunctions());
    }

    private List<String> commas(String part) {
      Pattern between =
          Pattern.compile(
              "\\s*[,，、]\\s*(?:(?:%1$s)\\s+)?|\\s+(?:%1$s)\\s+|(?<=[`”」])\\s+(?=[`“「])"
                  .formatted(conjunctions()));
      List<Span> items = new ArrayList<>();
      for (Span piece : spans(part, between)) {
        int last = items.size() - 1;
        if (last >= 0 && isNote(items.get(last), piece, part)) {
          items.set(last, new Span(items.get(last).start(), piece.end()));
        } else {
          items.add(piece);
        }
      }
      return items.stream().map(item -> item.of(part)).toList();
    }

    /** Returns whether a piece goes on with the note of the item before it. */
    private static boolean isNote(Span before, Span piece, String part) {
      String item = before.of(part);
      String next = piece.of(part);
      if (!ListedValue.hasColon(item)) {
        return false;
      }
      if (ListedValue.quote(item).isPresent()) {
        return !ListedValue.quote(item).equals(ListedValue.quote(next));
      }
      boolean comma = part.substring(before.end(), piece.start()).matches("(?s).*[,，、].*");
      return comma ? !ListedValue.isLikely(next) : !ListedValue.hasColon(next);
    }

    /** An item without commas: values with slashes between them, or with notes in brackets. */
    private static List<String> others(String item) {
      for (String separator : List.of("\\s*[|｜]\\s*", "\\s*/\\s*")) {
        List<String> parts = pieces(item, Pattern.compile(separator));
        if (parts.size() > 1 && parts.stream().allMatch(ListedValue::isLikely)) {
          return parts;
        }
      }
      List<String> parts = pieces(item, Pattern.compile("(?<=[)）\\]])\\s*(?=[\\w`\"'“‘\\[])"));
      boolean notes =
          parts.size() > 1
              && parts.stream().allMatch(ListedValue::isLikely)
              && parts.get(0).matches(".*[)）\\]]");
      return notes ? parts : List.of(item);
    }

    private static List<String> pieces(String text, Pattern between) {
      return spans(text, between).stream().map(span -> span.of(text)).toList();
    }

    /** Splits outside of brackets; blank pieces are left out. */
    private static List<Span> spans(String text, Pattern between) {
      List<Span> spans = new ArrayList<>();
      int start = 0;
      Matcher found = between.matcher(text);
      while (found.find()) {
        if (Brackets.depth(text, found.start()) == 0) {
          spans.add(new Span(start, found.start()));
          start = found.end();
        }
      }
      spans.add(new Span(start, text.length()));
      return spans.stream().filter(span -> !span.of(text).isBlank()).toList();
    }
  }

  /** A part of a text. */
  private record Span(int start, int end) {
    private String of(String text) {
      return text.substring(start, end);
    }
  }
}
