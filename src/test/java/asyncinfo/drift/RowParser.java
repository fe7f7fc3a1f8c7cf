package asyncinfo.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Recognises the rows of each table. Tabs separate its columns; where only spaces do, the name of a
 * structure resembles the words of a description, unless {@code schemas/} or a page of structures
 * has the name.
 */
final class RowParser {
  private static final String NAME = "([A-Za-z][\\w.]*)";
  private static final String CAPITALISED = "([A-Z][\\w.]*)";
  private static final String REST = "(?: (.*))?";

  /** A name and the type of a structure, with a description that does not go on in a sentence. */
  private static final Pattern PERHAPS =
      Pattern.compile("[A-Z]\\w* [A-Z]\\w*[a-z]\\w*(?: [^a-z].*)?");

  /** A capital or a full stop inside, as in no word of a sentence. */
  private static final Pattern CODE =
      Pattern.compile("[A-Z]\\w*(?:\\.\\w+)+|[A-Z]\\w*[a-z0-9][A-Z]\\w*");

  /** A name of two words at least, as structures have. */
  private static final Pattern STRUCTURE = Pattern.compile("[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+");

  private static final Pattern OUTPUT_OF_STRUCTURE =
      Pattern.compile(CAPITALISED + " " + CAPITALISED + REST);
  private static final Pattern ERROR = Pattern.compile("(\\S+)" + REST);

  private final PageContext contract;
  private final PageTemplate format;
  private final Set<String> structures;
  private final String type;
  private final Pattern input;
  private final Pattern inputTypeFirst;
  private final Pattern output;
  private final Pattern withoutType;
  private final Pattern withoutName;
  private final Pattern withoutFlag;

  RowParser(PageContext contract) {
    this.contract = contract;
    this.format = contract.format();
    this.structures = contract.structures();
    String flag =
        format.required().keySet().stream().collect(Collectors.joining("|", "((?i:", "))"));
    this.type = type(format);
    this.input = Pattern.compile(NAME + " " + flag + " (?:" + type + "|(\\S+))" + REST);
    this.inputTypeFirst = Pattern.compile(NAME + " (?:" + type + "|(\\S+)) " + flag + REST);
    this.output = Pattern.compile(CAPITALISED + " " + type + REST);
    this.withoutType = Pattern.compile(NAME + " " + flag);
    this.withoutName = Pattern.compile(flag + " " + type + REST);
    this.withoutFlag = Pattern.compile(CAPITALISED + " " + CAPITALISED + " " + type + REST);
  }

  /** The types that pages name, the longest first, and arrays of these and of structures. */
  private static String type(PageTemplate format) {
    String array = "(?:" + Pattern.quote(format.arrayOf()) + ")";
    String names =
        format.types().stream()
            .map(PageTemplate.Type::name)
            .sorted(Comparator.comparing(String::length).reversed())
            .collect(Collectors.joining("|"));
    return "(%s*(?:%s)|%s+\\S+)".formatted(array, names, array);
  }

  /** Returns name, required, type and description. */
  Optional<Table.Cells> input(List<PageLine> lines, List<Column> columns, boolean tabs) {
    Optional<Table.Cells> row = inputRow(lines.get(0), columns, 1);
    for (int count = 2; row.isEmpty() && count <= Math.min(4, lines.size()); count++) {
      row = broken(lines.subList(0, count), columns);
    }
    PageLine line = lines.get(0);
    if (row.isEmpty()) {
      refuseHalfRows(line);
    } else if (format.required(row.get().texts().get(1)).isEmpty()) {
      throw UnreadablePageException.at(line, "is neither " + flags());
    }
    return row;
  }

  private Optional<Table.Cells> inputRow(PageLine line, List<Column> columns, int lines) {
    boolean typeFirst = columns.equals(Column.INPUT_TYPE_FIRST);
    Pattern pattern = typeFirst ? inputTypeFirst : input;
    return tabbed(line, columns.size())
        .or(() -> cells(line, pattern))
        .map(cells -> typeFirst ? flagFirst(cells) : cells)
        .map(cells -> new Table.Cells(cells, lines));
  }

  private static List<String> flagFirst(List<String> cells) {
    return List.of(cells.get(0), cells.get(2), cells.get(1), cells.get(3));
  }

