package asyncinfo.drift;

import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.FlatParameters;
import asyncinfo.contract.Limit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas that a page makes. Each decision that the page leaves open is recorded; the table of
 * a section wins over an example.
 *
 * <p>Longer than other classes: it makes four files of one page, and they share the decisions that
 * the page leaves open.
 */
final class AdoptedApi {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String BASE = "https://asyncinfo.example/schemas/";
  private static final String REQUEST_ID = "RequestId";
  private static final String RESPONSE = "Response";
  private static final Pattern SUBJECT = Pattern.compile("(?:.*(?:Id|ID|No|Name|Number|Key))s?");
  private static final String UNKNOWN = "00000000-0000-4000-8000-000000000000";
  private static final Limit USUAL = new Limit(20, 1);

  private final ApiPage page;
  private final PageContext context;
  private final PageTemplate format;
  private final Structures structures;
  private final String fallbackDate;
  private final Decisions decisions = new Decisions();

  private final String action;
  private final String version;
  private final String domain;
  private final String id;
  private final ObjectNode inputs;
  private final ObjectNode outputs;
  private final Optional<String> selector;
  private final boolean hasSubject;
  private final List<ObjectNode> examples = new ArrayList<>();

  /**
   * Reads the parts of a page.
   *
   * @param fallbackDate the date of a page that has none, as pages print dates
   * @param id returns the id of the API of a folder
   * @throws UnreadablePageException when the page names no action, version or domain
   */
  AdoptedApi(
      ApiPage page,
      PageContext context,
      Structures structures,
      String fallbackDate,
      UnaryOperator<String> id) {
    this.page = page;
    this.context = context;
    this.format = context.format();
    this.structures = structures;
    this.fallbackDate = fallbackDate;
    this.action = constant(ApiMatcher.ACTION);
    this.version = constant(ApiMatcher.VERSION);
    this.domain = onlyDomain();
    this.id = id.apply(folder());
    this.inputs = rows(page.inputs(), false);
    this.outputs = rows(page.outputs(), true);
    this.selector = selectingInput();
    this.hasSubject = selector.filter(this::isSubject).isPresent();
    readExamples();
    addTimes();
  }

  // ---- names

  String product() {
    return domain.substring(0, domain.indexOf('.'));
  }

  String id() {
    return id;
  }

  String folder() {
    return product() + "/" + version + "/" + action;
  }

  Decisions decisions() {
    return decisions;
  }

  /** Returns the parameter by which the stub tells requests apart; empty if there is none. */
  Optional<String> selector() {
    return selector;
  }

  /** Returns whether each request must have the selecting parameter. */
  boolean requiresSelector() {
    return page.inputs().stream()
        .anyMatch(row -> row.required() && selector.filter(row.name()::equals).isPresent());
  }

  /** Returns whether the selecting parameter names the subject of the request. */
  boolean hasSubject() {
    return hasSubject;
  }

  ObjectNode inputRows() {
    return inputs;
  }

  ObjectNode outputRows() {
    return outputs;
  }

  /** Returns the examples, as in {@code api.json}. */
  List<ObjectNode> examples() {
    return examples;
  }

  List<DocumentedValue> errors() {
    return page.errors();
  }

  /** Returns the error with which the stub answers a request that names nothing. */
  DocumentedValue unknownSubjectError() {
    return page.errors().stream()
        .filter(code -> code.value().matches("[A-Za-z]*NotFound(?:\\..*)?"))
        .findFirst()
        .or(
            () ->
                context.commonCodes().stream()
                    .filter(code -> code.matches("[A-Za-z]*NotFound"))
                    .map(code -> new DocumentedValue(code, "The resource does not exist."))
                    .findFirst())
        .orElseThrow();
  }

  private String constant(String parameter) {
    return page.constant(parameter, format)
        .orElseThrow(
            () ->
                new UnreadablePageException(
                    " does not name its %s: the input table has no row \"%s … %s\""
                        .formatted(
                            parameter, parameter, format.constant().replace("{value}", "…"))));
  }

  private String onlyDomain() {
    if (page.domains().size() > 1) {
      decisions.contradiction(
          "several-domains",
          "1",
          "The page names the domains %s.".formatted(String.join(", ", page.domains())),
          "The first one is the contract.");
    }
    return page.domains().stream()
        .findFirst()
        .or(
            () ->
                page.examples().stream()
                    .map(PageExample::host)
                    .filter(host -> host.contains("."))
                    .findFirst())
        .orElseThrow(
            () ->
                new UnreadablePageException(
                    " names no domain: section 1 has no sentence \"%s\""
                        .formatted(format.domain().get(0))));
  }

