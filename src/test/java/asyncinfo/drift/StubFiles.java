package asyncinfo.drift;

import asyncinfo.contract.DocumentedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The mappings and fixtures with which a stub serves an adopted API. */
final class StubFiles {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String REQUEST_ID = "RequestId";
  private static final int FIRST_NUMBER = 900_001;

  private final AdoptedApi api;
  private final Map<String, ObjectNode> mappings = new LinkedHashMap<>();
  private final ObjectNode fixtures = NODES.objectNode();
  private int numbers;

  private StubFiles(AdoptedApi api) {
    this.api = api;
  }

  /** Returns the files of the stub by their paths under {@code stubs/}. */
  static Map<String, String> of(AdoptedApi api) {
    StubFiles files = new StubFiles(api);
    files.addValues();
    files.addMembers();
    files.addExamples();
    files.addErrors();
    files.addRest();
    Map<String, String> texts = new LinkedHashMap<>();
    String id = api.id();
    files.mappings.forEach(
        (name, mapping) ->
            texts.put("mappings/%s/%s.json".formatted(id, name), JsonText.mapping(mapping)));
    texts.put("fixtures/%s.json".formatted(id), JsonText.fixtures(files.fixtures));
    return texts;
  }

  // ---- values of the selecting parameter

  /** Returns the request of a result of its own; empty if no parameter selects results. */
  private Optional<ObjectNode> request(String words) {
    return api.selector()
        .map(
            name -> {
              ObjectNode request = NODES.objectNode();
              request.set(
                  name,
                  switch (SampleValue.type(api.inputRows().path(name))) {
                    case "integer" -> NODES.numberNode(FIRST_NUMBER + numbers++);
                    case "array" -> NODES.arrayNode().add(words);
                    default -> NODES.stringNode(words);
                  });
              return request;
            });
  }

  private void fixture(String clause, JsonNode request) {
    fixtures.set(api.id() + "/" + clause, request);
  }

  // ---- responses

  /** Returns a response with the members that are always present. */
  private ObjectNode usual() {
    ObjectNode response = NODES.objectNode();
    api.examples().stream()
        .findFirst()
        .ifPresent(e -> response.setAll((ObjectNode) e.at("/response/Response").deepCopy()));
    for (Map.Entry<String, JsonNode> row : api.outputRows().properties()) {
      if (api.examples().isEmpty() && !row.getKey().equals(REQUEST_ID)) {
        response.set(row.getKey(), SampleValue.of(row.getKey(), row.getValue()));
      }
    }
    return identified(response);
  }

  private static ObjectNode identified(ObjectNode response) {
    response.remove(REQUEST_ID);
    return response.put(REQUEST_ID, "{{randomValue type='UUID'}}");
  }

  private void addValues() {
    for (Map.Entry<String, JsonNode> row : api.outputRows().properties()) {
      for (JsonNode choice : row.getValue().path("oneOf")) {
        if (choice.has("const")) {
          addValue(row.getKey(), choice.path("const"));
        }
      }
    }
  }

  private void addValue(String member, JsonNode value) {
    String clause = "3/%s=%s".formatted(member, value.asString());
    Optional<ObjectNode> example =
        api.examples().stream()
            .filter(e -> SampleValue.isSame(e.at("/response/Response").path(member), value))
            .map(e -> (ObjectNode) e.path("request"))
            .findFirst()
            .map(this::selecting);
    if (example.filter(request -> !request.isEmpty()).isPresent()) {
      fixture(clause, example.get());
      return;
    }
    String name = "%s-%s".formatted(member, value.asString());
    Optional<ObjectNode> request = request(name);
    if (request.isPresent()) {
      fixture(clause, request.get());
      ObjectNode response = usual();
      response.set(member, value);
      add(name, "%s \"%s\"".formatted(member, value.asString()), request.get(), response);
    } else if (SampleValue.isSame(usual().path(member), value)) {
      fixture(clause, NODES.objectNode());
    }
  }

  /** Returns the part of an example's request that selects its result. */
  private ObjectNode selecting(ObjectNode request) {
    boolean alone =
        api.selector().filter(request::has).isPresent()
            && api.examples().stream()
                    .filter(e -> select(e.path("request")).equals(select(request)))
                    .count()
                == 1;
    return alone ? select(request) : request;
  }

  private ObjectNode select(JsonNode request) {
    ObjectNode selected = NODES.objectNode();
    api.selector().filter(request::has).ifPresent(n -> selected.set(n, request.path(n)));
    return selected;
  }

  /** Serves the members that no example has. */
  private void addMembers() {
    List<String> absent =
        api.outputRows().propertyNames().stream()
            .filter(name -> !name.equals(REQUEST_ID))
            .filter(name -> !usual().has(name))
            .toList();
    if (absent.isEmpty()) {
      return;
    }
    ObjectNode response = usual();
    absent.forEach(name -> response.set(name, SampleValue.of(name, api.outputRows().path(name))));
    Optional<ObjectNode> request = request("all-members");
    request.ifPresent(
        r -> {
          absent.forEach(name -> fixture("3/" + name, r));
          add("all-members", "a result with all members", r, identified(response));
        });
  }