  /** Returns the cells of a row whose columns stand on several lines. */
  private Optional<Table.Cells> broken(List<PageLine> lines, List<Column> columns) {
    String first = lines.get(0).words();
    boolean half = first.matches(NAME) || withoutType.matcher(first).matches();
    String words = lines.stream().map(PageLine::words).collect(Collectors.joining(" "));
    return half
        ? inputRow(new PageLine(lines.get(0).number(), words), columns, lines.size())
            .filter(row -> format.required(row.texts().get(1)).isPresent())
        : Optional.empty();
  }

  private String flags() {
    return String.join(" nor ", format.required().keySet().stream().limit(2).toList());
  }

  private void refuseHalfRows(PageLine line) {
    String words = line.words();
    if (withoutType.matcher(words).matches()) {
      throw UnreadablePageException.at(line, "has no type; keep a row on one line");
    }
    if (withoutName.matcher(words).matches()) {
      throw UnreadablePageException.at(line, "has no name; keep a row on one line");
    }
    if (withoutFlag.matcher(words).matches()) {
      throw UnreadablePageException.at(line, "is neither " + flags());
    }
  }

  /** Returns name, type and description. */
  Optional<Table.Cells> output(List<PageLine> lines, List<Column> columns, boolean tabs) {
    PageLine line = lines.get(0);
    Optional<List<String>> row =
        tabbed(line, columns.size())
            .filter(cells -> cells.get(1).matches(type + "|" + CAPITALISED))
            .or(() -> cells(line, output))
            .or(() -> cells(line, OUTPUT_OF_STRUCTURE).filter(this::isStructure));
    if (row.isEmpty() && lines.size() > 1 && line.words().matches(CAPITALISED)) {
      PageLine next = lines.get(1);
      if (next.words().matches(type)) {
        return Optional.of(new Table.Cells(List.of(line.words(), next.words(), ""), 2));
      }
    }
    if (row.isEmpty() && !tabs && PERHAPS.matcher(line.words()).matches()) {
      throw UnreadablePageException.at(
          line,
          "may be a row, or go on with the line above; put tabs between its columns, or join the"
              + " two lines");
    }
    return row.map(cells -> new Table.Cells(cells, 1));
  }

  private boolean isStructure(List<String> cells) {
    String name = cells.get(1);
    return contract.hasMember(cells.get(0))
        || structures.contains(name)
        || STRUCTURE.matcher(name).matches();
  }

  /** Returns code and description. */
  Optional<Table.Cells> error(List<PageLine> lines, List<Column> columns, boolean tabs) {
    PageLine line = lines.get(0);
    return tabbed(line, Column.ERROR.size())
        .or(() -> cells(line, ERROR).filter(cells -> isCode(cells.get(0))))
        .map(cells -> new Table.Cells(cells, 1));
  }

  private boolean isCode(String word) {
    return contract.hasCode(word) || (CODE.matcher(word).matches() && !contract.hasMember(word));
  }

  /** The columns of a line with tabs between them; the description may be empty. */
  private static Optional<List<String>> tabbed(PageLine line, int columns) {
    List<String> cells = new ArrayList<>(List.of(line.text().split("[ \\x0B\\f\\r]*\\t\\s*", -1)));
    if (cells.size() == 1 || cells.size() < columns - 1 || !cells.get(0).matches(NAME)) {
      return Optional.empty();
    }
    if (cells.size() < columns) {
      cells.add("");
    }
    List<String> last = cells.subList(columns - 1, cells.size());
    cells.set(columns - 1, String.join(" ", last));
    return Optional.of(cells.subList(0, columns).stream().map(RowParser::words).toList());
  }

  private static String words(String cell) {
    return cell.strip().replaceAll("[ \\t]+", " ");
  }

  /** The groups of a pattern that a line matches; the last one may be empty. */
  private static Optional<List<String>> cells(PageLine line, Pattern pattern) {
    Matcher row = pattern.matcher(line.words());
    if (!row.matches()) {
      return Optional.empty();
    }
    List<String> cells = new ArrayList<>();
    for (int i = 1; i < row.groupCount(); i++) {
      if (row.group(i) != null) {
        cells.add(row.group(i));
      }
    }
    cells.add(Optional.ofNullable(row.group(row.groupCount())).orElse(""));
    return Optional.of(cells);
  }
}
