package asyncinfo.drift;

import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Limit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads what a saved page says. */
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
    SectionText description = new SectionText(bodies.get(Section.DESCRIPTION));
    List<String> domains = domains(description);
    List<Limit> limits = limits(description);
    keep(Section.DESCRIPTION, description);
    ExampleReader examples = new ExampleReader(format);
    List<PageExample> read = examples.read(bodies.get(Section.EXAMPLE));
    keep(Section.EXAMPLE, new SectionText(examples.around()));
    return new ApiPage(
        title(sections.head()),
        lastUpdated(sections.head()),
        banner(sections.head()),
        domains,
        limits,
        inputs(bodies.get(Section.INPUT)),
        outputs(bodies.get(Section.OUTPUT)),
        read,
        errors(bodies.get(Section.ERROR)),
        sentences);
  }

  private void keep(Section section, SectionText prose) {
    sentences.put(section, prose.without(format.sentences()));
  }

  // ---- head

  private Pattern dated() {
    return SentencePattern.pattern(format.lastUpdated(), Map.of("date", ".*\\S"));
  }

  private int dateLine(List<PageLine> head) {
    return IntStream.range(0, head.size())
        .filter(i -> dated().matcher(head.get(i).words()).matches())
        .reduce((first, last) -> last)
        .orElse(head.size());
  }

  /** The line above the date; the last line where there is no date. */
  private String title(List<PageLine> head) {
    int above = dateLine(head) - 1;
    return above < 0 ? "" : head.get(above).words();
  }

  private String lastUpdated(List<PageLine> head) {
    int at = dateLine(head);
    Matcher date = dated().matcher(at == head.size() ? "" : head.get(at).words());
    return date.matches() ? date.group("date") : "";
  }

  /** Pages repeat their title, and may list their headings. */
  private String banner(List<PageLine> head) {
    int below = Math.min(dateLine(head) + 1, head.size());
    String title = title(head);
    return head.subList(below, head.size()).stream()
        .map(PageLine::words)
        .filter(words -> !words.equals(title) && !format.headings().containsValue(words))
        .collect(Collectors.joining("\n"));
  }

  // ---- section 1

  private List<String> domains(SectionText prose) {
    return prose.take(SentencePattern.pattern(format.domain(), Map.of("domain", "\\S+?"))).stream()
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
            "\\w+ (?:([0-9]{1,4}) )?(%s)s?".formatted(units));
    return format.limit().stream()
        .flatMap(form -> prose.take(SentencePattern.pattern(form, gaps)).stream())
        .map(this::limit)
        .distinct()
        .toList();
  }

  /** Groups: the number, the period, and within it the number of units and the unit. */
  private Limit limit(MatchResult found) {
    int units = found.group(3) == null ? 1 : Integer.parseInt(found.group(3));
    return new Limit(
        Integer.parseInt(found.group(1).replace(",", "")),
        units * format.periods().get(found.group(4)));
  }

  // ---- tables

  private List<ParameterRow> inputs(List<PageLine> section) {
    Table table = Table.read(section, format.tables().input(), forms::input);
    keep(Section.INPUT, new SectionText(table.before()));
    return table.rows().stream()
        .map(Table.TableRow::cells)
        .map(
            c ->
                new ParameterRow(
                    c.get(0), c.get(2), format.required(c.get(1)).orElseThrow(), c.get(3)))
        .toList();
  }

  private List<ParameterRow> outputs(List<PageLine> section) {
    Table table = Table.read(section, format.tables().output(), forms::output);
    keep(Section.OUTPUT, new SectionText(table.before()));
    return table.rows().stream()
        .map(Table.TableRow::cells)
        .map(c -> new ParameterRow(c.get(0), c.get(1), false, c.get(2)))
        .toList();
  }

  /** An API without codes of its own has no table. */
  private List<DocumentedValue> errors(List<PageLine> section) {
    boolean noTable =
        !Table.hasHead(section, format.tables().error())
            && section.stream().allMatch(line -> forms.error(line, false).isEmpty());
    if (noTable) {
      keep(Section.ERROR, new SectionText(section));
      return List.of();
    }
    Table table = Table.read(section, format.tables().error(), forms::error);
    keep(Section.ERROR, new SectionText(table.before()));
    return table.rows().stream()
        .map(Table.TableRow::cells)
        .map(c -> new DocumentedValue(c.get(0), c.get(1)))
        .toList();
  }
}
