package asyncinfo.drift;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages in the frames and forms of other years and editors: each yields its real differences. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class PageFormsTest {
  private static final PageContext CONTRACT = PageContext.of(Specification.load());
  private static final PageTemplate FORMAT = CONTRACT.format();

  private static List<String> differences(String page) {
    ApiPage read = PageReader.read(SavedPage.lines(page), CONTRACT);
    return PageComparison.of(ApiMatcher.of(read, CONTRACT), read, CONTRACT).lines().stream()
        .map(line -> line.replaceFirst("; see .*", ""))
        .toList();
  }

  private static String page(Api api) {
    return PageFixture.of(api, FORMAT, " ");
  }

  private static Api api(String product) {
    return CONTRACT.apis().stream()
        .filter(api -> api.id().equals(product))
        .findFirst()
        .orElseThrow();
  }

  private static String edited(String page, String from, String to) {
    assertThat(page).contains(from);
    return page.replace(from, to);
  }

  private static String piped(Api api) {
    return PageFixture.of(api, FORMAT, " | ")
        .lines()
        .map(line -> line.contains(" | ") ? "| " + line + " |" : line)
        .map(line -> isHead(line) ? line + "\n" + "|---".repeat(columns(line)) + "|" : line)
        .collect(Collectors.joining("\n"));
  }

  private static boolean isHead(String line) {
    return Stream.of(Column.INPUT, Column.OUTPUT, Column.ERROR)
        .anyMatch(columns -> line.contains(String.join(" | ", FORMAT.head(columns))));
  }

  private static int columns(String line) {
    return (int) line.chars().filter(each -> each == '|').count() - 1;
  }

  private static Arguments form(String name, UnaryOperator<String> change) {
    return Arguments.of(name, change);
  }

  /** Ways in which a page may be shown or saved that promise nothing else. */
  static Stream<Arguments> forms() {
    String date = FORMAT.lastUpdated().get(0).split("\\{", -1)[0];
    return Stream.of(
        form(
            "frame of 2026",
            page ->
                edited(page, date, "Download\nFocus Mode\nFont Size\n" + date)
                    .replace("tencent cloud\n", "tencent cloud\n\nAPIs\n")
                    .replace(
                        "Contact Us\n",
                        "\nHelp and Support\n\nWas this page helpful?\n\nFeedback\n")),
        form("frame below the date", page -> edited(page, "\n1. ", "\nFont Size\nFocus Mode\n1. ")),
        form(
            "copy buttons",
            page -> edited(page, "Input Example\n", "Input Example\n\nCopy\n") + "\nFeedback"),
        form(
            "headings without numbers",
            page ->
                page.replaceAll("(?m)^[1-6]\\. ", "")
                    .replace("\nExample\n", "\n## Example\n")
                    .replace("\nError Code\n\n", "\n## Error Code\n\n")),
        form("headings of Markdown", page -> page.replaceAll("(?m)^([1-6]\\. )", "## $1")),
        form(
            "headings in the plural",
            page ->
                page.replace("4. Example", "4. Examples")
                    .replace("6. Error Code", "6. Error Codes")),
        form(
            "other headings",
            page ->
                page.replace("2. Input Parameters", "2. Request Parameters")
                    .replace("3. Output Parameters", "3. Response Parameters")
                    .replace("1. API Description", "1. Overview of the API")),
        form(
            "headings with wide numbers",
            page -> page.replaceAll("(?m)^([1-6])\\. ", "$1．").replace("2．Input", "２．Input")),
        form(
            "another count of headings",
            page -> page.replace("6. Error Code", "7. Error Code").replace("7. Error", "5. Error")),
        form("other heads of tables", page -> page.replace("Parameter Name ", "Parameter ")),
        form("short heads of tables", page -> page.replace("Parameter Name ", "Name ")),
        form("heads in capitals", page -> page.replace("Parameter Name", "PARAMETER NAME")),
        form(
            "examples with a space and a colon",
            page -> page.replaceAll("(?m)^Example1 ", "Example 1: ")),
        form(
            "examples in other words",
            page ->
                page.replace("Input Example", "Sample Request:")
                    .replace("Output Example", "Sample Response:")),
        form("title of an example below", page -> page.replaceAll("(?m)^Example1 ", "Example 1\n")),
        form(
            "full-width colons",
            page ->
                page.replace("API request: ", "API request：")
                    .replace("Valid values: ", "Valid values：")
                    .replace(date, date.strip().replace(":", "：") + " ")),
        form(
            "no full stop",
            page -> page.replace("tencentcloudapi.com.\n", "tencentcloudapi.com\n")),
        form("quotation marks", page -> page.replace("'", "’")),
        form("wide brackets", page -> page.replace(" (", "（").replace(")", "）")),
        form("byte order mark", page -> "\uFEFF" + page.replace("\n", "\r\n")),
        form("non-breaking spaces", page -> page.replace(" ", "\u00a0")),
        form("ideographic spaces", page -> page.replace(" String ", "\u3000String\u3000")),
        form("rows broken behind the name", page -> page.replace(" Yes String", "\nYes String")),
        form("rows broken behind the flag", page -> page.replace(" Yes String", " Yes\nString")),
        form(
            "one cell for each line",
            page ->
                page.replace(" Yes String ", "\nYes\nString\n")
                    .replace(
                        "Parameter Name Required Type Description",
                        "Parameter Name\nRequired\nType\nDescription")),
        form("output rows by cell", page -> page.replaceAll("(?m)^(\\w+) String ", "$1\nString\n")),
        form("descriptions broken", page -> page.replaceAll("(?<=[a-z]\\.) (?=[A-Z])", "\n")),
        form(
            "type before the flag",
            page ->
                page.replace("Required Type", "Type Required")
                    .replace(" Yes String ", " String Yes ")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void findsNothingInAnotherForm(String name, UnaryOperator<String> change) {
    assertThat(CONTRACT.apis())
        .allSatisfy(
            api -> {
              String page = page(api);
              assertThat(differences(change.apply(page))).isEmpty();
            });
  }

  @Test
  void readsTablesWithVerticalBars() {
    assertThat(CONTRACT.apis()).allSatisfy(api -> assertThat(differences(piped(api))).isEmpty());
    assertThat(
            differences(edited(piped(api("dts")), "success, failed, running", "success, failed")))
        .containsExactly(
            "BREAKING  dts/3/Status=running: the page: nothing; schemas/: \"running\"");
  }

  // ---- null

  private static final String NOTE =
      "Note: This field may return null, indicating that no valid values can be obtained.";

  @Test
  void namesEachFieldThatMayBeNull() {
    String page = page(api("mongodb"));

    assertThat(differences(edited(page, "start time.\n", "start time.\n" + NOTE + "\n")))
        .containsExactly(
            "ADDED     mongodb/3/StartTime: the page: may be null; schemas/: never null");
    assertThat(differences(edited(page, ", success\n", ", success\n" + NOTE + "\n")))
        .containsExactly("ADDED     mongodb/3/Status: the page: may be null; schemas/: never null");
    assertThat(differences(edited(page, ", success\n", ", success " + NOTE + "\n")))
        .containsExactly("ADDED     mongodb/3/Status: the page: may be null; schemas/: never null");
  }

  // ---- values by line

  private static String byLine(String list) {
    String page = page(api("mongodb"));
    return edited(
        page, page.substring(page.indexOf("initial ("), page.indexOf("\nStartTime")), list);
  }

  private static final String LINES =
      """

      - initial: initializing.
      - running.
      - paused: paused due to failure.
      - undoed: rolled back due to failure.
      - failed: ended due to failure.
      - success.\
      """;

  @Test
  void readsValuesLineByLine() {
    assertThat(differences(byLine(LINES))).isEmpty();
    assertThat(differences(byLine(LINES.replace("- ", "• ").replace(".\n", "\n")))).isEmpty();
    assertThat(differences(byLine(LINES.replace("- ", "").replace(".\n", "\n")))).isEmpty();
    assertThat(differences(byLine(LINES.replace("- running.\n", ""))))
        .containsExactly(
            "BREAKING  mongodb/3/Status=running: the page: nothing; schemas/: \"running\"");
    assertThat(differences(byLine(LINES.replace("- running.", "- running: at work.\n- lost."))))
        .containsExactly(
            "ADDED     mongodb/3/Status=lost: the page: \"lost\"; schemas/: nothing",
            "WORDING   mongodb/3/Status=running: the page: \"at work\"; schemas/: nothing");
    assertThat(differences(byLine(LINES + "\n" + NOTE)))
        .containsExactly("ADDED     mongodb/3/Status: the page: may be null; schemas/: never null");
  }
}
