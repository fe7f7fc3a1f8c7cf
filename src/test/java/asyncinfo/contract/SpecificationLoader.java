package asyncinfo.contract;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Builds a {@link Specification} from the files under {@code schemas/}. */
final class SpecificationLoader {
  /** The clauses and parameters of API 3.0. */
  static final String COMMON_FILE = "common/api-3.0.json";

  static final String REQUEST = "/request.schema.json";
  static final String SUCCESS = "/success.schema.json";
  static final String ERROR = "/error.schema.json";
  private static final String COMMON_CODES = "common/error-code.schema.json";

  private final Schemas schemas;
  private final Set<String> products;
  private final List<String> problems = new ArrayList<>();

  private SpecificationLoader(Schemas schemas, Set<String> products) {
    this.schemas = schemas;
    this.products = products;
  }

  /**
   * Reads a folder.
   *
   * @param products the products to read; empty for all
   * @throws ContractException with every problem of every file, by file and line
   */
  static Specification load(Path root, Set<String> products) {
    return new SpecificationLoader(Schemas.read(root), products).load();
  }

  /** Returns {@code schemas/} on the class path, a folder or a part of a jar. */
  static Path root() {
    URL common = SpecificationLoader.class.getResource("/schemas/" + COMMON_FILE);
    if (common == null) {
      throw new ContractException(
          List.of("schemas/" + COMMON_FILE + " is not on the class path; run through Maven"));
    }
    try {
      URI uri = common.toURI();
      if (uri.getScheme().equals("jar")) {
        try {
          FileSystems.newFileSystem(uri, Map.of());
        } catch (FileSystemAlreadyExistsException e) {
          // An earlier load opened the same jar; its file system is shared.
        }
      }
      return Path.of(uri).resolve("../..").normalize();
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException("cannot read " + common, e);
    }
  }

  private Specification load() {
    List<Api> apis =
        schemas.files().stream()
            .filter(file -> file.endsWith("/api.json"))
            .filter(
                file ->
                    products.isEmpty() || products.contains(file.substring(0, file.indexOf('/'))))
            .map(this::api)
            .flatMap(Optional::stream)
            .toList();
    if (apis.isEmpty() && problems.isEmpty()) {
      problems.add("schemas/: there is no api.json, so there is no clause to check");
    }
    failOnProblems();
    JsonNode common = schemas.tree(COMMON_FILE);
    List<CommonParameter> parameters =
        common.path("parameters").valueStream().map(SpecificationLoader::parameter).toList();
    Map<Api, SampleRequests> requests = requests(apis, parameters);
    failOnProblems();
    JsonNode codes = schemas.tree(COMMON_CODES).path("oneOf");
    List<DocumentedValue> errors = documented(codes);
    ClauseFactory factory = new ClauseFactory();
    apis.forEach(factory::addPage);
    factory.addCommon(common, errors);
    return new Specification(
        schemas,
        apis,
        parameters,
        errors,
        marked(codes, Schemas.GATEWAY),
        factory.requirements(),
        factory.clauses(),
        requests);
  }

  private void failOnProblems() {
    if (!problems.isEmpty()) {
      throw new ContractException(problems);
    }
  }

  // ---- one API

  /** Reads an API; empty where its files do not belong together. */
  private Optional<Api> api(String file) {
    int before = problems.size();
    String folder = file.substring(0, file.lastIndexOf('/'));
    JsonNode data = schemas.tree(file);
    requireFiles(folder);
    requireFolder(file, folder, data);
    if (problems.size() > before) {
      return Optional.empty();
    }
    JsonNode request = schemas.tree(folder + REQUEST);
    requireConstants(folder, data, request);
    JsonNode response = schemas.tree(folder + SUCCESS).at("/properties/Response");
    return Optional.of(
        new Api(
            data.path("id").asString(data.path("product").asString()),
            data.path("product").asString(),
            data.path("version").asString(),
            data.path("action").asString(),
            data.at("/page/title").asString(),
            data.at("/page/lastUpdated").asString(),
            data.path("description").asString(),
            data.path("domain").asString(),
            new Limit(data.at("/limit/requests").asInt(), data.at("/limit/seconds").asInt()),
            fields(folder, request),
            fields(folder, response),
            data.path("examples").valueStream().map(SpecificationLoader::example).toList(),
            documented(schemas.tree(folder + ERROR).at("/$defs/businessErrorCode/oneOf")),
            issues(data.path("contradictions"), "finding", "decision"),
            issues(data.path("openQuestions"), "question", "handling")));
  }

  private void requireFiles(String folder) {
    for (String part : List.of(REQUEST, SUCCESS, ERROR)) {
      if (!schemas.files().contains(folder + part)) {
        problems.add("schemas/" + folder + ": " + part.substring(1) + " is missing");
      }
    }
  }