  private void addExamples() {
    for (int i = 0; i < api.examples().size(); i++) {
      ObjectNode example = api.examples().get(i);
      ObjectNode request = selecting((ObjectNode) example.path("request"));
      ObjectNode response = (ObjectNode) example.at("/response/Response").deepCopy();
      fixture("4/example-" + (i + 1), request);
      if (!request.isEmpty()) {
        String title = "the page's example \"%s\"".formatted(example.path("title").asString());
        add("example-" + (i + 1), title, request, identified(response));
      }
    }
  }

  private void addErrors() {
    for (DocumentedValue code : api.errors()) {
      String name = "error-" + code.value();
      request(name)
          .ifPresent(
              request -> {
                fixture("6/" + code.value(), request);
                add(name, code.value(), request, failure(code));
              });
    }
  }

  private static ObjectNode failure(DocumentedValue code) {
    ObjectNode response = NODES.objectNode();
    response
        .putObject("Error")
        .put("Code", code.value())
        .put("Message", code.description().isEmpty() ? "The request failed." : code.description());
    return identified(response);
  }

  /** Answers all other requests: those that name no subject, or all where there is none. */
  private void addRest() {
    if (api.hasSubject()) {
      add(
          "unknown",
          "a request that names nothing",
          NODES.objectNode(),
          failure(api.unknownSubjectError()));
    } else {
      add("usual", "any other request", NODES.objectNode(), usual());
    }
    mappings.put("call-shapes", requestFormats());
  }

  // ---- mappings

  private void add(String file, String words, ObjectNode request, ObjectNode response) {
    ObjectNode mapping = NODES.objectNode().put("name", api.id() + ": " + words);
    mapping.put("priority", request.isEmpty() ? 10 : 5);
    ObjectNode matched = mapping.putObject("request").put("urlPath", "/" + api.folder());
    if (!request.isEmpty()) {
      ObjectNode parameters = matched.putObject("queryParameters");
      request
          .properties()
          .forEach(
              p -> {
                JsonNode value = p.getValue();
                String text = value.isContainer() ? value.toString() : value.asString();
                parameters.putObject(p.getKey()).put("equalTo", text);
              });
    }
    ObjectNode answer = mapping.putObject("response").put("status", 200);
    answer.putObject("headers").put("Content-Type", "application/json");
    answer.putObject("jsonBody").set("Response", response);
    answer.putArray("transformers").add("response-template");
    mappings.put(file.replaceAll("[^\\w.-]", "-"), mapping);
  }

  private ObjectNode requestFormats() {
    ArrayNode all = NODES.arrayNode();
    String url = "http://localhost:{{request.port}}/" + api.folder();
    Optional<String> scalar =
        api.selector()
            .filter(name -> !SampleValue.type(api.inputRows().path(name)).equals("array"));
    String form =
        scalar
            .map(
                name ->
                    "{{formData request.body 'form' urlDecode=true}}%s?%s={{urlEncode form.%s}}"
                        .formatted(url, name, name))
            .orElse(url);
    String json =
        scalar
            .map(
                name ->
                    "%s?%s={{urlEncode (jsonPath request.body '$.%s')}}".formatted(url, name, name))
            .orElse(url);
    List<List<String>> formats = new ArrayList<>();
    formats.add(List.of("GET with signature v1", "GET", "queryParameters", "", url));
    formats.add(List.of("GET with signature v3", "GET", "headers", "X-TC-", url));
    formats.add(List.of("POST of a form with signature v1", "POST", "formParameters", "", form));
    formats.add(List.of("POST of JSON with signature v3", "POST", "headers", "X-TC-", json));
    formats.forEach(format -> all.add(requestFormat(format)));
    ObjectNode file = NODES.objectNode();
    file.set("mappings", all);
    return file;
  }

  private ObjectNode requestFormat(List<String> format) {
    ObjectNode mapping =
        NODES
            .objectNode()
            .put(
                "name",
                "%s: %s, for a WireMock without the gateway".formatted(api.id(), format.get(0)))
            .put("priority", 5);
    String[] folder = api.folder().split("/", -1);
    ObjectNode request = mapping.putObject("request").put("method", format.get(1));
    ObjectNode common = request.put("urlPath", "/").putObject(format.get(2));
    common.putObject(format.get(3) + "Action").put("equalTo", folder[2]);
    common.putObject(format.get(3) + "Version").put("equalTo", folder[1]);
    ObjectNode response = mapping.putObject("response").put("proxyBaseUrl", format.get(4));
    response.put("proxyUrlPrefixToRemove", "/").putArray("transformers").add("response-template");
    return mapping;
  }
}
