package asyncinfo.drift;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** An adopted page yields the schemas that were written by hand, and its decisions. */
@Tag("slow")
class AdoptCommandTest {
  private static final PageContext CONTRACT = PageContext.of(Specification.load());
  private static final Path PAGES = Path.of("src", "test", "resources", "pages");
  private static final Path STRUCTURES = PAGES.resolve("structures.txt");

  @TempDir Path folder;

  /** The exit code of a run, its lines, and those of its errors. */
  private record Output(int exit, List<String> lines, String error) {}

  private Output adopt(Path page, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                page.toString(),
                "--schemas",
                folder.resolve("schemas").toString(),
                "--stubs",
                folder.resolve("stubs").toString()));
    arguments.addAll(List.of(options));
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    int exit =
        new CommandLine(new AdoptCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(error))
            .execute(arguments.toArray(String[]::new));
    return new Output(exit, out.toString().lines().toList(), error.toString().strip());
  }

  private Path saved(String text) throws IOException {
    return Files.writeString(folder.resolve("page.txt"), text);
  }

  private static Api api(String product) {
    return CONTRACT.apis().stream()
        .filter(api -> api.id().equals(product))
        .findFirst()
        .orElseThrow();
  }

  private static String page(String product) {
    return PageFixture.of(api(product), CONTRACT.format(), " ");
  }

  // ---- the two pages

  /** The lines of a file without those of comments, which an adopted page has not. */
  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.contains("\"$comment\""))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"dts", "mongodb"})
  void writesTheSchemasOfTheTreeByteForByte(String product) throws IOException {
    assertThat(adopt(saved(page(product))).exit()).isZero();

    for (SchemaFile file : List.of(SchemaFile.REQUEST, SchemaFile.SUCCESS, SchemaFile.ERROR)) {
      String name = file.in(api(product));
      assertThat(lines(folder.resolve("schemas").resolve(name)))
          .isEqualTo(lines(Path.of("schemas").resolve(name)));
    }
  }

  /** The decisions that only readers of other sources could take are absent, others are worded. */
  @ParameterizedTest
  @CsvSource({
    "dts, example-without-request-id, final-status unknown-id window",
    "mongodb, members-missing-in-example,"
        + " final-status time-zone times-of-unfinished-tasks unknown-id window",
  })
  void differsFromTheTreeInDecisionsAlone(String product, String contradictions, String questions)
      throws IOException {
    assertThat(adopt(saved(page(product))).exit()).isZero();
    String name = SchemaFile.API.in(api(product));
    JsonNode adopted = Json.read(Files.readString(folder.resolve("schemas").resolve(name)));
    JsonNode written = Json.read(Files.readString(Path.of("schemas").resolve(name)));

    assertThat(adopted.propertyNames()).containsExactlyElementsOf(written.propertyNames());
    for (Map.Entry<String, JsonNode> part : written.properties()) {
      if (!List.of("contradictions", "openQuestions").contains(part.getKey())) {
        assertThat(adopted.path(part.getKey())).isEqualTo(part.getValue());
      }
    }
    assertThat(ids(adopted.path("contradictions"))).containsExactly(contradictions.split(" ", -1));
    assertThat(ids(adopted.path("openQuestions"))).containsExactly(questions.split(" ", -1));
  }

  private static List<String> ids(JsonNode decisions) {
    return decisions.valueStream().map(each -> each.path("id").asString()).toList();
  }

  @Test
  void printsEachDecision() throws IOException {
    assertThat(adopt(saved(page("dts"))).lines())
        .hasSize(5)
        .contains(
            "dts: contradiction example-without-request-id: The output table says that RequestId is"
                + " returned for each request; the output example has none. The table wins: a reply"
                + " without RequestId breaks dts/3/RequestId. The example is compared by its other"
                + " members.",
            "dts: open question window: Does the second of the request limit follow a clock, or the"
                + " first request, or does it slide? Each of the three is compliant.")
        .last()
        .asString()
        .contains("wrote 16 files")
        .contains("4 decisions to review");
  }

  // ---- other pages

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      return files.filter(file -> !file.equals(STRUCTURES)).sorted().toList();
    }
  }

  /** Loads the adopted APIs with the common part of the tree. */
  private Specification loaded() throws IOException {
    for (String part : List.of("common", "meta", "report")) {
      try (Stream<Path> files = Files.walk(Path.of("schemas", part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = folder.resolve(file);
          Files.createDirectories(Objects.requireNonNull(copy.getParent()));
          Files.copy(file, copy);
        }
      }
    }
    return Specification.load(folder.resolve("schemas"));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void writesSchemasFromWhichThePageDoesNotDiffer(Path page) throws IOException {
    assertThat(adopt(page, "--structures", STRUCTURES.toString()).exit()).isZero();
    PageContext contract =
        PageContext.of(loaded())
            .withStructures(Structures.read(SavedPage.read(STRUCTURES), CONTRACT).rows().keySet());
    ApiPage read = PageReader.read(SavedPage.read(page), contract);

    List<String> differences =
        PageComparison.of(ApiMatcher.of(read, contract), read, contract).lines();

    assertThat(differences)
        .filteredOn(line -> !line.contains("/4/example-1")) // Kept without what its table excludes.
        .filteredOn(line -> !line.contains("the page: nothing; schemas/: 20 requests in 1 second"))
        .isEmpty();
  }

  @Test
  void leavesOutOfAnExampleWhatItsTableExcludes() throws IOException {
    adopt(PAGES.resolve("example-against-table.txt"));
    JsonNode api =
        Json.read(
            Files.readString(folder.resolve("schemas/meters/2024-02-29/DescribeMeter/api.json")));

    assertThat(api.at("/examples/0/request")).hasToString("{\"MeterIds\":[\"m-1\",\"m-2\"]}");
    assertThat(api.at("/examples/0/response")).hasToString("{\"Response\":{\"Values\":[1.5,2]}}");
    assertThat(ids(api.path("contradictions")))
        .containsExactly(
            "example-parameter-unit",
            "example-parameter-debug",
            "example-online",
            "example-mode",
            "example-site",
            "example-without-request-id",
            "members-missing-in-example");
    assertThat(api.path("limit")).hasToString("{\"requests\":1200,\"seconds\":60}");
  }

  @Test
  void readsTypesOfAllKinds() throws IOException {
    adopt(PAGES.resolve("integers.txt"));
    JsonNode request = schema("jobs/2024-06-30/DescribeJob/request.schema.json");
    JsonNode rows =
        schema("jobs/2024-06-30/DescribeJob/success.schema.json")
            .at("/properties/Response/properties");

    assertThat(request.path("required")).hasToString("[\"Action\",\"Version\",\"JobId\"]");
    assertThat(request.at("/properties/JobId"))
        .hasToString(
            "{\"type\":\"integer\",\"x-type\":\"Uint64\",\"minimum\":0,\"x-unknown\":999999999,"
                + "\"description\":\"Job ID\"}");
    assertThat(request.at("/properties/Limit"))
        .hasToString(
            "{\"type\":\"integer\",\"description\":\"Number of steps. Value range: [1, 100]."
                + " Default value: 20.\",\"minimum\":1,\"maximum\":100,\"examples\":[1]}");
    assertThat(rows.path("State"))
        .hasToString(
            "{\"type\":\"integer\",\"description\":\"State of the job.\",\"oneOf\":["
                + "{\"const\":0,\"description\":\"waiting\"},"
                + "{\"const\":1,\"description\":\"running\"},"
                + "{\"const\":2,\"x-final\":true,\"description\":\"finished\"},"
                + "{\"const\":-1,\"x-final\":true,\"description\":\"failed\"}]}");
    assertThat(rows.at("/Cost/type")).hasToString("\"number\"");
    assertThat(rows.at("/Final/type")).hasToString("\"boolean\"");
    assertThat(rows.at("/CreateTime/x-type")).hasToString("\"Timestamp ISO8601\"");
  }

  @Test
  void readsTheFormOfCurrentPages() throws IOException {
    adopt(PAGES.resolve("optional-subject.txt"));
    JsonNode inputs =
        schema("lanes/2024-09-06/DescribeTaskStatus/request.schema.json").path("properties");
    JsonNode outputs =
        schema("lanes/2024-09-06/DescribeTaskStatus/success.schema.json")
            .at("/properties/Response/properties");

    assertThat(inputs.propertyNames())
        .contains("Labels", "Filters")
        .doesNotContain("Labels.N", "Filters.N");
    assertThat(inputs.at("/Ratio/minimum")).hasToString("0.5");
    assertThat(inputs.at("/Ratio/maximum")).hasToString("2");
    assertThat(outputs.path("Status").findValuesAsString("const")).containsExactly("0", "1", "2");
    assertThat(outputs.at("/LaneIds/type")).hasToString("[\"array\",\"null\"]");
    assertThat(folder.resolve("stubs/mappings/lanes/without-TaskId.json")).exists();
  }

  private JsonNode schema(String name) throws IOException {
    return Json.read(Files.readString(folder.resolve("schemas").resolve(name)));
  }

  @Test
  void readsStructuresFromTheirPageAndLeavesOthersOpen() throws IOException {
    Output output =
        adopt(PAGES.resolve("nested-structures.txt"), "--structures", STRUCTURES.toString());
    JsonNode rows =
        schema("depot/2025-01-15/DescribeShelves/success.schema.json")
            .at("/properties/Response/properties");

    assertThat(rows.at("/Shelves/items/properties/Boxes/items/properties/Weight/type"))
        .hasToString("\"number\"");
    assertThat(rows.at("/Shelves/items/properties/Boxes/type")).hasToString("[\"array\",\"null\"]");
    assertThat(rows.at("/Owner/type")).hasToString("[\"object\",\"null\"]");
    assertThat(rows.at("/Origin").has("properties")).isFalse();
    assertThat(output.lines())
        .contains(
            "depot: open question structure-depot-origin: Which members does the structure"
                + " DepotOrigin of Origin have? Any object is accepted; its members are not"
                + " judged.");
  }

  // ---- refusals

  @Test
  void overwritesNothingUnlessAsked() throws IOException {
    Path page = saved(page("dts"));
    adopt(page);
    Path file = folder.resolve("schemas").resolve(SchemaFile.API.in(api("dts")));
    Files.writeString(file, "{}\n");

    Output refused = adopt(page);

    assertThat(refused.exit()).isOne();
    assertThat(refused.error())
        .contains(" exists; nothing was written; replace it with --overwrite");
    assertThat(file).hasContent("{}\n");
    assertThat(adopt(page, "--overwrite").exit()).isZero();
    assertThat(Files.readString(file)).contains("\"product\": \"dts\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Info String Task | Data Filter The filter\\nInfo String Task | , line 35: \"Data Filter"
            + " The filter\" may be a row",
        "\"Info\" : \"ok\" | \"Info\" : ok | line 55 that is no JSON",
        "The value used for this API: 2018-03-30. | | does not name its Version",
        "RequestId String The unique | Rest String The unique | has no row RequestId",
      })
  void namesTheLineThatItCannotRead(String from, String to, String error) throws IOException {
    String text = page("dts");
    assertThat(text).contains(from);
    String changed = text.replace(from, to == null ? "" : to.replace("\\n", "\n"));

    Output output = adopt(saved(changed));

    assertThat(output.exit()).isOne();
    assertThat(output.error()).startsWith("adopt: ").contains(error);
    assertThat(folder.resolve("schemas")).doesNotExist();
  }

  // ---- ids

  @Test
  void namesASecondActionByProductAndActionAndKeepsTheIdOfTheFirst() throws IOException {
    adopt(saved(page("dts")));
    adopt(saved(page("dts").replace("DescribeAsyncRequestInfo", "DescribeOther")));

    adopt(saved(page("dts")), "--overwrite");

    assertThat(loaded().apis()).extracting(Api::id).containsExactly("dts", "dts-DescribeOther");
    assertThat(folder.resolve("stubs/fixtures/dts-DescribeOther.json"))
        .content()
        .contains("\"dts-DescribeOther/3/Status=success\"");
  }

  @Test
  void namesActionsThatAreAdoptedTogetherByProductAndAction() throws IOException {
    Path other = folder.resolve("other.txt");
    Files.writeString(other, page("dts").replace("DescribeAsyncRequestInfo", "DescribeOther"));

    Output output = adopt(saved(page("dts")), other.toString());

    assertThat(output.lines())
        .contains("dts-DescribeOther: the id names the action: dts has others");
    assertThat(loaded().apis())
        .extracting(Api::id)
        .containsExactly("dts-DescribeAsyncRequestInfo", "dts-DescribeOther");
  }
}