  private boolean isCommon(String name) {
    return context.commonParameters().contains(name);
  }

  // ---- rows

  private ObjectNode rows(List<ParameterRow> table, boolean output) {
    ObjectNode rows = NODES.objectNode();
    RowSchema schemas = new RowSchema(format, structures, decisions);
    for (ParameterRow row : table) {
      if (output && row.name().equals(REQUEST_ID)) {
        rows.set(
            row.name(),
            NODES
                .objectNode()
                .put("$ref", "../../../common/request-id.schema.json")
                .put("description", PageLine.singleSpaced(row.description()).strip()));
      } else {
        rows.set(row.name(), schemas.of(row, true));
      }
    }
    return rows;
  }

  // ---- the selecting input

  private Optional<String> selectingInput() {
    List<ParameterRow> own =
        page.inputs().stream()
            .filter(row -> !isCommon(row.name()))
            .filter(row -> isSelectable(inputs.path(row.name())))
            .toList();
    Optional<ParameterRow> chosen =
        own.stream()
            .filter(row -> row.required() && isSubject(row.name()))
            .findFirst()
            .or(() -> own.stream().filter(ParameterRow::required).findFirst())
            .or(() -> own.stream().filter(row -> isSubject(row.name())).findFirst())
            .or(() -> own.stream().findFirst())
            .or(() -> page.inputs().stream().filter(this::isListOfTexts).findFirst());
    Optional<String> name = chosen.map(ParameterRow::name);
    if (name.isEmpty()) {
      decisions.openQuestion(
          "selector",
          "Which parameter selects the result?",
          "The stub answers all requests alike; values and error codes are not triggered.");
    } else if (own.size() > 1) {
      decisions.openQuestion(
          "subject",
          "Which parameter names the subject of a request?",
          "%s does.".formatted(name.get()));
    }
    return name;
  }

  /** A value that the stub invents must be compliant. */
  private static boolean isSelectable(JsonNode row) {
    String type = SampleValue.type(row);
    return ((type.equals("string") && !row.has("format")) || type.equals("integer"))
        && !row.has("oneOf")
        && !row.has("const")
        && !row.has("maximum");
  }

  private boolean isListOfTexts(ParameterRow row) {
    JsonNode items = inputs.path(row.name()).path("items");
    return SampleValue.type(items).equals("string") && !items.has("oneOf");
  }

  private boolean isSubject(String name) {
    boolean required =
        page.inputs().stream().anyMatch(row -> row.name().equals(name) && row.required());
    return SUBJECT.matcher(name).matches()
        || (required && SampleValue.type(inputs.path(name)).equals("string"));
  }

  // ---- examples

  private void readExamples() {
    Map<String, List<String>> missing = new LinkedHashMap<>();
    for (PageExample example : page.examples()) {
      if (!example.problem().isEmpty()) {
        throw new UnreadablePageException(
            ", example \"%s\": %s".formatted(example.title(), example.problem()));
      }
      examples.add(example(example));
    }
    if (examples.isEmpty()) {
      decisions.openQuestion(
          "no-example",
          "Which request and response does the page give as an example?",
          "None; no example is judged, and the values of requests are made up.");
    }
    for (ObjectNode example : examples) {
      Set<String> names = new LinkedHashSet<>(outputs.propertyNames());
      example.at("/response/Response").propertyNames().forEach(names::remove);
      names.forEach(
          name ->
              missing
                  .computeIfAbsent(name, key -> new ArrayList<>())
                  .add(example.path("title").asString()));
    }
    if (missing.remove(REQUEST_ID) != null) {
      decisions.contradiction(
          "example-without-request-id",
          "34",
          "The output table says that RequestId is returned for each request; the output example"
              + " has none.",
          "The table wins: a reply without RequestId breaks %s/3/RequestId. The example is compared"
                  .formatted(id)
              + " by its other members.");
    }
    if (!missing.isEmpty()) {
      decisions.contradiction(
          "members-missing-in-example",
          "34",
          "The output table lists %s without a condition; an output example has none."
              .formatted(inWords(List.copyOf(missing.keySet()))),
          "Each may be absent.");
    }
  }

