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
  private static final Pattern NUMBER = Pattern.compile("^\\d\\. ");

  /** The number of characters that no heading exceeds. */
  private static final int LONGEST = 60;

  /** A heading, and the lines up to the next one. */
  private record Part(Section section, PageLine heading, int at, List<PageLine> body) {}

  /**
   * A line that is short enough for a heading.
   *
   * @param text its text in plain form
   * @param marked whether it begins with a number or a mark
   * @param words the words behind them
   */
  private record Title(String text, boolean marked, String words) {

    static Optional<Title> of(PageLine line) {
      if (line.text().length() > LONGEST) {
        return Optional.empty();
      }
      String text = PageTemplate.plain(line.words()).replace("*", "");
      Matcher heading = HEADING.matcher(text);
      return heading.matches()
          ? Optional.of(
              new Title(
                  text, heading.group(2) != null || !heading.group(1).isEmpty(), heading.group(3)))
          : Optional.empty();
    }

    boolean opens(Section section, Mark mark, PageTemplate format) {
      if (mark == Mark.NUMBER) {
        Matcher number = NUMBERED.matcher(text);
        return number.matches() && number.group(1).equals(Integer.toString(section.number()));
      }
      return format.headings().get(section.number()).stream()
          .map(each -> NUMBER.matcher(each).replaceFirst(""))
          .filter(each -> marked || (mark == Mark.WORDS && each.contains(" ")))
          .anyMatch(words::equalsIgnoreCase);
    }
  }

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
    return section(line, Map.of(), format).isPresent();
  }

  private static Optional<Section> section(
      PageLine line, Map<Section, Mark> marks, PageTemplate format) {
    return Title.of(line)
        .flatMap(
            title ->
                Stream.of(Section.values())
                    .filter(s -> title.opens(s, marks.getOrDefault(s, Mark.WORDS), format))
                    .findFirst());
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
      Optional<Section> section = section(line, marks, format);
      if (section.isPresent()) {
        parts.add(0, new Part(section.get(), line, i, lines.subList(i + 1, end)));
        end = i;
      }
    }
    if (!parts.isEmpty()) {
      Part last = parts.remove(parts.size() - 1);
      List<PageLine> body = format.untilEnd(last.body());
      parts.add(new Part(last.section(), last.heading(), last.at(), body));
    }
    return parts;
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
