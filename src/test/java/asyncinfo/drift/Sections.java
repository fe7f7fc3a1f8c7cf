package asyncinfo.drift;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A page cut at its headings. A heading without a line below it belongs to a table of contents.
 *
 * @param head the lines before the first section
 * @param bodies the lines of each section, without its heading
 */
record Sections(List<PageLine> head, Map<Section, List<PageLine>> bodies) {

  /** A heading, and the lines up to the next one. */
  private record Part(Section section, PageLine heading, int at, List<PageLine> body) {}

  /**
   * Cuts a page.
   *
   * @throws UnreadablePageException when a heading is missing, or has text in two places
   */
  static Sections of(List<PageLine> lines, PageTemplate format) {
    List<Part> parts = parts(lines, format);
    if (parts.isEmpty()) {
      throw new UnreadablePageException(
          " is no page of an API: it has none of the headings "
              + String.join(", ", format.headings().values()));
    }
    Optional<Part> first =
        parts.stream()
            .filter(p -> p.section() == Section.DESCRIPTION && !p.body().isEmpty())
            .findFirst();
    Map<Section, List<PageLine>> bodies = new EnumMap<>(Section.class);
    first.ifPresent(p -> bodies.putAll(bodies(parts.subList(parts.indexOf(p), parts.size()))));
    Stream.of(Section.values())
        .filter(section -> section.needed() && !bodies.containsKey(section))
        .findFirst()
        .ifPresent(section -> refuse(" has nothing under the heading \"%s\"", section, format));
    return new Sections(lines.subList(0, first.orElseThrow().at()), bodies);
  }

  private static void refuse(String message, Section section, PageTemplate format) {
    throw new UnreadablePageException(
        message.formatted(format.heading(section)) + "; save the whole page");
  }

  private static List<Part> parts(List<PageLine> lines, PageTemplate format) {
    List<Part> parts = new ArrayList<>();
    int end = lines.size();
    for (int i = lines.size() - 1; i >= 0; i--) {
      Optional<Section> section = heading(lines.get(i), format);
      if (section.isPresent()) {
        parts.add(0, new Part(section.get(), lines.get(i), i, lines.subList(i + 1, end)));
        end = i;
      }
    }
    if (!parts.isEmpty()) {
      Part last = parts.remove(parts.size() - 1);
      parts.add(new Part(last.section(), last.heading(), last.at(), untilEnd(last, format)));
    }
    return parts;
  }

  private static Optional<Section> heading(PageLine line, PageTemplate format) {
    return Stream.of(Section.values())
        .filter(section -> format.heading(section).equalsIgnoreCase(line.words()))
        .findFirst();
  }

  /** What stands behind the page is no part of its last section. */
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
