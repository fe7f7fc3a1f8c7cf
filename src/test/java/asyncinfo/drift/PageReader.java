package asyncinfo.drift;

import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Limit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads a saved page. */
final class PageReader {
  private final PageTemplate format;
  private final RowParser forms;
  private final Map<Section, String> sentences = new EnumMap<>(Section.class);

  private PageReader(PageContext contract) {
    this.format = contract.format();
    this.forms = new RowParser(contract);
  }

  /**
   * Reads a page.
   *
   * @throws UnreadablePageException when it is none, or a line of it cannot be read
   */
  static ApiPage read(List<PageLine> lines, PageContext contract) {
    return new PageReader(contract).read(Sections.of(lines, contract.format()));
  }

  private ApiPage read(Sections sections) {
    Map<Section, List<PageLine>> bodies = sections.bodies();
    SectionText description = text(bodies.get(Section.DESCRIPTION));
    List<String> domains = domains(description);
    List<Limit> limits = limits(description);
    keep(Section.DESCRIPTION, description);
    ExampleReader examples = new ExampleReader(format);
    List<PageExample> read = examples.read(bodies.get(Section.EXAMPLE));
    keep(Section.EXAMPLE, text(examples.around()));
    List<ParameterRow> inputs = inputs(bodies.get(Section.INPUT));
    String title = title(sections.head(), action(inputs));
    return new ApiPage(
        title,
        lastUpdated(sections.head()),
        banner(sections.head(), title),
        domains,
        limits,
        inputs,
        outputs(bodies.get(Section.OUTPUT)),
        read,
        errors(bodies.get(Section.ERROR)),
        sentences);
  }

  private void keep(Section section, SectionText prose) {
    sentences.put(section, prose.without(format.sentences()));
  }

  private String action(List<ParameterRow> inputs) {
    return inputs.stream()
        .filter(row -> row.name().equals(ApiMatcher.ACTION))
        .flatMap(row -> Description.of(row.description(), format).constant().stream())
        .findFirst()
        .orElse("");
  }

  private SectionText text(List<PageLine> lines) {
    return new SectionText(
        lines.stream().filter(line -> !PageTemplate.isOneOf(line, format.frame())).toList());
  }

  // ---- head

  private Optional<String> date(PageLine line) {
    return SentencePattern.patterns(format.lastUpdated(), Map.of("date", ".*\\S")).stream()
        .map(pattern -> pattern.matcher(line.words()))
        .filter(Matcher::matches)
        .map(found -> found.group("date"))
        .findFirst();
  }

  private int dateLine(List<PageLine> head) {
    return IntStream.range(0, head.size())
        .filter(i -> date(head.get(i)).isPresent())
        .reduce((first, last) -> last)
        .orElse(head.size());
  }

  /** The line with the action, else the last line above the date that is none of the site's. */
  private String title(List<PageLine> head, String action) {
    List<String> above =
        head.subList(0, dateLine(head)).stream()
            .filter(line -> !isOfTheSite(line))
            .map(PageLine::words)
            .map(words -> words.replaceFirst("^#+ *", ""))
            .toList();
    return above.contains(action)
        ? action
        : above.stream().reduce((first, last) -> last).orElse("");
  }

  private boolean isOfTheSite(PageLine line) {
    return PageTemplate.isOneOf(line, format.frame()) || date(line).isPresent();
  }

  private String lastUpdated(List<PageLine> head) {
    int at = dateLine(head);
    return at == head.size() ? "" : date(head.get(at)).orElseThrow();
  }

  /** Returns the lines between date and first section; pages repeat title and headings there. */
  private String banner(List<PageLine> head, String title) {
    int below = Math.min(dateLine(head) + 1, head.size());
    return head.subList(below, head.size()).stream()
        .filter(line -> !isOfTheSite(line) && !Sections.isHeading(line, format))
        .map(PageLine::words)
        .filter(words -> !words.equals(title))
        .collect(Collectors.joining("\n"));
  }

  // ---- section 1

  private List<String> domains(SectionText prose) {
    return SentencePattern.patterns(format.domain(), Map.of("domain", "[\\w.-]+?")).stream()
        .flatMap(form -> prose.take(form).stream())
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }

  private List<Limit> limits(SectionText prose) {
    String units = String.join("|", format.periods().keySet());
    Map<String, String> gaps =
        Map.of(
            "requests",
            "[0-9][0-9,]{0,8}",
            "period",
            "(?:(?:per|every|each|a|an|one|within|in)\\s+)?(?:([0-9]{1,4})\\s+)?(%s)s?"
                .formatted(units));
    return SentencePattern.patterns(format.limit(), gaps).stream()
        .flatMap(form -> prose.take(form).stream())
        .map(this::limit)
        .distinct()
        .toList();
  }

  /** Groups: the number, the period, and within it the number of units and the unit. */
  private Limit limit(MatchResult found) {
    int units = found.group(3) == null ? 1 : Integer.parseInt(found.group(3));
    return new Limit(
        Integer.parseInt(found.group(1).replace(",", "")),
        units * format.periods().get(found.group(4).toLowerCase(Locale.ROOT)));
  }

  // ---- tables

  private List<ParameterRow> inputs(List<PageLine> section) {
    Table table =
        Table.read(section, List.of(Column.INPUT, Column.INPUT_TYPE_FIRST), format, forms::input);
    keep(Section.INPUT, text(table.before()));
    return table.rows().stream()
        .map(Table.TableRow::cells)
        .map(
            c ->
                ParameterRow.input(
                    c.get(0), c.get(2), format.required(c.get(1)).orElseThrow(), c.get(3), format))
        .toList();
  }

  private List<ParameterRow> outputs(List<PageLine> section) {
    Table table = Table.read(section, List.of(Column.OUTPUT), format, forms::output);
    keep(Section.OUTPUT, text(table.before()));
    return table.rows().stream()
        .map(Table.TableRow::cells)
        .map(c -> new ParameterRow(c.get(0), c.get(1), false, c.get(2)))
        .toList();
  }

  /** An API without codes of its own has no table. */
  private List<DocumentedValue> errors(List<PageLine> section) {
    boolean noTable =
        !Table.hasHead(section, List.of(Column.ERROR, Column.ERROR_CODES), format)
            && section.stream()
                .allMatch(line -> forms.error(List.of(line), Column.ERROR, false).isEmpty());
    if (noTable) {
      keep(Section.ERROR, text(section));
      return List.of();
    }
    Table table =
        Table.read(section, List.of(Column.ERROR, Column.ERROR_CODES), format, forms::error);
    keep(Section.ERROR, text(table.before()));
    return table.rows().stream()
        .map(Table.TableRow::cells)
        .map(c -> new DocumentedValue(c.get(0), PageLine.singleSpaced(c.get(1))))
        .toList();
  }
}
