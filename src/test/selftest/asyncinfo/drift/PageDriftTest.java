package asyncinfo.drift;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Example;
import asyncinfo.contract.Field;
import asyncinfo.contract.Json;
import asyncinfo.contract.Limit;
import asyncinfo.contract.Specification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A page that matches {@code schemas/} yields nothing, however it was saved; a changed one yields
 * exactly the change. The pages are written from {@code schemas/} themselves.
 */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class PageDriftTest {
  private static final PageContext SCHEMAS = PageContext.of(Specification.load());

  /** An API with everything that pages have and the catalogue's may not have. */
  private static final Api RICH =
      new Api(
          "depot",
          "depot",
          "2025-03-01",
          "DescribeParcels",
          "DescribeParcels",
          "2026-02-01 09:00:00",
          "This API is used to query shipments. It is fast.",
          "depot.tencentcloudapi.com",
          new Limit(1200, 60),
          List.of(
              input(
                  "Action",
                  "String",
                  "Common Params. The value used for this API: DescribeParcels."),
              input("Version", "String", "Common Params. The value used for this API: 2025-03-01."),
              input("Region", "String", "Common Params."),
              new Field("Ids", "Array of String", false, "Shipment IDs", List.of()),
              new Field("Filters", "Array of Object", false, "", List.of()),
              new Field("Since", "Timestamp ISO8601", false, "Earliest time.", List.of()),
              new Field(
                  "Limit",
                  "Integer",
                  false,
                  "How many. Value range: 1-100. Default: 20.",
                  List.of())),
          List.of(
              new Field("Total", "Integer", true, "Number of shipments", List.of()),
              new Field("Shipments", "Array of Object", true, "Shipments", List.of()),
              new Field("Page", "Object", true, "The page", List.of()),
              new Field("Weight", "Float", true, "Weight in kg", List.of()),
              new Field(
                  "Code",
                  "Integer",
                  true,
                  "State.",
                  List.of(
                      new DocumentedValue("0", "wrapped, or not"), new DocumentedValue("1.5", ""))),
              new Field("RequestId", "String", true, "The unique request ID.", List.of())),
          List.of(
              new Example(
                  "Querying all",
                  Map.of("Limit", "20"),
                  Json.read(
                      "{\"Response\":{\"Total\":2,\"Weight\":1.5,\"Shipments\":[{\"Id\":7}]}}")),
              new Example(
                  "Querying none", Map.of(), Json.read("{\"Response\":{\"Shipments\":[]}}"))),
          List.of(new DocumentedValue("FailedOperation.DepotClosed", "The depot is closed.")),
          List.of(),
          List.of());

  private static final PageContext CONTRACT =
      new PageContext(
          Stream.concat(SCHEMAS.apis().stream(), Stream.of(RICH)).toList(),
          SCHEMAS.commonParameters(),
          SCHEMAS.commonCodes(),
          SCHEMAS.format(),
          Set.of());

  @TempDir Path folder;

  private static Field input(String name, String type, String description) {
    return new Field(name, type, true, description, List.of());
  }

  static List<Api> apis() {
    return CONTRACT.apis();
  }

  private static Api api(String product) {
    return apis().stream().filter(a -> a.product().equals(product)).findFirst().orElseThrow();
  }

  private static String page(Api api) {
    return PageFixture.of(api, CONTRACT.format(), " ");
  }

  private static List<String> differences(String page) {
    return differences(page, CONTRACT);
  }

  private static List<String> differences(String page, PageContext contract) {
    ApiPage read = PageReader.read(SavedPage.lines(page), contract);
    return PageComparison.of(ApiMatcher.of(read, contract), read, contract).lines();
  }

  private static String edited(String page, String from, String to) {
    assertThat(page).contains(from);
    return page.replace(from, to);
  }

  // ---- no difference

  @ParameterizedTest
  @MethodSource("apis")
  void findsNothingOnThePageThatSchemasDescribe(Api api) {
    assertThat(differences(page(api))).isEmpty();
    assertThat(differences(PageFixture.of(api, CONTRACT.format(), "\t"))).isEmpty();
    assertThat(differences(PageFixture.of(api, CONTRACT.format(), "    "))).isEmpty();
    assertThat(differences(PageFixture.of(api, CONTRACT.format(), " \t "))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("apis")
  void readsAPageHoweverItWasSaved(Api api) {
    String page = page(api);
    String date = CONTRACT.format().lastUpdated().get(0).replace("{date}", api.lastUpdated());
    String contents =
        Stream.of(Section.values())
            .map(CONTRACT.format()::heading)
            .collect(Collectors.joining("\n"));
    String behind = "Contact Us\n\nContact our sales team.\n";

    assertThat(
            Stream.of(
                "\uFEFF" + page.replace("\n", "\r\n"),
                page.replace("\n", "\r"),
                page.replace("\n", "\n\n"),
                page.replaceAll("\n+", "\n"),
                page.replace("\n", "  \n\u00a0  "),
                page.replace(" ", "\u00a0"),
                page.replace(".", ".\u200b"),
                edited(page, date, date + "\n" + api.title() + "\n" + date),
                contents + "\n" + page,
                edited(page, behind, contents + "\nFeedback\n"),
                edited(page, behind, contents + "\nOther words\n"),
                edited(page, behind, ""),
                edited(
                    page, behind, "Was this page helpful?\nYou can also Contact Sales.\nYes\nNo"),
                edited(page, behind, "Feedback\nOther Things")))
        .allSatisfy(saved -> assertThat(differences(saved)).isEmpty());
  }

  /** Lines of a page as an editor of some width breaks them; a row's columns stay on one line. */
  @ParameterizedTest
  @MethodSource("apis")
  void joinsWrappedDescriptions(Api api) {
    for (String separator : List.of(" ", "\t")) {
      String page = PageFixture.of(api, CONTRACT.format(), separator);
      assertThat(IntStream.iterate(50, width -> width < 160, width -> width + 7))
          .allSatisfy(width -> assertThat(differences(wrapped(page, width))).isEmpty());
    }
  }

  private static String wrapped(String page, int width) {
    List<String> heads =
        Stream.of(Column.INPUT, Column.OUTPUT, Column.ERROR)
            .map(columns -> CONTRACT.format().head(columns).get(0))
            .toList();
    List<String> lines = new ArrayList<>();
    for (String line : page.split("\n", -1)) {
      String rest = line;
      while (rest.length() > width
          && heads.stream().noneMatch(line::startsWith)
          && rest.lastIndexOf(' ', width) > width / 2) {
        lines.add(rest.substring(0, rest.lastIndexOf(' ', width)));
        rest = rest.substring(rest.lastIndexOf(' ', width) + 1);
      }
      lines.add(rest);
    }
    return String.join("\n", lines);
  }

  // ---- no line overlooked

  private static List<String> linesOf(String page) {
    return new ArrayList<>(List.of(page.split("\n", -1)));
  }

  /** The places in the sections that describe the API. */
  private static List<Integer> places(List<String> lines) {
    PageTemplate format = CONTRACT.format();
    int resources = lines.indexOf(format.heading(Section.RESOURCES));
    int errors = lines.indexOf(format.heading(Section.ERROR));
    return IntStream.range(lines.indexOf(format.heading(Section.DESCRIPTION)), lines.size())
        .filter(i -> i < resources || i >= errors)
        .filter(i -> i < lines.indexOf("Contact Us"))
        .boxed()
        .toList();
  }

  private static List<String> differencesOrError(List<String> lines) {
    try {
      return differences(String.join("\n", lines));
    } catch (UnreadablePageException e) {
      return List.of(e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("apis")
  void overlooksNoLineThatIsNew(Api api) {
    List<String> page = linesOf(page(api));

    assertThat(places(page))
        .allSatisfy(
            place -> {
              List<String> longer = new ArrayList<>(page);
              longer.add(place + 1, "This API is deprecated.");
              assertThat(differencesOrError(longer)).isNotEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("apis")
  void overlooksNoLineThatIsGone(Api api) {
    List<String> page = linesOf(page(api));

    assertThat(places(page))
        .filteredOn(place -> !page.get(place).isBlank())
        .filteredOn(place -> !CONTRACT.format().sentences().contains(page.get(place)))
        .filteredOn(place -> !page.get(place).equals("&<Common request parameters>"))
        .allSatisfy(
            place -> {
              List<String> shorter = new ArrayList<>(page);
              shorter.remove((int) place);
              assertThat(differencesOrError(shorter)).isNotEmpty();
            });
  }

  // ---- one change

  /** The lines without the file, which stands behind them. */
  private static List<String> changes(String page) {
    return differences(page).stream().map(line -> line.replaceFirst("; see .*", "")).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Section 1
        "dts | API request: dts. | API request: dts.intl. | BREAKING  dts/1/domain: the page:"
            + " dts.intl.tencentcloudapi.com; schemas/: dts.tencentcloudapi.com",
        "dts | Domain name for API request: dts.tencentcloudapi.com. | | BREAKING  dts/1/domain:"
            + " the page: nothing; schemas/: dts.tencentcloudapi.com",
        "dts | of 20 requests | of 50 requests | BREAKING  dts/1/limit: the page: 50 requests"
            + " in 1 second; schemas/: 20 requests in 1 second",
        "dts | initiated per second | initiated per minute | BREAKING  dts/1/limit: the page: 20"
            + " requests in 60 seconds; schemas/: 20 requests in 1 second",
        "dts | initiated per second | initiated every 10 seconds | BREAKING  dts/1/limit: the page:"
            + " 20 requests in 10 seconds; schemas/: 20 requests in 1 second",
        "dts | of 20 requests | of 1,000 requests | BREAKING  dts/1/limit: the page: 1000"
            + " requests in 1 second; schemas/: 20 requests in 1 second",
        "dts | the execution result of | the state of | WORDING   dts/1: the page: \"This API"
            + " is used to query the state of a task.\"; schemas/: \"This API is used to query"
            + " the execution result of a task.\"",
        "dts | This API is used | This API is deprecated. This API is used | WORDING   dts/1: the"
            + " page: \"This API is deprecated.\"; schemas/: nothing",
        "dts | This API is used to query the execution result of a task. | | WORDING   dts/1: the"
            + " page: nothing; schemas/: \"This API is used to query the execution result of a"
            + " task.\"",
        // Head
        "dts | 2022-05-12 10:02:17 | 2024-12-10 08:00:00 | WORDING   dts/date: the page:"
            + " \"2024-12-10 08:00:00\"; schemas/: \"2022-05-12 10:02:17\"",
        "dts | Info\\n"
            + "\\n"
            + "Last | Infos\\n"
            + "\\n"
            + "Last | WORDING   dts/title: the page: \"DescribeAsyncRequestInfos\"; schemas/:"
            + " \"DescribeAsyncRequestInfo\"",
        "dts | 10:02:17\\n"
            + " | 10:02:17\\n"
            + "This API is deprecated.\\n"
            + " | WORDING   dts/head: the page: \"This API is deprecated.\"; schemas/: nothing",
        // Section 2
        "dts | Region Yes | Region No | BREAKING  dts/2/Region: the page: optional; schemas/:"
            + " required",
        "depot | Ids No | Ids Yes | BREAKING  depot/2/Ids: the page: required; schemas/: optional",
        "dts | AsyncRequestId Yes String Task ID\\n"
            + " | | BREAKING  dts/2/AsyncRequestId: the page: nothing; schemas/: String,"
            + " required",
        "depot | Filters No Array of Object\\n"
            + " | | BREAKING  depot/2/Filters: the page: nothing; schemas/: Array of Object,"
            + " optional",
        "dts | Yes String Task ID | Yes Integer Task ID | BREAKING  dts/2/AsyncRequestId: the page:"
            + " Integer; schemas/: String",
        "dts | Task ID\\n"
            + " | Task ID\\n"
            + "Detail No Boolean With details.\\n"
            + " | ADDED     dts/2/Detail: the page: Boolean, optional (With details.); schemas/:"
            + " nothing",
        "dts | Task ID\\n"
            + " | Task ID\\n"
            + "Detail Yes Array of String\\n"
            + " | BREAKING  dts/2/Detail: the page: Array of String, required; schemas/: nothing",
        "dts | Task ID | ID of the task | WORDING   dts/2/AsyncRequestId: the page: \"ID of the"
            + " task\"; schemas/: \"Task ID\"",
        "dts | API: 2018-03-30 | API: 2021-12-06 | BREAKING  dts/2/Version: the page:"
            + " \"2021-12-06\"; schemas/: \"2018-03-30\"",
        "dts | API: DescribeAsyncRequestInfo. | API: DescribeAsyncRequest. | BREAKING "
            + " dts/2/Action: the page: \"DescribeAsyncRequest\"; schemas/:"
            + " \"DescribeAsyncRequestInfo\"",
        "dts | The value used for this API: 2018-03-30. | | BREAKING  dts/2/Version: the page:"
            + " nothing; schemas/: \"2018-03-30\"",
        "dts | Parameter Name Required | Read this first.\\n"
            + "Parameter Name Required | WORDING   dts/2: the page: \"Read this first.\"; schemas/:"
            + " nothing",
        "depot | Array of Object\\nSince | Array of Filter\\nSince | ",
        "depot | Array of Object\\n"
            + "Since | Array of String\\n"
            + "Since | BREAKING  depot/2/Filters: the page: Array of String; schemas/: Array"
            + " of Object",
        "depot | Timestamp ISO8601 | String | BREAKING  depot/2/Since: the page: String; schemas/:"
            + " Timestamp ISO8601",
        "depot | 1-100 | 1-200 | BREAKING  depot/2/Limit: the page: nothing; schemas/: \"1-100\" &"
            + " ADDED     depot/2/Limit: the page: \"1-200\"; schemas/: nothing",
        "depot | Default: 20. | Default: 10. | WORDING   depot/2/Limit: the page: \"Default:"
            + " 10.\"; schemas/: \"Default: 20.\"",
        // Section 3
        "dts | success, failed, running | success, failed, paused (for now), running | ADDED    "
            + " dts/3/Status=paused: the page: \"paused\" (for now); schemas/: nothing",
        "dts | success, failed, running | success, running | BREAKING  dts/3/Status=failed: the"
            + " page: nothing; schemas/: \"failed\"",
        "mongodb | rolled back due to failure | rolled back | WORDING   mongodb/3/Status=undoed:"
            + " the page: \"rolled back\"; schemas/: \"rolled back due to failure\"",
        "mongodb | Status. Valid | State. Valid | WORDING   mongodb/3/Status: the page: \"State.\";"
            + " schemas/: \"Status.\"",
        "dts | running\\n"
            + " | running. It may end at once.\\n"
            + " | WORDING   dts/3/Status: the page: \"It may end at once.\"; schemas/: nothing",
        "dts | Info String Task | Info Integer Task | BREAKING  dts/3/Info: the page: Integer;"
            + " schemas/: String",
        "dts | Info String Task | Info Timestamp ISO8601 Task | ADDED     dts/3/Info: the page:"
            + " Timestamp ISO8601; schemas/: String",
        "dts | Info String Task | Info TaskInfo Task | BREAKING  dts/3/Info: the page: TaskInfo;"
            + " schemas/: String",
        "depot | Page Object | Page PageInfo | ",
        "mongodb | StartTime String Task execution start time.\\n"
            + " | | BREAKING  mongodb/3/StartTime: the page: nothing; schemas/: String",
        "dts | Status String | Progress Integer Percentage\\n"
            + "Status String | ADDED     dts/3/Progress: the page: Integer (Percentage); schemas/:"
            + " nothing",
        "dts | locating a problem.\\n"
            + " | locating a problem.\\n"
            + "\\n"
            + "This API is deprecated.\\n"
            + " | WORDING   dts/3/RequestId: the page: \"This API is deprecated.\"; schemas/:"
            + " nothing",
        "dts | Parameter Name Type | This table is new.\\n"
            + "Parameter Name Type | WORDING   dts/3: the page: \"This table is new.\"; schemas/:"
            + " nothing",
        // Section 4
        "dts | &AsyncRequestId=cafebabe-254f | &AsyncRequestId=0afebabe-254f | BREAKING "
            + " dts/4/example-1: the page: AsyncRequestId"
            + " \"0afebabe-254f-11ea-8995-e92c139e6918\"; schemas/: AsyncRequestId"
            + " \"cafebabe-254f-11ea-8995-e92c139e6918\"",
        "dts | \"Info\" : \"ok\" | \"Info\" : \"fine\" | BREAKING  dts/4/example-1: the page:"
            + " /Response/Info \"fine\"; schemas/: /Response/Info \"ok\"",
        "dts | \"Info\" : \"ok\" | \"Info\" : ok | BREAKING  dts/4/example-1: the page: an"
            + " output with line 55 that is no JSON: \"Info\" : ok; schemas/: a request and an"
            + " output that can be read",
        "dts | https://dts. | https://cvm. | BREAKING  dts/4/example-1: the page: host"
            + " cvm.tencentcloudapi.com; schemas/: host dts.tencentcloudapi.com",
        "dts | ?Action=Describe | ?Action=Query | BREAKING  dts/4/example-1: the page: Action"
            + " \"QueryAsyncRequestInfo\"; schemas/: Action \"DescribeAsyncRequestInfo\"",
        "dts | &<Common | &Region=ap-guangzhou\\n&<Common | ",
        "dts | &<Common | &Whatever\\n"
            + "&<Common | BREAKING  dts/4/example-1: the page: a request with \"Whatever\";"
            + " schemas/: a request and an output that can be read",
        "dts | Example1 Querying | Example1 Looking for | WORDING   dts/4/example-1: the page:"
            + " \"Looking for task execution result\"; schemas/: \"Querying task execution"
            + " result\"",
        "dts | Example1 | Some words.\\n"
            + "Example1 | WORDING   dts/4: the page: \"Some words.\"; schemas/: nothing",
        "depot | Limit=20 | Limit=30 | BREAKING  depot/4/example-1: the page: Limit \"30\";"
            + " schemas/: Limit \"20\"",
        "depot | \"Id\" : 7 | \"Id\" : 8 | BREAKING  depot/4/example-1: the page:"
            + " /Response/Shipments/0/Id 8; schemas/: /Response/Shipments/0/Id 7",
        "dts | \"Info\" : \"ok\" | \"Info\" : \"ok\", \"More\" : 1 | BREAKING  dts/4/example-1: the"
            + " page: /Response/More 1; schemas/: /Response/More nothing",
        // Section 6
        "dts | Unsupported operation\\n | Unsupported operation\\nRequestId is kept.\\n | WORDING  "
            + " dts/6/UnsupportedOperation: the page: \"Unsupported operation RequestId is"
            + " kept.\"; schemas/: \"Unsupported operation\"",
        "dts | ResourceNotFound The resource does not exist.\\n"
            + " | | BREAKING  dts/6/ResourceNotFound: the page: nothing; schemas/:"
            + " \"ResourceNotFound\"",
        "dts | InternalError An | FailedOperation.Busy Try again.\\n"
            + "InternalError An | ADDED     dts/6/FailedOperation.Busy: the page:"
            + " \"FailedOperation.Busy\" (Try again.); schemas/: nothing",
        "dts | The resource does not exist. | There is no such resource. | WORDING  "
            + " dts/6/ResourceNotFound: the page: \"There is no such resource.\"; schemas/: \"The"
            + " resource does not exist.\"",
        "dts | Error Code Description | No longer kept up.\\n"
            + "Error Code Description | WORDING   dts/6: the page: \"No longer kept up.\";"
            + " schemas/: nothing",
      })
  void namesExactlyWhatHasChanged(String product, String from, String to, String lines) {
    String page = edited(page(api(product)), lineBreaks(from), to == null ? "" : lineBreaks(to));

    assertThat(changes(page))
        .containsExactlyElementsOf(lines == null ? List.of() : List.of(lines.split(" & ", -1)));
  }

  private static String lineBreaks(String text) {
    return text.replace("\\n", "\n");
  }

  // ---- an API that is files alone

  private void copy(Path from) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(from.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Test
  void takesTypesInThePagesWordsFromTheSchemas() throws IOException {
    Path files = Path.of("src/test/resources/third-api/schemas");
    copy(Path.of("schemas"));
    copy(files);
    Api third = apiOf(files, PageContext.of(Specification.load(folder)));
    Path schema = folder.resolve(SchemaFile.SUCCESS.in(third));
    String integer = "\"type\": \"integer\",";
    Files.writeString(
        schema, edited(Files.readString(schema), integer, integer + " \"x-type\": \"Uint64\","));
    PageContext contract = PageContext.of(Specification.load(folder));
    String page = PageFixture.of(apiOf(files, contract), contract.format(), " ");

    assertThat(differences(page, contract)).isEmpty();
    assertThat(differences(edited(page, " Uint64 ", " Integer "), contract))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("BREAKING  " + third.id() + "/3/")
        .endsWith(": the page: Integer; schemas/: Uint64; see " + SchemaFile.SUCCESS.of(third));
  }

  /** Returns the API of the files in a folder. */
  private static Api apiOf(Path files, PageContext contract) {
    return contract.apis().stream()
        .filter(api -> Files.exists(files.resolve(api.folder())))
        .findFirst()
        .orElseThrow();
  }

  // ---- whole runs

  /** The output of a run, and the message that fails the build; empty if there is none. */
  private record Output(List<String> lines, String end) {}

  private Output run(String page) throws IOException {
    Path file = Files.writeString(folder.resolve("page.txt"), page);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String end = "";
    try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      PageDrift.compare(file.toString(), CONTRACT, stream);
    } catch (DriftException e) {
      end = e.getMessage();
    }
    return new Output(out.toString(StandardCharsets.UTF_8).lines().toList(), end);
  }

  @Test
  void printsOneLineIfNothingDiffers() throws IOException {
    assertThat(run(page(api("dts"))))
        .isEqualTo(
            new Output(
                List.of(
                    "dts: the page of 2022-05-12 10:02:17 matches schemas/; compared 4"
                        + " parameters, 3 members, 3 values, 6 codes, 1 example"),
                ""));
  }

  @Test
  void staysGreenWhereOnlyWordsDiffer() throws IOException {
    assertThat(run(edited(page(api("dts")), "2022-05-12 10:02:17", "2024-12-10 08:00:00")))
        .isEqualTo(
            new Output(
                List.of(
                    "WORDING   dts/date: the page: \"2024-12-10 08:00:00\"; schemas/: \"2022-05-12"
                        + " 10:02:17\"; see"
                        + " schemas/dts/2018-03-30/DescribeAsyncRequestInfo/api.json",
                    "dts: the page of 2024-12-10 08:00:00 differs from schemas/: 0 BREAKING, 0"
                        + " ADDED, 1 WORDING; compared 4 parameters, 3 members, 3 values, 6 codes,"
                        + " 1 example"),
                ""));
  }

  @Test
  void endsTheBuildForANewPromise() throws IOException {
    assertThat(run(edited(page(api("dts")), "failed, running", "failed, running, paused")).end())
        .isEqualTo(
            "dts: the page of 2022-05-12 10:02:17 differs from schemas/: 0 BREAKING, 1 ADDED, 0"
                + " WORDING; compared 4 parameters, 3 members, 4 values, 6 codes, 1 example");
  }

  @Test
  void namesSeveralChangesTheGraveOnesFirst() throws IOException {
    String page = page(api("dts"));
    page = edited(page, "2022-05-12 10:02:17", "2024-12-10 08:00:00");
    page = edited(page, "dts.tencentcloudapi.com", "dts.intl.tencentcloudapi.com");
    page = edited(page, "of 20 requests", "of 50 requests");
    page = edited(page, "Region Yes", "Region No");
    page = edited(page, "success, failed, running", "success, failed, running, paused");
    page = edited(page, "UnsupportedOperation Unsupported operation\n", "");

    assertThat(run(page))
        .isEqualTo(
            new Output(
                List.of(
                    "BREAKING  dts/1/domain: the page: dts.intl.tencentcloudapi.com; schemas/:"
                        + " dts.tencentcloudapi.com; see"
                        + " schemas/dts/2018-03-30/DescribeAsyncRequestInfo/api.json",
                    "BREAKING  dts/1/limit: the page: 50 requests in 1 second; schemas/: 20"
                        + " requests in 1 second; see"
                        + " schemas/dts/2018-03-30/DescribeAsyncRequestInfo/api.json",
                    "BREAKING  dts/2/Region: the page: optional; schemas/: required; see"
                        + " schemas/dts/2018-03-30/DescribeAsyncRequestInfo/request.schema.json",
                    "BREAKING  dts/6/UnsupportedOperation: the page: nothing; schemas/:"
                        + " \"UnsupportedOperation\"; see"
                        + " schemas/dts/2018-03-30/DescribeAsyncRequestInfo/error.schema.json",
                    "ADDED     dts/3/Status=paused: the page: \"paused\"; schemas/: nothing;"
                        + " see"
                        + " schemas/dts/2018-03-30/DescribeAsyncRequestInfo/success.schema.json",
                    "WORDING   dts/date: the page: \"2024-12-10 08:00:00\"; schemas/: \"2022-05-12"
                        + " 10:02:17\"; see"
                        + " schemas/dts/2018-03-30/DescribeAsyncRequestInfo/api.json"),
                "dts: the page of 2024-12-10 08:00:00 differs from schemas/: 4 BREAKING, 1 ADDED, 1"
                    + " WORDING; compared 4 parameters, 3 members, 4 values, 5 codes, 1 example"));
  }

  // ---- examples

  private static String block(String page, int number) {
    int from = page.indexOf("Example" + number);
    int next = page.indexOf("Example" + (number + 1));
    return page.substring(from, next < 0 ? page.indexOf("5. Developer") : next);
  }

  @Test
  void findsAnExampleWhereverItStands() {
    String page = page(RICH);
    String first = block(page, 1);
    String second = block(page, 2);

    assertThat(differences(edited(page, first + second, second + first))).isEmpty();
    assertThat(changes(edited(page, first, first + first.replace("=20", "=30"))))
        .containsExactly(
            "ADDED     depot/4/example-2: the page: \"Querying all\"; schemas/: nothing");
    assertThat(changes(edited(page, first, "")))
        .containsExactly(
            "BREAKING  depot/4/example-1: the page: nothing; schemas/: \"Querying all\"");
  }

  @Test
  void pairsExamplesByWhatTheySayBeforeTheirTitles() {
    String page = page(RICH);
    page = edited(page, "Example1 Querying all", "Example1 Querying nothing");
    page = edited(page, "Example2 Querying none", "Example2 Querying all");

    assertThat(changes(page))
        .containsExactly(
            "WORDING   depot/4/example-1: the page: \"Querying nothing\"; schemas/: \"Querying"
                + " all\"",
            "WORDING   depot/4/example-2: the page: \"Querying all\"; schemas/: \"Querying"
                + " none\"");
  }

  @Test
  void readsARequestThatIsHttpWithAJsonBody() {
    String page =
        page(RICH)
            .replaceFirst(
                "https://[^<]*=20\\s*&<[^>]*>",
                """
                POST / HTTP/1.1
                Host: depot.tencentcloudapi.com
                Content-Type: application/json
                X-TC-Action: DescribeParcels
                <Common request parameters>

                {
                    "Limit": 20
                }
                """);

    assertThat(page).contains("POST");
    assertThat(differences(page)).isEmpty();
    assertThat(changes(edited(page, "\"Limit\": 20", "\"Limit\": 30")))
        .containsExactly(
            "BREAKING  depot/4/example-1: the page: Limit \"30\"; schemas/: Limit \"20\"");
    assertThat(changes(edited(page, "X-TC-Action: Describe", "X-TC-Action: Query")))
        .containsExactly(
            "BREAKING  depot/4/example-1: the page: Action \"QueryParcels\"; schemas/: Action"
                + " \"DescribeParcels\"");
  }

  // ---- lists of values

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Valid values: success, failed, running.",
        "Valid values: `success`, `failed`, `running`",
        "Valid values: \"success\", \"failed\", \"running\"",
        "Valid values: success; failed; running",
        "Valid values: success, failed, and running.",
        "Valid values: success, failed or running",
        "valid values: running, failed, success",
        "Possible values:\nsuccess,\nfailed,\nrunning",
        "Valid values:\n`success`\n`failed`\n`running`",
      })
  void readsAListHoweverItIsWritten(String list) {
    assertThat(
            differences(edited(page(api("dts")), "Valid values: success, failed, running", list)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`initial`: initializing; `running`; `paused`: paused due to failure; `undoed`: rolled back"
            + " due to failure; `failed`: ended due to failure; `success`",
        "`initial` (initializing), `running`, `paused` (paused due to failure), `undoed` (rolled"
            + " back due to failure), `failed` (ended due to failure), and `success`.",
        "`initial`: initializing. `running`. `paused`: paused due to failure. `undoed`: rolled back"
            + " due to failure. `failed`: ended due to failure. `success`.",
        "initial: initializing, running, paused: paused due to failure, undoed: rolled back due to"
            + " failure, failed: ended due to failure, success",
      })
  void readsTheNotesOfValues(String list) {
    String page = page(api("mongodb"));
    String written = page.substring(page.indexOf("initial ("), page.indexOf("\nStartTime"));

    assertThat(differences(edited(page, written, list))).isEmpty();
  }

  @Test
  void takesEveryItemOfAListForAValue() {
    assertThat(
            changes(edited(page(api("dts")), "failed, running", "failed, running, `not started`")))
        .containsExactly(
            "ADDED     dts/3/Status=not started: the page: \"not started\"; schemas/: nothing");
    assertThat(changes(edited(page(api("dts")), "failed, running", "failed, running, not started")))
        .containsExactly(
            "ADDED     dts/3/Status=not started: the page: \"not started\"; schemas/: nothing");
  }
}