  private ObjectNode example(PageExample found) {
    String title = found.title().isEmpty() ? page.title() : found.title();
    ObjectNode example = NODES.objectNode().put("title", title);
    ObjectNode request = example.putObject("request");
    Map<String, String> own = new LinkedHashMap<>(found.request());
    own.keySet().removeIf(this::isCommon);
    FlatParameters.nest(own, inputs)
        .properties()
        .forEach(
            p -> {
              JsonNode row = inputs.path(p.getKey());
              if (row.isMissingNode()) {
                contradict(
                    "example-parameter-" + p.getKey(),
                    "24",
                    p.getKey() + ", which the table does not list",
                    title);
              } else {
                SampleValue.allowed(
                        p.getKey(),
                        p.getValue(),
                        row,
                        f -> contradict("example-parameter-" + p.getKey(), "24", f, title))
                    .ifPresent(value -> request.set(p.getKey(), value));
              }
            });
    ObjectNode response = example.putObject("response").putObject(RESPONSE);
    JsonNode documented = found.response().orElseThrow();
    ObjectNode table = NODES.objectNode().put("type", "object");
    table.set("properties", outputs);
    SampleValue.allowed(
            "",
            documented.path(RESPONSE),
            table,
            f -> contradict("example-" + f.split("[ ,]", 2)[0], "34", f, title))
        .ifPresent(allowed -> response.setAll((ObjectNode) allowed));
    return example;
  }

  private void contradict(String id, String sections, String finding, String title) {
    decisions.contradiction(
        id,
        sections,
        "The example \"%s\" has %s.".formatted(title, finding),
        "The table wins: the example is kept without it.");
  }

  // ---- times

  private void addTimes() {
    List<String> times =
        outputs.propertyNames().stream().filter(name -> outputs.path(name).has("format")).toList();
    List<String> states =
        outputs.propertyNames().stream()
            .filter(
                name ->
                    outputs.path(name).path("oneOf").valueStream().anyMatch(v -> v.has("x-final")))
            .toList();
    for (String state : states) {
      decisions.openQuestion(
          "final-" + state,
          "Which values of %s does a task keep?".formatted(state),
          "%s; it may leave the others.".formatted(inWords(finalValues(outputs.path(state)))));
    }
    times.forEach(name -> annotate(name, states));
    if (!times.isEmpty()) {
      decisions.openQuestion(
          "time-zone",
          "In which format and time zone %s %s?"
              .formatted(times.size() == 1 ? "is" : "are", inWords(times)),
          "Any text that reads as a date and time is accepted; the zone is not judged.");
    }
    if (!times.isEmpty() && !states.isEmpty()) {
      decisions.openQuestion(
          "times-of-unfinished-tasks",
          "What %s %s while a task is not finished?"
              .formatted(times.size() == 1 ? "is" : "are", inWords(times)),
          "%s may be absent, empty or a zero date such as 0000-00-00 00:00:00."
              .formatted(times.size() == 1 ? "It" : "They"));
    }
  }

  private static List<String> finalValues(JsonNode state) {
    return state
        .path("oneOf")
        .valueStream()
        .filter(value -> value.has("x-final"))
        .map(value -> value.path("const").asString())
        .toList();
  }

  /** Adds the rules of a time behind its format. */
  private void annotate(String name, List<String> states) {
    ObjectNode row = (ObjectNode) outputs.path(name);
    ObjectNode ordered = row.deepCopy();
    String start = name.replaceFirst("^End", "Start");
    row.removeAll();
    ordered
        .properties()
        .forEach(
            p -> {
              row.set(p.getKey(), p.getValue());
              if (p.getKey().equals("format")) {
                states.stream().limit(1).forEach(state -> row.put("x-unset-until-final", state));
                if (!start.equals(name) && outputs.path(start).has("format")) {
                  row.put("x-not-before", start);
                }
              }
            });
  }

