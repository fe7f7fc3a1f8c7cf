package asyncinfo.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A text that is no readable page yields one line, and nothing is compared. */
@Tag("slow")
class UnreadablePageTest {
  private static final PageContext CONTRACT = PageContext.of(Specification.load());
  private static final Api API =
      CONTRACT.apis().stream().filter(api -> api.id().equals("dts")).findFirst().orElseThrow();
  private static final String APIS =
      CONTRACT.apis().stream()
          .map(Api::folder)
          .collect(Collectors.joining(", ", "; there are ", ""));

  @TempDir Path folder;

  private static String page(String separator) {
    return PageFixture.of(API, CONTRACT.format(), separator);
  }

  private void refuses(Path file, String line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatThrownBy(
            () ->
                PageDrift.compare(
                    file.toString(), CONTRACT, new PrintStream(out, true, StandardCharsets.UTF_8)))
        .isInstanceOf(DriftException.class)
        .hasMessage("page: " + file + line)
        .hasNoCause();
    assertThat(out.size()).isZero();
  }

  @Test
  void refusesAFileThatIsNotThere() {
    refuses(folder.resolve("none.txt"), " is no file; save the page's text there");
    refuses(folder, " is no file; save the page's text there");
    refuses(Path.of(""), " is no file; save the page's text there");
  }

  static Stream<Arguments> files() {
    String empty = " is empty; save the page's text there";
    String noText = " is no text in UTF-8; save the page as plain text";
    String html = " is HTML; save what the browser shows, as plain text";
    return Stream.of(
        Arguments.of(new byte[0], empty),
        Arguments.of("\uFEFF \r\n\u00a0\n".getBytes(StandardCharsets.UTF_8), empty),
        Arguments.of(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, noText),
        Arguments.of("a\0b".getBytes(StandardCharsets.UTF_8), noText),
        Arguments.of(page(" ").getBytes(StandardCharsets.UTF_16), noText),
        Arguments.of("\n<!DOCTYPE html>\n".getBytes(StandardCharsets.UTF_8), html),
        Arguments.of(new byte[(1 << 20) + 1], " is larger than 1 MiB; save the page's text alone"),
        Arguments.of(
            "A shopping list".getBytes(StandardCharsets.UTF_8),
            " is no page of an API: it has none of the headings 1. API Description, 2. Input"
                + " Parameters, 3. Output Parameters, 4. Example, 5. Developer Resources, 6. Error"
                + " Code"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void refusesAFileThatIsNoText(byte[] bytes, String line) throws IOException {
    refuses(Files.write(folder.resolve("page.txt"), bytes), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Headings
        "1. API Description | Something else | ` has nothing under the heading \"1. API"
            + " Description\"; save the whole page`",
        "3. Output Parameters\\n"
            + " | | ` has nothing under the heading \"3. Output Parameters\"; save the whole page`",
        "6. Error Code\\n"
            + " | 6. Error Code\\n"
            + "Contact Us\\n"
            + " | ` has nothing under the heading \"6. Error Code\"; save the whole page`",
        "5. Developer Resources | 2. Input Parameters | `, line 60: \"2. Input Parameters\" is"
            + " there a second time; save one page for each file`",
        // Tables
        "Parameter Name Required Type Description\\n"
            + " | | `, line 22: \"The following request parameter list only provides API reque…\""
            + " and the lines below it are no table \"Parameter Name Required Type Description\"`",
        "Parameter Name Type Description\\n"
            + " | | `, line 34: \"Info String Task execution result information\" and the lines"
            + " below it are no table \"Parameter Name Type Description\"`",
        "Error Code Description\\n"
            + " | | `, line 66: \"The following only lists the error codes related to the API …\""
            + " and the lines below it are no table \"Error Code Description\"`",
        "Action Yes | Note this.\\n"
            + "Action Yes | `, line 26: \"Note this.\" is no row of the table \"Parameter Name"
            + " Required Type Description\"`",
        "Region Yes | Region Maybe | `, line 28: \"Region Maybe String Common Params. For more"
            + " information, ple…\" is neither Yes nor No`",
        "Yes String Task ID | Yes | `, line 29: \"AsyncRequestId Yes\" has no type; keep a row on"
            + " one line`",
        "AsyncRequestId Yes String Task ID | Yes String Task ID | `, line 29: \"Yes String Task"
            + " ID\" has no name; keep a row on one line`",
        "Status String | Info String Again\\n"
            + "Status String | `, line 36: \"Info String Again\" names Info a second time, after"
            + " line 35`",
        "Status String | Data Filter\\n"
            + "Status String | `, line 36: \"Data Filter\" may be a row, or go on with the line"
            + " above; put tabs between its columns, or join the two lines`",
        "Status String | Data Filter The filter\\n"
            + "Status String | `, line 36: \"Data Filter The filter\" may be a row, or go on with"
            + " the line above; put tabs between its columns, or join the two lines`",
        // Examples
        "Output Example | Output | `, line 42: \"Example1 Querying task execution result\" has no"
            + " \"Output Example\" below it`",
        "Example1 Querying | Example Querying | `, line 44: \"Input Example\" stands under no"
            + " example's title`",
      })
  void namesTheLineThatCannotBeRead(String from, String to, String line) throws IOException {
    String page = page(" ");
    String slip = to == null ? "" : to.replace("\\n", "\n");
    assertThat(page).contains(from.replace("\\n", "\n"));
    Path file =
        Files.writeString(
            folder.resolve("page.txt"), page.replace(from.replace("\\n", "\n"), slip));

    refuses(file, line);
  }

  @Test
  void namesTheTabbedLineThatCannotBeRead() throws IOException {
    String page = page("\t").replace("Region\tYes", "Region\tMaybe");

    refuses(
        Files.writeString(folder.resolve("page.txt"), page),
        ", line 28: \"Region Maybe String Common Params. For more information, ple…\" is neither"
            + " Yes nor No");
  }

  @Test
  void refusesThePageOfAnotherApi() throws IOException {
    String page =
        page(" ")
            .replace("DescribeAsyncRequestInfo", "DescribeOther")
            .replace("2018-03-30", "2021-12-06");

    refuses(
        Files.writeString(folder.resolve("page.txt"), page),
        " is the page of no API under schemas/: Action \"DescribeOther\", Version \"2021-12-06\","
            + " domain \"dts.tencentcloudapi.com\""
            + APIS);
  }
}