  private void requireFolder(String file, String folder, JsonNode data) {
    String key =
        List.of("product", "version", "action").stream()
            .map(name -> data.path(name).asString())
            .collect(Collectors.joining("/"));
    if (!key.equals(folder)) {
      problems.add("schemas/%s: describes %s but is in %s".formatted(file, key, folder));
    }
  }

  private void requireConstants(String folder, JsonNode data, JsonNode request) {
    for (String name : List.of("Action", "Version")) {
      String constant = request.at("/properties/" + name + "/const").asString("");
      String value = data.path(name.toLowerCase(Locale.ROOT)).asString();
      if (!constant.equals(value)) {
        problems.add(
            "schemas/%s%s: %s must be the constant %s".formatted(folder, REQUEST, name, value));
      }
    }
  }

  private List<Field> fields(String folder, JsonNode object) {
    List<String> required = Json.texts(object.path("required"));
    return object.path("properties").properties().stream()
        .map(
            entry -> {
              JsonNode row = entry.getValue();
              return new Field(
                  entry.getKey(),
                  type(folder, row),
                  required.contains(entry.getKey()),
                  row.path("description").asString(""),
                  documented(row.path("oneOf")),
                  Json.texts(row.path("type")).contains("null"),
                  marked(row.path("oneOf"), Schemas.FINAL));
            })
        .toList();
  }

  /** Returns the type of a row as pages spell it: {@code String}, {@code Array of Integer}. */
  private String type(String folder, JsonNode row) {
    if (!row.has("type") && row.path("$ref").asString("").startsWith("..")) {
      String file = Schemas.resolve(folder + "/x", row.path("$ref").asString());
      return type(folder, schemas.tree(file));
    }
    List<String> types = Json.texts(row.path("type"));
    String type =
        types.isEmpty()
            ? row.path("type").asString("object")
            : types.stream().filter(t -> !t.equals("null")).findFirst().orElse("null");
    return switch (type) {
      case "array" -> "Array of " + type(folder, row.path("items"));
      case "number" -> "Float";
      default -> Character.toUpperCase(type.charAt(0)) + type.substring(1);
    };
  }

  private static Example example(JsonNode data) {
    Map<String, String> request = new LinkedHashMap<>();
    data.path("request")
        .properties()
        .forEach(p -> request.put(p.getKey(), Json.text(p.getValue())));
    return new Example(data.path("title").asString(), request, data.path("response"));
  }

  private static List<SpecificationIssue> issues(JsonNode list, String text, String decision) {
    return list.valueStream()
        .map(
            issue ->
                new SpecificationIssue(
                    issue.path("id").asString(),
                    issue.path(text).asString(),
                    issue.path(decision).asString()))
        .toList();
  }

  private static CommonParameter parameter(JsonNode data) {
    return new CommonParameter(
        data.path("name").asString(),
        Optional.ofNullable(data.path("header").asString(null)),
        data.path("v1").asBoolean(false),
        data.path("type").asString(),
        Json.texts(data.path("requiredBy")));
  }

  /** Returns the listed values; an entry that only allows null lists none. */
  private static List<DocumentedValue> documented(JsonNode oneOf) {
    return oneOf
        .valueStream()
        .filter(entry -> entry.has("const"))
        .map(
            entry ->
                new DocumentedValue(
                    entry.path("const").asString(), entry.path("description").asString("")))
        .toList();
  }

  /** Returns the listed values that carry an annotation. */
  private static Set<String> marked(JsonNode oneOf, String annotation) {
    return oneOf
        .valueStream()
        .filter(entry -> entry.path(annotation).asBoolean(false))
        .map(entry -> entry.path("const").asString())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  // ---- requests

  private Map<Api, SampleRequests> requests(List<Api> apis, List<CommonParameter> parameters) {
    Set<String> common = parameters.stream().map(CommonParameter::name).collect(Collectors.toSet());
    Map<Api, SampleRequests> requests = new LinkedHashMap<>();
    for (Api api : apis) {
      requireOwnId(api, requests.keySet());
      String file = "schemas/" + api.folder() + REQUEST;
      requests.put(
          api,
          SampleRequests.of(
              api,
              schemas.tree(api.folder() + REQUEST),
              common,
              problem -> problems.add(file + ": " + problem)));
    }
    return requests;
  }

  /** Clauses, settings, files and reports are keyed by id. */
  private void requireOwnId(Api api, Set<Api> others) {
    String whole = api.product() + "-" + api.action();
    if (!List.of(api.product(), whole).contains(api.id())) {
      problems.add(
          "schemas/%s/api.json: the id is %s or %s, not %s"
              .formatted(api.folder(), api.product(), whole, api.id()));
    }
    others.stream()
        .filter(other -> other.id().equals(api.id()))
        .forEach(
            other ->
                problems.add(
                    "schemas/%s/api.json: %s has the id %s already; add \"id\": \"%s\""
                        .formatted(api.folder(), other.folder(), api.id(), whole)));
  }
}