  /** Joins names as a sentence does. */
  private static String inWords(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  // ---- files

  /** Returns the four files by name; after this, all decisions are recorded. */
  Map<String, ObjectNode> files() {
    Map<String, ObjectNode> files = new LinkedHashMap<>();
    files.put("request.schema.json", request());
    files.put("success.schema.json", success());
    files.put("error.schema.json", error());
    files.put("api.json", api());
    return files;
  }

  private ObjectNode head(String name, String title) {
    return NODES
        .objectNode()
        .put("$schema", "https://json-schema.org/draft/2020-12/schema")
        .put("$id", BASE + folder() + "/" + name)
        .put("title", "%s %s, %s".formatted(product(), action, title));
  }

  private ObjectNode request() {
    ObjectNode schema = head("request.schema.json", "section 2: input parameters");
    schema.put("type", "object");
    ArrayNode required = schema.putArray("required");
    page.inputs().stream().filter(ParameterRow::required).forEach(row -> required.add(row.name()));
    schema.put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    inputs.properties().forEach(p -> properties.set(p.getKey(), input(p.getKey(), p.getValue())));
    return schema;
  }

  private ObjectNode input(String name, JsonNode row) {
    ObjectNode schema = NODES.objectNode();
    row.properties()
        .forEach(
            p -> {
              if (p.getKey().equals("description")) {
                addSelecting(name, row, schema);
              }
              schema.set(p.getKey(), p.getValue());
            });
    addSelecting(name, row, schema);
    boolean sampled =
        isCommon(name) || examples.stream().anyMatch(example -> example.path("request").has(name));
    if (!sampled) {
      JsonNode sample = SampleValue.of(name, row);
      schema.putArray("examples").add(sample);
      decisions.openQuestion(
          "value-of-" + name,
          "Which value of %s is compliant? No example has one.".formatted(name),
          "%s is sent.".formatted(sample));
    }
    return schema;
  }

  private void addSelecting(String name, JsonNode row, ObjectNode schema) {
    if (hasSubject && selector.filter(name::equals).isPresent() && !schema.has("x-unknown")) {
      schema.set(
          "x-unknown",
          switch (SampleValue.type(row)) {
            case "integer" -> NODES.numberNode(999_999_999);
            case "array" -> NODES.arrayNode().add(UNKNOWN);
            default -> NODES.stringNode(UNKNOWN);
          });
    }
  }

  private ObjectNode success() {
    ObjectNode schema = head("success.schema.json", "section 3: output parameters");
    ObjectNode response = envelope(schema);
    ArrayNode required = response.putArray("required");
    outputs
        .properties()
        .forEach(
            p -> {
              boolean always =
                  p.getKey().equals(REQUEST_ID)
                      || examples.stream()
                          .allMatch(e -> e.at("/response/Response").has(p.getKey()));
              if (always) {
                required.add(p.getKey());
              }
            });
    if (!outputs.has(REQUEST_ID)) {
      throw new UnreadablePageException(" has no row RequestId in the output table");
    }
    response.put("additionalProperties", false);
    response.set("properties", withNestedPresence());
    return schema;
  }

  /** Requires the members of structures that each example has. */
  private JsonNode withNestedPresence() {
    for (Map.Entry<String, JsonNode> row : outputs.properties()) {
      List<JsonNode> seen =
          examples.stream()
              .map(example -> example.at("/response/Response").path(row.getKey()))
              .filter(value -> !value.isMissingNode())
              .toList();
      requireNested(row.getValue(), seen);
    }
    return outputs;
  }

  private static void requireNested(JsonNode row, List<JsonNode> seen) {
    if (row.has("items")) {
      requireNested(
          row.path("items"), seen.stream().flatMap(value -> value.valueStream()).toList());
    }
    if (!row.has("properties")) {
      return;
    }
    List<JsonNode> objects = seen.stream().filter(JsonNode::isObject).toList();
    ObjectNode schema = (ObjectNode) row;
    ArrayNode required = NODES.arrayNode();
    for (Map.Entry<String, JsonNode> p : row.path("properties").properties()) {
      if (objects.stream().allMatch(each -> each.has(p.getKey()))) {
        required.add(p.getKey());
      }
      requireNested(
          p.getValue(),
          objects.stream().filter(e -> e.has(p.getKey())).map(e -> e.path(p.getKey())).toList());
    }
    JsonNode properties = schema.remove("properties");
    JsonNode closed = schema.remove("additionalProperties");
    schema.remove("required");
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.set("additionalProperties", closed);
    schema.set("properties", properties);
  }

  private static ObjectNode envelope(ObjectNode schema) {
    schema.put("type", "object");
    schema.putArray("required").add(RESPONSE);
    schema.put("additionalProperties", false);
    return schema.putObject("properties").putObject(RESPONSE).put("type", "object");
  }

  private ObjectNode error() {
    ObjectNode schema = head("error.schema.json", "section 6: error codes");
    ObjectNode response = envelope(schema);
    response.putArray("required").add("Error").add(REQUEST_ID);
    response.put("additionalProperties", false);
    ObjectNode properties = response.putObject("properties");
    ObjectNode error = properties.putObject("Error").put("type", "object");
    error.putArray("required").add("Code").add("Message");
    error.put("additionalProperties", false);
    ObjectNode members = error.putObject("properties");
    ArrayNode codes = members.putObject("Code").put("type", "string").putArray("anyOf");
    if (!page.errors().isEmpty()) {
      codes.addObject().put("$ref", "#/$defs/businessErrorCode");
    }
    codes.addObject().put("$ref", "../../../common/error-code.schema.json");
    members.putObject("Message").put("type", "string");
    properties.putObject(REQUEST_ID).put("$ref", "../../../common/request-id.schema.json");
    if (!page.errors().isEmpty()) {
      ArrayNode listed = schema.putObject("$defs").putObject("businessErrorCode").putArray("oneOf");
      for (DocumentedValue code : page.errors()) {
        ObjectNode choice = listed.addObject().put("const", code.value());
        if (!code.description().isEmpty()) {
          choice.put("description", code.description());
        }
      }
    }
    return schema;
  }

  private ObjectNode api() {
    Limit limit = limit();
    String date = date();
    String description = description();
    addGeneralQuestions(limit);
    ObjectNode api = NODES.objectNode();
    if (!id.equals(product())) {
      api.put("id", id);
    }
    api.put("product", product()).put("version", version).put("action", action);
    api.putObject("page")
        .put("title", page.title().isEmpty() ? action : page.title())
        .put("lastUpdated", date);
    api.put("description", description).put("domain", domain);
    api.putObject("limit").put("requests", limit.requests()).put("seconds", limit.seconds());
    api.putArray("examples").addAll(examples);
    api.set("contradictions", decisions.contradictions());
    api.set("openQuestions", decisions.openQuestions());
    return api;
  }

  private Limit limit() {
    if (page.limits().isEmpty()) {
      decisions.openQuestion(
          "limit",
          "How many requests does the API serve?",
          "%d per second, as most APIs of API 3.0.".formatted(USUAL.requests()));
      return USUAL;
    }
    if (page.limits().size() > 1) {
      decisions.contradiction(
          "several-limits",
          "1",
          "The page names the limits %s."
              .formatted(
                  page.limits().stream()
                      .map(each -> each.requests() + " in " + each.seconds() + " s")
                      .collect(Collectors.joining(", "))),
          "The first one is the contract.");
    }
    return page.limits().get(0);
  }

  private String date() {
    if (page.lastUpdated().isEmpty()) {
      decisions.openQuestion(
          "date", "When was the page updated last?", "The date of the saved file is used.");
      return fallbackDate;
    }
    return page.lastUpdated();
  }

  private String description() {
    String text = PageLine.singleSpaced(page.sentences().getOrDefault(Section.DESCRIPTION, ""));
    if (text.isBlank()) {
      decisions.openQuestion(
          "purpose", "What does the action do?", "Its name stands for a description.");
      return action;
    }
    return text.strip();
  }

  private void addGeneralQuestions(Limit limit) {
    if (hasSubject) {
      decisions.openQuestion(
          "unknown-id",
          "Which error answers a value of %s that names nothing?".formatted(selector.orElseThrow()),
          "Any documented error code is accepted; data is a finding.");
    }
    List<String> unlisted =
        page.outputs().stream()
            .map(ParameterRow::name)
            .filter(name -> name.matches(RowSchema.STATE))
            .filter(name -> !outputs.path(name).has("oneOf"))
            .toList();
    if (!unlisted.isEmpty()) {
      decisions.openQuestion(
          "values-not-listed",
          "Which values do %s take?".formatted(String.join(", ", unlisted)),
          "Any value of the type is accepted.");
    }
    if (page.errors().isEmpty()) {
      decisions.openQuestion(
          "no-error-codes",
          "Which business error codes does the action have?",
          "None; only the common error codes are accepted.");
    }
    decisions.openQuestion(
        "window",
        "Does the %s of the request limit follow a clock, or the first request, or does it slide?"
            .formatted(limit.seconds() == 1 ? "second" : "period"),
        "Each of the three is compliant.");
  }
}
