package asyncinfo.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a row of each table looks like. Tabs tell its columns; where only spaces do, a type of the
 * page's own cannot be told from the words of a description, unless {@code schemas/} know the name.
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

  private static final Pattern OUTPUT_OF_STRUCTURE =
      Pattern.compile(CAPITALISED + " " + CAPITALISED + REST);
  private static final Pattern ERROR = Pattern.compile("(\\S+)" + REST);

  private final PageContext contract;
  private final PageTemplate format;
  private final Pattern input;
  private final Pattern output;
  private final Pattern withoutType;
  private final Pattern withoutName;
  private final Pattern withoutFlag;

  RowParser(PageContext contract) {
    this.contract = contract;
    this.format = contract.format();
    String flag =
        format.required().keySet().stream().collect(Collectors.joining("|", "((?i:", "))"));
    String type = type(format);
    this.input = Pattern.compile(NAME + " " + flag + " (?:" + type + "|(\\S+))" + REST);
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

  /** Name, required, type, description. */
  Optional<List<String>> input(PageLine line, boolean tabs) {
    Optional<List<String>> row =
        tabbed(line, format.tables().input().size()).or(() -> cells(line, input));
    if (row.isEmpty()) {
      refuseHalfRows(line);
    } else if (format.required(row.get().get(1)).isEmpty()) {
      throw UnreadablePageException.at(line, "does not say " + flags());
    }
    return row;
  }

  private String flags() {
    return String.join(" or ", format.required().keySet());
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
      throw UnreadablePageException.at(line, "does not say " + flags());
    }
  }

  /** Name, type, description. */
  Optional<List<String>> output(PageLine line, boolean tabs) {
    Optional<List<String>> row =
        tabbed(line, format.tables().output().size())
            .or(() -> cells(line, output))
            .or(
                () ->
                    cells(line, OUTPUT_OF_STRUCTURE)
                        .filter(cells -> contract.hasMember(cells.get(0))));
    if (row.isEmpty() && !tabs && PERHAPS.matcher(line.words()).matches()) {
      throw UnreadablePageException.at(
          line,
          "may be a row, or go on with the line above; put tabs between its columns, or join the"
              + " two lines");
    }
    return row;
  }

  /** Code, description. */
  Optional<List<String>> error(PageLine line, boolean tabs) {
    return tabbed(line, format.tables().error().size())
        .or(() -> cells(line, ERROR).filter(cells -> isCode(cells.get(0))));
  }

  private boolean isCode(String word) {
    return contract.hasCode(word) || (CODE.matcher(word).matches() && !contract.hasMember(word));
  }

  /** The columns of a line with tabs between them; the description may be empty. */
  private static Optional<List<String>> tabbed(PageLine line, int columns) {
    List<String> cells = new ArrayList<>(List.of(line.text().split("\\s*\\t\\s*", -1)));
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
    return cell.strip().replaceAll("\\s+", " ");
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
