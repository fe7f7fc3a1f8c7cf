package asyncinfo.drift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The structures that types of a page name, from the saved text of a page of data structures: a
 * line with the name above each table.
 *
 * @param rows the rows of each structure, by its name
 */
record Structures(Map<String, List<ParameterRow>> rows) {
  private static final Pattern NAME =
      Pattern.compile("(?:#+ *)?(?:\\d+(?:\\.\\d+)*[. ]+)?`?([A-Z]\\w*)`?");

  private static final List<List<Column>> TABLES =
      List.of(Column.INPUT, Column.INPUT_TYPE_FIRST, Column.OUTPUT);

  static final Structures NONE = new Structures(Map.of());

  /** A structure and its lines. */
  private record Part(String name, List<PageLine> lines) {}

  /**
   * Reads a page of data structures.
   *
   * @throws UnreadablePageException when it has none, or when a line of a table is no row
   */
  static Structures read(List<PageLine> lines, PageContext contract) {
    List<Part> parts = parts(lines, contract.format());
    List<String> names = parts.stream().map(Part::name).toList();
    PageContext known = contract.withStructures(new java.util.HashSet<>(names));
    Map<String, List<ParameterRow>> rows = new LinkedHashMap<>();
    for (Part part : parts) {
      rows.put(part.name(), rows(part.lines(), known));
    }
    if (rows.isEmpty()) {
      throw new UnreadablePageException(
          " has no data structures: no line with a name above a table");
    }
    return new Structures(rows);
  }

  /** A name begins a structure where a table follows before the next name. */
  private static List<Part> parts(List<PageLine> lines, PageTemplate format) {
    List<Part> parts = new ArrayList<>();
    int end = lines.size();
    for (int i = lines.size() - 1; i >= 0; i--) {
      java.util.regex.Matcher name = NAME.matcher(lines.get(i).words());
      List<PageLine> below = lines.subList(i + 1, end);
      boolean structure =
          name.matches()
              && !PageTemplate.isOneOf(lines.get(i), format.heads(Column.NAME))
              && Table.hasHead(below, TABLES, format)
              && !below.isEmpty();
      if (structure) {
        parts.add(0, new Part(name.group(1), format.untilEnd(below)));
        end = i;
      }
    }
    return parts;
  }

  private static List<ParameterRow> rows(List<PageLine> lines, PageContext contract) {
    RowParser parser = new RowParser(contract);
    PageTemplate format = contract.format();
    if (Table.hasHead(lines, List.of(Column.OUTPUT), format)) {
      return Table.read(lines, List.of(Column.OUTPUT), format, parser::output).rows().stream()
          .map(row -> row.cells())
          .map(c -> new ParameterRow(c.get(0), c.get(1), false, c.get(2)))
          .toList();
    }
    return Table.read(lines, List.of(Column.INPUT, Column.INPUT_TYPE_FIRST), format, parser::input)
        .rows()
        .stream()
        .map(row -> row.cells())
        .map(
            c ->
                new ParameterRow(
                    c.get(0), c.get(2), format.required(c.get(1)).orElse(false), c.get(3)))
        .toList();
  }
}
