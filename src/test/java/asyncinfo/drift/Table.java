package asyncinfo.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of a page. Its columns are separated by tabs, spaces or vertical bars, or each cell of a
 * row is a line.
 *
 * @param before the lines of the section before the table's head
 * @param columns the columns
 * @param rows the rows
 */
record Table(List<PageLine> before, List<Column> columns, List<TableRow> rows) {

  /**
   * A row.
   *
   * @param line the line that it begins on
   * @param cells its cells; the last one may have several lines
   */
  record TableRow(PageLine line, List<String> cells) {

    private TableRow and(PageLine more) {
      List<String> longer = new ArrayList<>(cells);
      String last = cells.get(cells.size() - 1);
      longer.set(cells.size() - 1, (last + "\n" + more.words()).strip());
      return new TableRow(line, longer);
    }
  }

  /** The cells of a row, and the number of lines that they stand on. */
  record Cells(List<String> texts, int lines) {}

  /** Recognises the rows of a table. */
  interface Form {
    /**
     * Returns the cells of the row that begins with the first of some lines; empty where that line
     * begins none.
     *
     * @param tabs whether tabs stand between the columns of the head
     * @throws UnreadablePageException when the line is half a row
     */
    Optional<Cells> cells(List<PageLine> lines, List<Column> columns, boolean tabs);
  }

  /** The head of a table: the index of its first line, the number of its lines, its columns. */
  private record Head(int at, int lines, List<Column> columns) {}

  /**
   * Finds a table in a section. A line that is no row goes on with the row above it.
   *
   * @param tables the columns that the table may have, the usual ones first
   * @throws UnreadablePageException when there is no head, when a line stands before the first row,
   *     and when there are two rows of one name
   */
  static Table read(
      List<PageLine> section, List<List<Column>> tables, PageTemplate format, Form form) {
    List<PageLine> lines = withTabs(section);
    String usual = String.join(" ", format.head(tables.get(0)));
    Head head =
        head(lines, tables, format)
            .orElseThrow(
                () ->
                    UnreadablePageException.at(
                        section.get(0),
                        "and the lines below it are no table \"%s\"".formatted(usual)));
    boolean tabs = lines.get(head.at()).text().contains("\t");
    List<TableRow> rows = new ArrayList<>();
    int next = head.at() + head.lines();
    while (next < lines.size()) {
      PageLine line = lines.get(next);
      Optional<Cells> cells = form.cells(lines.subList(next, lines.size()), head.columns(), tabs);
      if (cells.isPresent()) {
        add(new TableRow(line, cells.get().texts()), rows);
      } else if (rows.isEmpty()) {
        throw UnreadablePageException.at(line, "is no row of the table \"%s\"".formatted(usual));
      } else {
        rows.add(rows.remove(rows.size() - 1).and(line));
      }
      next += cells.map(Cells::lines).orElse(1);
    }
    return new Table(lines.subList(0, head.at()), head.columns(), rows);
  }

  /** Returns whether a section has the head of a table. */
  static boolean hasHead(List<PageLine> section, List<List<Column>> tables, PageTemplate format) {
    return head(withTabs(section), tables, format).isPresent();
  }

  // ---- vertical bars

  /** Replaces the vertical bars of a table by tabs, and drops its rulers. */
  private static List<PageLine> withTabs(List<PageLine> section) {
    boolean bars = section.stream().filter(line -> line.text().startsWith("|")).count() > 1;
    return bars
        ? section.stream()
            .filter(line -> !line.text().matches("[|+:=\\s-]+"))
            .map(Table::withTabs)
            .toList()
        : section;
  }

  private static PageLine withTabs(PageLine line) {
    if (!line.text().startsWith("|")) {
      return line;
    }
    String cells = line.text().replaceFirst("^\\|", "").replaceFirst("(?<!\\\\)\\|$", "");
    String text =
        Stream.of(cells.split("(?<!\\\\)\\|", -1))
            .map(cell -> cell.strip().replace("\\|", "|").replaceAll("^`([\\w.]+)`$", "$1"))
            .collect(Collectors.joining("\t"));
    return new PageLine(line.number(), text.replaceAll("<br ?/?>", "\n"));
  }

  // ---- the head

  private static Optional<Head> head(
      List<PageLine> lines, List<List<Column>> tables, PageTemplate format) {
    List<Pattern> heads = tables.stream().map(columns -> head(columns, format)).toList();
    for (int i = 0; i < lines.size(); i++) {
      for (int table = 0; table < tables.size(); table++) {
        List<Column> columns = tables.get(table);
        for (int count : List.of(1, columns.size())) {
          if (i + count <= lines.size()
              && heads.get(table).matcher(words(lines.subList(i, i + count))).matches()) {
            return Optional.of(new Head(i, count, columns));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static String words(List<PageLine> lines) {
    return PageTemplate.plain(lines.stream().map(PageLine::words).collect(Collectors.joining(" ")));
  }

  private static Pattern head(List<Column> columns, PageTemplate format) {
    return Pattern.compile(
        columns.stream()
            .map(
                column ->
                    format.heads(column).stream()
                        .map(SentencePattern::lenient)
                        .collect(Collectors.joining("|", "(?:", ")")))
            .collect(Collectors.joining("\\s+", "(?iu)", "")));
  }

  private static void add(TableRow row, List<TableRow> rows) {
    String name = row.cells().get(0);
    rows.stream()
        .filter(other -> other.cells().get(0).equals(name))
        .findFirst()
        .ifPresent(
            other -> {
              throw UnreadablePageException.at(
                  row.line(),
                  "names %s a second time, after line %d".formatted(name, other.line().number()));
            });
    rows.add(row);
  }
}
