package asyncinfo.drift;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page cut at its headings. A heading without a line below it belongs to a table of contents.
 *
 * @param head the lines before the first section
 * @param bodies the lines of each section, without its heading
 */
record Sections(List<PageLine> head, Map<Section, List<PageLine>> bodies) {
  private static final Pattern HEADING =
      Pattern.compile("(#*)\\s*(?:([1-6])\\s*(?:[.,)]\\s*|\\s))?(\\S.*?)[\\s:#]*");
  private static final Pattern NUMBERED =
      Pattern.compile("#*\\s*([1-6])\\s*[.,)]\\s*\\p{Lu}[^.:]{2,40}");

  /** The number of characters that no heading exceeds. */
  private static final int LONGEST = 60;

  /** A heading, and the lines up to the next one. */
  private record Part(Section section, PageLine heading, int at, List<PageLine> body) {}

  /** The marks of a heading, the surest ones first. */
  private enum Mark {
    NUMBER_AND_WORDS,
    WORDS,
    NUMBER
  }

  /**
   * Cuts a page. A heading that is not found by number and words is looked for by either.
   *
   * @throws UnreadablePageException when a heading is missing, or has text in two places
   */
  static Sections of(List<PageLine> lines, PageTemplate format) {
    Map<Section, Mark> marks = new EnumMap<>(Section.class);
    Stream.of(Section.values())
        .forEach(s -> marks.put(s, s.needed() ? Mark.NUMBER_AND_WORDS : Mark.WORDS));
    if (parts(lines, format, marks).isEmpty() && parts(lines, format, Map.of()).isEmpty()) {
      throw new UnreadablePageException(
          " is no page of an API: it has none of the headings "
              + String.join(", ", Stream.of(Section.values()).map(format::heading).toList()));
    }
    for (Mark mark : List.of(Mark.WORDS, Mark.NUMBER)) {
      missing(lines, format, marks).forEach(section -> marks.put(section, mark));
    }
    missing(lines, format, marks).stream()
        .findFirst()
        .ifPresent(section -> refuse(" has nothing under the heading \"%s\"", section, format));
    List<Part> parts = parts(lines, format, marks);
    Part first = first(parts).orElseThrow();
    return new Sections(
        lines.subList(0, first.at()), bodies(parts.subList(parts.indexOf(first), parts.size())));
  }

  /** Returns whether a line is a heading, as in a table of contents. */
  static boolean isHeading(PageLine line, PageTemplate format) {
    return Stream.of(Section.values())
        .anyMatch(section -> isHeading(line, section, Mark.WORDS, format));
  }

  private static List<Section> missing(
      List<PageLine> lines, PageTemplate format, Map<Section, Mark> marks) {
    List<Part> parts = parts(lines, format, marks);
    return Stream.of(Section.values())
        .filter(Section::needed)
        .filter(
            section -> parts.stream().noneMatch(p -> p.section() == section && !p.body().isEmpty()))
        .toList();
  }

  private static Optional<Part> first(List<Part> parts) {
    return parts.stream()
        .filter(p -> p.section() == Section.DESCRIPTION && !p.body().isEmpty())
        .findFirst();
  }

  private static void refuse(String message, Section section, PageTemplate format) {
    throw new UnreadablePageException(
        message.formatted(format.heading(section)) + "; save the whole page");
  }

  private static List<Part> parts(
      List<PageLine> lines, PageTemplate format, Map<Section, Mark> marks) {
    List<Part> parts = new ArrayList<>();
    int end = lines.size();
    for (int i = lines.size() - 1; i >= 0; i--) {
      PageLine line = lines.get(i);
      Optional<Section> section =
          Stream.of(Section.values())
              .filter(s -> isHeading(line, s, marks.getOrDefault(s, Mark.WORDS), format))
              .findFirst();
      if (section.isPresent()) {
        parts.add(0, new Part(section.get(), line, i, lines.subList(i + 1, end)));
        end = i;
      }
    }
    if (!parts.isEmpty()) {
      Part last = parts.remove(parts.size() - 1);
      parts.add(new Part(last.section(), last.heading(), last.at(), untilEnd(last, format)));
    }
    return parts;
  }

  private static boolean isHeading(PageLine line, Section section, Mark mark, PageTemplate format) {
    if (line.text().length() > LONGEST) {
      return false;
    }
    String text = PageTemplate.plain(line.words()).replace("*", "");
    if (mark == Mark.NUMBER) {
      Matcher number = NUMBERED.matcher(text);
      return number.matches() && number.group(1).equals(Integer.toString(section.number()));
    }
    Matcher heading = HEADING.matcher(text);
    if (!heading.matches()) {
      return false;
    }
    String words = heading.group(3);
    boolean marked = heading.group(2) != null || !heading.group(1).isEmpty();
    return format.headings().get(section.number()).stream()
        .map(each -> each.replaceFirst("^\\d\\. ", ""))
        .filter(each -> marked || (mark == Mark.WORDS && each.contains(" ")))
        .anyMatch(each -> PageTemplate.plain(each).equalsIgnoreCase(words));
  }

  /** Drops the lines behind the end of the page. */
  private static List<PageLine> untilEnd(Part last, PageTemplate format) {
    return last.body().stream()
        .takeWhile(
            line ->
                format.end().stream().noneMatch(e -> line.words().matches("\\Q" + e + "\\E\\b.*")))
        .toList();
  }

  private static Map<Section, List<PageLine>> bodies(List<Part> parts) {
    Map<Section, List<PageLine>> bodies = new EnumMap<>(Section.class);
    for (Part part : parts) {
      if (part.section() == Section.DESCRIPTION && part.body().isEmpty()) {
        break; // A table of contents behind the page.
      }
      if (part.body().isEmpty()) {
        continue;
      }
      if (bodies.put(part.section(), part.body()) != null) {
        throw UnreadablePageException.at(
            part.heading(), "is there a second time; save one page for each file");
      }
    }
    return bodies;
  }
}
