package asyncinfo.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table of a page, whose columns stand behind each other on a line.
 *
 * @param before the lines of the section before the table's head
 * @param rows the rows
 */
record Table(List<PageLine> before, List<TableRow> rows) {

  /**
   * A row.
   *
   * @param line the line that it begins on
   * @param cells what stands in the columns; the last one may go on over lines
   */
  record TableRow(PageLine line, List<String> cells) {

    private TableRow and(PageLine more) {
      List<String> longer = new ArrayList<>(cells);
      longer.set(cells.size() - 1, (cells.get(cells.size() - 1) + " " + more.words()).strip());
      return new TableRow(line, longer);
    }
  }

  /** Tells the rows of a table from other lines. */
  interface Form {
    /**
     * The cells of a row; empty where a line is none.
     *
     * @param tabs whether tabs stand between the columns of the head
     * @throws UnreadablePageException when a line is half a row
     */
    Optional<List<String>> cells(PageLine line, boolean tabs);
  }

  /**
   * Finds a table in a section. A line that is no row goes on with the row above it.
   *
   * @param columns the table's head
   * @param form the cells of a line that is a row; told whether tabs stand between the columns
   * @throws UnreadablePageException when there is no head, when a line stands before the first row,
   *     and when a row is there twice
   */
  static Table read(List<PageLine> section, List<String> columns, Form form) {
    int head = head(section, columns);
    boolean tabs = section.get(head).text().contains("\t");
    List<TableRow> rows = new ArrayList<>();
    for (PageLine line : section.subList(head + 1, section.size())) {
      Optional<List<String>> cells = form.cells(line, tabs);
      if (cells.isPresent()) {
        add(new TableRow(line, cells.get()), rows);
      } else if (rows.isEmpty()) {
        throw UnreadablePageException.at(
            line, "is no row of the table \"%s\"".formatted(String.join(" ", columns)));
      } else {
        rows.add(rows.remove(rows.size() - 1).and(line));
      }
    }
    return new Table(section.subList(0, head), rows);
  }

  /** Whether a section has the head of a table. */
  static boolean hasHead(List<PageLine> section, List<String> columns) {
    String head = String.join(" ", columns);
    return section.stream().anyMatch(line -> line.words().equalsIgnoreCase(head));
  }

  private static int head(List<PageLine> section, List<String> columns) {
    String head = String.join(" ", columns);
    for (int i = 0; i < section.size(); i++) {
      if (section.get(i).words().equalsIgnoreCase(head)) {
        return i;
      }
    }
    throw UnreadablePageException.at(
        section.get(0), "and the lines below it are no table \"%s\"".formatted(head));
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
