package asyncinfo.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The contract is read completely, and a mistake in it is reported with file and line. */
class SpecificationTest {
  private static final String[] PRODUCTS = {"dts", "mongodb"};
  private static final Specification SPECIFICATION = Specification.ofProducts(PRODUCTS);
  private static final String MONGODB = "mongodb/2019-07-25/DescribeAsyncRequestInfo/";
  private static final String NULLABLE_END_TIME =
      "\"EndTime\": {\n          \"type\": [\"string\", \"null\"]";
  private static final String DTS = "dts/2018-03-30/DescribeAsyncRequestInfo/";

  @TempDir Path copy;

  @BeforeEach
  void copySchemas() throws IOException {
    Path root = Path.of("schemas");
    for (String part : List.of("common", "meta", PRODUCTS[0], PRODUCTS[1])) {
      try (Stream<Path> files = Files.walk(root.resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path to = copy.resolve(root.relativize(file).toString());
          Files.createDirectories(Objects.requireNonNull(to.getParent()));
          Files.copy(file, to);
        }
      }
    }
  }

  @Test
  void derivesAClauseFromEachRowOfAPage() {
    for (Api api : SPECIFICATION.apis()) {
      long values = api.outputs().stream().mapToLong(o -> o.values().size()).sum();
      long expected =
          2 // domain and limit
              + api.inputs().size()
              + api.outputs().size()
              + values
              + 1 // only the listed members
              + api.examples().size()
              + api.errors().size()
              + 1; // only the listed codes

      assertThat(
              SPECIFICATION.clauses().stream().filter(c -> c.api().equals(Optional.of(api.id()))))
          .hasSize((int) expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dts, 4, 3, 3, 6",
    "mongodb, 4, 4, 6, 3",
  })
  void hasAllRowsOfThePages(String product, int inputs, int outputs, int values, int errors) {
    Api api =
        SPECIFICATION.apis().stream()
            .filter(a -> a.product().equals(product))
            .findFirst()
            .orElseThrow();

    assertThat(api.inputs()).hasSize(inputs).allMatch(Field::required);
    assertThat(api.outputs()).hasSize(outputs);
    assertThat(api.outputs().stream().flatMap(o -> o.values().stream())).hasSize(values);
    assertThat(api.errors()).hasSize(errors);
    assertThat(api.limit()).isEqualTo(new Limit(20, 1));
    assertThat(api.contradictions()).isNotEmpty();
    assertThat(api.openQuestions()).isNotEmpty();
  }

  @Test
  void hasThe38CommonErrorCodes() {
    assertThat(SPECIFICATION.commonErrors()).hasSize(38).doesNotHaveDuplicates();
  }

  @Test
  void restsEachClauseOfAPageOnThatPageAndEachCommonOneOnAnotherSource() {
    assertThat(SPECIFICATION.clauses())
        .allMatch(c -> c.api().isPresent() == (c.basis() == Basis.PAGE))
        .allMatch(c -> !c.source().isBlank());
    assertThat(SPECIFICATION.clauses().stream().map(Clause::basis).distinct())
        .containsExactly(Basis.PAGE, Basis.DOCUMENTED, Basis.OBSERVED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"basis\": \"documented\", | \"basis\": \"page\", | one of documented, observed",
        "\"basis\": \"documented\", | \"basis\": \"observed\", | Seen in",
        "\"basis\": \"documented\", |  | basis: expected to be present",
        "API 3.0, Response format (tencentcloud.com/document/api/1209/56018, 2025-10-30) | API 3.0,"
            + " Response format | tencent(cloud)",
        "API 3.0, Response format (tencentcloud.com/document/api/1209/56018, 2025-10-30) | API 3.0,"
            + " Response format (example.com/document/1, 2025-10-30) | tencent(cloud)"
      })
  void rejectsACommonClauseWithoutItsSource(String right, String mistake, String problem)
      throws IOException {
    edit("common/api-3.0.json", right, mistake == null ? "" : mistake);

    assertThatThrownBy(() -> Specification.load(copy))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("schemas/common/api-3.0.json:")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({"dts, success failed", "mongodb, undoed failed success"})
  void knowsAfterWhichValuesNoOtherFollows(String product, String values) {
    Set<String> finalValues =
        SPECIFICATION.apis().stream()
            .filter(api -> api.id().equals(product))
            .flatMap(api -> api.outputs().stream())
            .flatMap(output -> output.finalValues().stream())
            .collect(Collectors.toSet());

    assertThat(finalValues).isEqualTo(Set.of(values.split(" ", -1)));
  }

  @Test
  void promisesNullWhereTheSchemaAllowsIt() throws IOException {
    String success = MONGODB + "success.schema.json";
    edit(success, "\"EndTime\": {\n          \"type\": \"string\"", NULLABLE_END_TIME);
    Specification specification = Specification.load(copy);

    assertThat(specification.clause("mongodb/3/EndTime").orElseThrow().promise())
        .startsWith("EndTime (String, may be absent, may be null): ");
    assertThat(specification.checkReply(mongodb(specification), response("null"))).isEmpty();
    assertThat(specification.checkReply(mongodb(specification), response("7")))
        .extracting(Violation::toString)
        .containsExactly("/Response/EndTime: expected a string or null, found 7");
  }

  @Test
  void promisesNullBesideTheListedValues() throws IOException {
    String success = MONGODB + "success.schema.json";
    edit(
        success,
        "\"type\": \"string\",\n          \"description\": \"Status.\"",
        "\"type\": [\"string\", \"null\"],\n          \"description\": \"Status.\"");

    assertThatThrownBy(() -> Specification.load(copy))
        .hasMessageContaining("success.schema.json:1")
        .hasMessageContaining("null must be in both type and oneOf");

    edit(
        success,
        "{ \"const\": \"running\" },",
        "{ \"const\": \"running\" }, {\"type\": \"null\"},");
    Specification specification = Specification.load(copy);
    JsonNode unknown = Json.read("{\"Response\":{\"Status\":null,\"RequestId\":\"r\"}}");

    assertThat(specification.checkReply(mongodb(specification), unknown)).isEmpty();
    assertThat(mongodb(specification).outputs().get(0).values()).hasSize(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"x-unset-until-final\": \"Status\" | \"x-unset-until-final\": \"Statsu\" |"
            + " x-unset-until-final names \"Statsu\", which is no member with a value that is"
            + " marked x-final",
        "\"x-unset-until-final\": \"Status\" | \"x-unset-until-final\": \"StartTime\" |"
            + " x-unset-until-final names \"StartTime\"",
        "\"x-not-before\": \"StartTime\" | \"x-not-before\": \"Start\" | x-not-before names"
            + " \"Start\", which is no member"
      })
  void rejectsAnAnnotationOfATimeThatNamesNoSuitableMember(
      String right, String mistake, String problem) throws IOException {
    edit(MONGODB + "success.schema.json", right, mistake);

    assertThatThrownBy(() -> Specification.load(copy))
        .hasMessageContaining("success.schema.json:")
        .hasMessageContaining(problem);
  }

  private static Api mongodb(Specification specification) {
    return specification.apis().stream()
        .filter(api -> api.id().equals("mongodb"))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode response(String endTime) {
    return Json.read(
        "{\"Response\":{\"Status\":\"success\",\"EndTime\":%s,\"RequestId\":\"r\"}}"
            .formatted(endTime));
  }

  @Test
  void keepsTheOrderOfThePages() {
    List<String> sections =
        SPECIFICATION.clauses().stream()
            .map(c -> c.id().replaceFirst("/[^/]*$", ""))
            .distinct()
            .toList();

    assertThat(sections)
        .startsWith("dts/1", "dts/2", "dts/3", "dts/4", "dts/6", "mongodb/1", "mongodb/2")
        .endsWith("common/error");
  }

  @Test
  void namesFileAndLineOfAMisspeltKeyword() throws IOException {
    edit(
        DTS + "success.schema.json",
        "\"additionalProperties\": false,\n      \"properties\"",
        "\"additionalProprties\": false,\n      \"properties\"");

    assertThatThrownBy(() -> Specification.load(copy))
        .isInstanceOf(ContractException.class)
        .hasMessage(
            "schemas/"
                + DTS
                + "success.schema.json:12: unknown keyword \"additionalProprties\"; is it"
                + " misspelt?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "success.schema.json | \"type\": \"string\" | \"type\": \"sting\" | success.schema.json:15:"
            + " /properties/Response/properties/Info/type",
        "api.json | \"seconds\": 1 | \"secondz\": 1 | api.json:11: /limit/seconds: expected to be"
            + " present",
        "api.json | \"requests\": 20 | \"requests\": \"20\" | api.json:12: /limit/requests:"
            + " expected an integer, found \"20\"",
        "api.json | \"product\": \"dts\" | \"product\": \"dtx\" | api.json: describes"
            + " dtx/2018-03-30/DescribeAsyncRequestInfo but is in dts/",
        "api.json | \"version\": \"2018-03-30\", | \"version\": \"2018-03-30\" | api.json: not"
            + " JSON",
        "api.json | \"version\": \"2018-03-30\" | \"product\": \"dts\" | api.json: not JSON:"
            + " Duplicate",
        "request.schema.json | \"const\": \"2018-03-30\" | \"const\": \"2018-03-31\" |"
            + " request.schema.json: Version must be the constant 2018-03-30",
        "request.schema.json | draft/2020-12/schema | draft-04/schema | request.schema.json:1:"
            + " $schema must be https://json-schema.org/draft/2020-12/schema",
        "error.schema.json | ../../../common/error-code | ../../../common/eror-code |"
            + " error.schema.json:1: "
      })
  void namesFileAndLineOfAMistake(String file, String right, String mistake, String problem)
      throws IOException {
    edit(DTS + file, right, mistake);

    assertThatThrownBy(() -> Specification.load(copy))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("schemas/" + DTS + problem);
  }

  @Test
  void namesAnUnknownFormat() throws IOException {
    edit(
        "mongodb/2019-07-25/DescribeAsyncRequestInfo/success.schema.json",
        "readable-date-time",
        "readable-datetime");

    assertThatThrownBy(() -> Specification.load(copy))
        .hasMessageContaining(":29: unknown format \"readable-datetime\"");
  }

  @Test
  void namesAMissingSchema() throws IOException {
    Files.delete(copy.resolve(DTS + "error.schema.json"));

    assertThatThrownBy(() -> Specification.load(copy))
        .hasMessageContaining("error.schema.json is missing");
  }

  @Test
  void reportsThatThereIsNoApi() throws IOException {
    Files.delete(copy.resolve(DTS + "api.json"));
    Files.delete(copy.resolve("mongodb/2019-07-25/DescribeAsyncRequestInfo/api.json"));

    assertThatThrownBy(() -> Specification.load(copy)).hasMessageContaining("there is no api.json");
  }

  @Test
  void requiresAValidValueOfEachInput() throws IOException {
    edit(DTS + "api.json", "\"AsyncRequestId\": \"cafebabe-254f-11ea-8995-e92c139e6918\"", "");

    assertThatThrownBy(() -> Specification.load(copy))
        .hasMessage(
            "schemas/"
                + DTS
                + "request.schema.json: AsyncRequestId is in no example of api.json, so no"
                + " valid value is known; add \"examples\": [a valid value] to it");
  }

  @Test
  void takesAValidValueFromTheSchemaWhereNoExampleHasOne() throws IOException {
    edit(DTS + "api.json", "\"AsyncRequestId\": \"cafebabe-254f-11ea-8995-e92c139e6918\"", "");
    edit(DTS + "request.schema.json", "\"Task ID\"", "\"Task ID\", \"examples\": [\"4711\"]");

    Specification specification = Specification.load(copy);

    assertThat(specification.requests(specification.apis().get(0)).samples())
        .isEqualTo(Map.of("AsyncRequestId", "4711"));
  }

  @Test
  void takesAnArrayAsAnInput() throws IOException {
    edit(
        DTS + "request.schema.json",
        "\"type\": \"string\",\n      \"x-",
        "\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"examples\": [[\"a\"]],\n"
            + "      \"x-");
    edit(DTS + "api.json", "\"cafebabe-254f-11ea-8995-e92c139e6918\"", "[\"b\", \"c\"]");

    Specification specification = Specification.load(copy);

    assertThat(specification.requests(specification.apis().get(0)).valid())
        .isEqualTo(Map.of("AsyncRequestId", "[\"b\",\"c\"]"));
  }

  @Test
  void refusesAnInputThatNoRequestFormatCanCarry() throws IOException {
    edit(
        DTS + "request.schema.json",
        "\"type\": \"string\",\n      \"x-",
        "\"type\": \"null\",\n      \"x-");

    assertThatThrownBy(() -> Specification.load(copy))
        .hasMessageContaining(
            "AsyncRequestId has the type Null; the suites can send Boolean, Float, Integer,"
                + " Object, String only");
  }

  @Test
  void rejectsTwoParametersThatIdentifyTheSubject() throws IOException {
    edit(
        DTS + "request.schema.json",
        "\"AsyncRequestId\": {",
        "\"Other\": {\"x-unknown\": 0, \"examples\": [1]}, \"AsyncRequestId\": {");

    assertThatThrownBy(() -> Specification.load(copy))
        .hasMessageContaining(
            "x-unknown is set for Other and AsyncRequestId; only one parameter identifies the"
                + " subject");
  }

  @Test
  void tellsActionsOfAProductApartByTheirIds() throws IOException {
    Path second = copy.resolve("dts/2018-03-30/DescribeOther");
    Files.createDirectories(second);
    for (String file : List.of("api", "request.schema", "success.schema", "error.schema")) {
      String text = Files.readString(copy.resolve(DTS + file + ".json"), StandardCharsets.UTF_8);
      Files.writeString(
          second.resolve(file + ".json"),
          text.replace("DescribeAsyncRequestInfo", "DescribeOther"));
    }

    assertThatThrownBy(() -> Specification.load(copy))
        .hasMessage(
            "schemas/dts/2018-03-30/DescribeOther/api.json:"
                + " dts/2018-03-30/DescribeAsyncRequestInfo has the id dts already;"
                + " add \"id\": \"dts-DescribeOther\"");

    Path data = second.resolve("api.json");
    String text = Files.readString(data);
    Files.writeString(data, text.replaceFirst("\\{", "{ \"id\": \"dts-DescribeOther\","));
    Specification both = Specification.load(copy);
    assertThat(both.apis()).extracting(Api::id).contains("dts", "dts-DescribeOther");
    assertThat(both.clause("dts-DescribeOther/3/Status=failed")).isPresent();
    assertThat(both.clause("dts/3/Status=failed").orElseThrow().binds(both.apis().get(1)))
        .isFalse();

    Files.writeString(data, text.replaceFirst("\\{", "{ \"id\": \"dts-Other\","));
    assertThatThrownBy(() -> Specification.load(copy))
        .hasMessageContaining("the id is dts or dts-DescribeOther, not dts-Other");
  }

  @Test
  void skipsTheReadmeAndNoOtherFile() throws IOException {
    Files.writeString(copy.resolve("README.md"), "# The contract");
    assertThat(Specification.load(copy).apis()).hasSize(PRODUCTS.length);

    Files.writeString(copy.resolve("notes.txt"), "");
    assertThatThrownBy(() -> Specification.load(copy))
        .hasMessage("schemas/notes.txt: not a .json file; remove it");
  }

  @Test
  void hashesEveryFile() throws IOException {
    String before = Specification.load(copy).hash();
    edit(DTS + "api.json", "execution result of a task", "execution result of one task");

    assertThat(Specification.load(copy).hash()).isNotEqualTo(before).hasSize(64);
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = copy.resolve(file);
    String text = Files.readString(path, StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    Files.writeString(path, text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));
  }
}
