package asyncinfo.contract;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Everything that is promised: the APIs whose pages stand under {@code schemas/}, the common part
 * of API 3.0, and the clauses that follow from them, in the order of the pages.
 */
public final class Specification {
  /**
   * Our annotation of a parameter or member: its type in the page's words, where these say more
   * than the JSON type does.
   */
  public static final String PAGE_TYPE = "x-type";

  private static final String COMMON_FILE = "common/api-3.0.json";
  private static final String REQUEST = "/request.schema.json";
  private static final String SUCCESS = "/success.schema.json";
  private static final String ERROR = "/error.schema.json";
  private static final String COMMON_CODES = "common/error-code.schema.json";

  private final Schemas schemas;
  private final List<Api> apis;
  private final List<CommonParameter> commonParameters;
  private final List<DocumentedValue> commonErrors;
  private final Set<String> gatewayCodes;
  private final List<Requirement> requirements;
  private final Map<String, Clause> clauses;
  private final Map<Api, SampleRequests> requests = new LinkedHashMap<>();

  private Specification(Schemas schemas, Set<String> products) {
    this.schemas = schemas;
    List<String> problems = new ArrayList<>();
    this.apis =
        schemas.files().stream()
            .filter(file -> file.endsWith("/api.json"))
            .filter(
                file ->
                    products.isEmpty() || products.contains(file.substring(0, file.indexOf('/'))))
            .map(file -> api(file, problems))
            .toList();
    if (apis.isEmpty()) {
      problems.add("schemas/: no api.json anywhere; nothing is promised, so nothing can be judged");
    }
    if (!problems.isEmpty()) {
      throw new ContractException(problems);
    }
    JsonNode common = schemas.tree(COMMON_FILE);
    this.commonParameters =
        list(common.path("parameters")).stream().map(Specification::parameter).toList();
    apis.forEach(api -> addRequests(api, problems));
    if (!problems.isEmpty()) {
      throw new ContractException(problems);
    }
    this.commonErrors = described(schemas.tree(COMMON_CODES).path("oneOf"));
    this.gatewayCodes =
        list(schemas.tree(COMMON_CODES).path("oneOf")).stream()
            .filter(code -> code.path(Schemas.GATEWAY).asBoolean(false))
            .map(code -> code.path("const").asString())
            .collect(Collectors.toSet());
    this.requirements = new ArrayList<>();
    this.clauses = new LinkedHashMap<>();
    apis.forEach(this::addClausesOf);
    addCommonClauses(common);
  }

  /**
   * Reads the contract from a folder.
   *
   * @throws ContractException with every problem of every file, by file and line
   */
  public static Specification load(Path root) {
    return new Specification(Schemas.read(root), Set.of());
  }

  /** Reads the contract from {@code schemas/} on the class path, be it a folder or in a jar. */
  public static Specification load() {
    return load(root());
  }

  /** The same for the APIs of some products alone. */
  public static Specification ofProducts(String... products) {
    return new Specification(Schemas.read(root()), Set.of(products));
  }

  private static Path root() {
    URL common = Specification.class.getResource("/schemas/" + COMMON_FILE);
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
          // Another load opened the same jar: its file system serves this one too.
        }
      }
      return Path.of(uri).resolve("../..").normalize();
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException("cannot read " + common, e);
    }
  }

  /** The APIs, in the order of their folders. */
  public List<Api> apis() {
    return apis;
  }

  /** The common parameters of API 3.0. */
  public List<CommonParameter> commonParameters() {
    return commonParameters;
  }

  /** The common error codes of API 3.0. */
  public List<DocumentedValue> commonErrors() {
    return commonErrors;
  }

  /** Whether a code says that the gateway refused the request before the action saw it. */
  public boolean isGatewayCode(String code) {
    return gatewayCodes.contains(code);
  }

  /** What API 3.0 promises about altered requests. */
  public List<Requirement> requirements() {
    return requirements;
  }

  /** The promise behind a clause about an altered request. */
  public Requirement promise(Clause clause) {
    return requirements.stream().filter(p -> p.clause().equals(clause)).findFirst().orElseThrow();
  }

  /** The codes with which a request altered in this way is refused, as API 3.0 promises. */
  public List<String> codesFor(String alteration, String parameter) {
    return requirements.stream()
        .filter(p -> p.refused() && p.alteration().equals(alteration))
        .filter(p -> p.parameter().isEmpty() || p.parameter().equals(parameter))
        .findFirst()
        .map(Requirement::codes)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no promise about " + alteration + " " + parameter + " in " + COMMON_FILE));
  }

  /**
   * The promise whose altered request brings a common error code about: of several the one that
   * allows the fewest other codes.
   */
  public Optional<Requirement> requirementOf(String code) {
    return requirements.stream()
        .filter(p -> p.refused() && p.codes().get(0).equals(code))
        .min(Comparator.comparingInt(p -> p.codes().size()));
  }

  /** Every clause, page by page in the order of the page, the common part last. */
  public List<Clause> clauses() {
    return List.copyOf(clauses.values());
  }

  /** The clauses that bind an API. */
  public List<Clause> clauses(Api api) {
    return clauses.values().stream().filter(clause -> clause.binds(api)).toList();
  }

  /** The clause with this id. */
  public Optional<Clause> clause(String id) {
    return Optional.ofNullable(clauses.get(id));
  }

  /** What good requests of an API look like. */
  public SampleRequests requests(Api api) {
    return requests.get(api);
  }

  /** Compares an abstract request (the input table's parameters) with the request schema. */
  public List<Violation> checkRequest(Api api, JsonNode parameters) {
    return schemas.check(api.folder() + REQUEST, parameters);
  }

  /** Compares a reply with the success or the error schema: {@code Response.Error} decides. */
  public List<Violation> checkReply(Api api, JsonNode reply) {
    return schemas.check(api.folder() + (isError(reply) ? ERROR : SUCCESS), reply);
  }

  /** Compares a document with a schema of ours, such as {@code report/conformance.schema.json}. */
  public List<Violation> check(String schemaFile, JsonNode document) {
    return schemas.check(schemaFile, document);
  }

  /**
   * A data file of the contract, such as {@code common/page.json}.
   *
   * @throws ContractException when there is none
   */
  public JsonNode data(String file) {
    if (!schemas.files().contains(file)) {
      throw new ContractException(List.of("schemas/" + file + " is missing"));
    }
    return schemas.tree(file);
  }

  /** The documented sign of failure. */
  public static boolean isError(JsonNode reply) {
    return reply.path("Response").has("Error");
  }

  /** SHA-256 over all files of the contract, names included, in hex. */
  public String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      schemas
          .texts()
          .forEach(
              (file, text) ->
                  digest.update((file + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- reading

  private Api api(String file, List<String> problems) {
    String folder = file.substring(0, file.lastIndexOf('/'));
    JsonNode data = schemas.tree(file);
    for (String part : List.of(REQUEST, SUCCESS, ERROR)) {
      if (!schemas.files().contains(folder + part)) {
        problems.add("schemas/" + folder + ": " + part.substring(1) + " is missing");
      }
    }
    String named =
        data.path("product").asString()
            + "/"
            + data.path("version").asString()
            + "/"
            + data.path("action").asString();
    if (!named.equals(folder)) {
      problems.add("schemas/" + file + ": says " + named + " but stands in " + folder);
    }
    if (!problems.isEmpty()) {
      return null;
    }
    JsonNode request = schemas.tree(folder + REQUEST);
    List.of("Action", "Version")
        .forEach(
            name -> {
              String constant = request.at("/properties/" + name + "/const").asString("");
              String key = data.path(name.toLowerCase(Locale.ROOT)).asString();
              if (!constant.equals(key)) {
                problems.add(
                    "schemas/"
                        + folder
                        + "/request.schema.json: "
                        + name
                        + " must be the constant "
                        + key);
              }
            });
    return new Api(
        data.path("product").asString(),
        data.path("version").asString(),
        data.path("action").asString(),
        data.at("/page/title").asString(),
        data.at("/page/lastUpdated").asString(),
        data.path("description").asString(),
        data.path("domain").asString(),
        new Limit(data.at("/limit/requests").asInt(), data.at("/limit/seconds").asInt()),
        members(folder, request),
        members(folder, schemas.tree(folder + SUCCESS).at("/properties/Response")),
        list(data.path("examples")).stream().map(Specification::example).toList(),
        described(schemas.tree(folder + ERROR).at("/$defs/businessErrorCode/oneOf")),
        list(data.path("contradictions")).stream()
            .map(c -> remark(c, "finding", "decision"))
            .toList(),
        list(data.path("openQuestions")).stream()
            .map(q -> remark(q, "question", "handling"))
            .toList());
  }

  /** Two APIs of one product would have clauses, settings and reports of the same name. */
  private void addRequests(Api api, List<String> problems) {
    String file = "schemas/" + api.folder() + REQUEST;
    requests.keySet().stream()
        .filter(other -> other.product().equals(api.product()))
        .forEach(
            other ->
                problems.add(
                    "schemas/%s: the product %s has an action already, %s; give each a product of its own"
                        .formatted(api.folder(), api.product(), other.folder())));
    requests.put(
        api,
        SampleRequests.of(
            api,
            schemas.tree(api.folder() + REQUEST),
            commonParameters.stream().map(CommonParameter::name).collect(Collectors.toSet()),
            p -> problems.add(file + ": " + p)));
  }

  private List<Field> members(String folder, JsonNode object) {
    List<String> required = list(object.path("required")).stream().map(JsonNode::asString).toList();
    return object.path("properties").properties().stream()
        .map(
            entry -> {
              JsonNode row = entry.getValue();
              return new Field(
                  entry.getKey(),
                  type(folder, row),
                  required.contains(entry.getKey()),
                  row.path("description").asString(""),
                  described(row.path("oneOf")));
            })
        .toList();
  }

  /** The type of a row as pages spell it: {@code String}, {@code Array of Integer}. */
  private String type(String folder, JsonNode row) {
    if (!row.has("type") && row.path("$ref").asString("").startsWith("..")) {
      String file =
          Path.of(folder + "/x")
              .resolveSibling(row.path("$ref").asString())
              .normalize()
              .toString()
              .replace('\\', '/');
      return type(folder, schemas.tree(file));
    }
    List<String> types =
        row.path("type").isArray()
            ? list(row.path("type")).stream().map(JsonNode::asString).toList()
            : List.of(row.path("type").asString("object"));
    String type = types.stream().filter(t -> !t.equals("null")).findFirst().orElse("null");
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
        .forEach(p -> request.put(p.getKey(), p.getValue().asString()));
    return new Example(data.path("title").asString(), request, data.path("response"));
  }

  private static SpecificationIssue remark(JsonNode data, String text, String decision) {
    return new SpecificationIssue(
        data.path("id").asString(), data.path(text).asString(), data.path(decision).asString());
  }

  private static CommonParameter parameter(JsonNode data) {
    return new CommonParameter(
        data.path("name").asString(),
        Optional.ofNullable(data.path("header").asString(null)),
        data.path("v1").asBoolean(false),
        data.path("type").asString(),
        list(data.path("requiredBy")).stream().map(JsonNode::asString).toList());
  }

  private static List<DocumentedValue> described(JsonNode oneOf) {
    return list(oneOf).stream()
        .map(
            c ->
                new DocumentedValue(c.path("const").asString(), c.path("description").asString("")))
        .toList();
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> nodes = new ArrayList<>();
    array.forEach(nodes::add);
    return nodes;
  }

  // ---- clauses

  private void addClausesOf(Api api) {
    String page =
        api.product() + " " + api.version() + " " + api.action() + ", page of " + api.lastUpdated();
    String p = api.product() + "/";
    String first = page + ", 1. API Description";
    add(
        p + "1/domain",
        ClauseKind.DOMAIN,
        "domain",
        "Requests to " + api.domain() + " are served.",
        first);
    add(
        p + "1/limit",
        ClauseKind.LIMIT,
        "limit",
        "At most %d requests per %s are served, and as many as that are."
            .formatted(
                api.limit().requests(),
                api.limit().seconds() == 1 ? "second" : api.limit().seconds() + " seconds"),
        first);
    for (Field input : api.inputs()) {
      add(
          p + "2/" + input.name(),
          ClauseKind.INPUT,
          input.name(),
          "%s (%s, %s): %s"
              .formatted(
                  input.name(),
                  input.type(),
                  input.required() ? "required" : "optional",
                  input.description()),
          page + ", 2. Input Parameters");
    }
    String third = page + ", 3. Output Parameters";
    for (Field output : api.outputs()) {
      add(
          p + "3/" + output.name(),
          ClauseKind.OUTPUT,
          output.name(),
          "%s (%s%s): %s"
                  .formatted(
                      output.name(),
                      output.type(),
                      output.required() ? "" : ", may be absent",
                      output.description())
              + (output.values().isEmpty() ? "" : " One of the listed values."),
          third);
      for (DocumentedValue value : output.values()) {
        String id = p + "3/" + output.name() + "=" + value.value();
        String sentence =
            output.name()
                + " takes the value \""
                + value.value()
                + "\""
                + (value.description().isEmpty() ? "." : ": " + value.description() + ".");
        clauses.put(
            id,
            new Clause(
                id,
                ClauseKind.VALUE,
                output.name(),
                Optional.of(value.value()),
                sentence,
                Basis.PAGE,
                third));
      }
    }
    add(
        p + "3/only-listed",
        ClauseKind.ONLY_OUTPUTS,
        "only-listed",
        "A successful reply has no member that the output table does not list.",
        third);
    for (int i = 0; i < api.examples().size(); i++) {
      String name = "example-" + (i + 1);
      add(
          p + "4/" + name,
          ClauseKind.EXAMPLE,
          name,
          "The documented request is answered as documented: "
              + api.examples().get(i).title()
              + ".",
          page + ", 4. Example");
    }
    String sixth = page + ", 6. Error Code";
    for (DocumentedValue error : api.errors()) {
      add(
          p + "6/" + error.value(),
          ClauseKind.ERROR,
          error.value(),
          error.value() + ": " + error.description(),
          sixth);
    }
    add(
        p + "6/only-listed",
        ClauseKind.ONLY_ERRORS,
        "only-listed",
        "An error has a code that this page or the list of common error codes names.",
        sixth);
  }

  private void addCommonClauses(JsonNode common) {
    for (JsonNode section : common.path("sections")) {
      for (JsonNode data : section.path("clauses")) {
        String id =
            Clause.COMMON + "/" + section.path("id").asString() + "/" + data.path("id").asString();
        List<String> codes = list(data.path("codes")).stream().map(JsonNode::asString).toList();
        String alteration = data.path("mutation").asString("");
        ClauseKind kind =
            alteration.isEmpty()
                ? ClauseKind.EVERY_REPLY
                : codes.isEmpty() ? ClauseKind.SERVED : ClauseKind.REFUSED;
        Clause clause =
            add(
                id,
                kind,
                data.path("id").asString(),
                data.path("promise").asString(),
                Basis.of(data.path("basis").asString()),
                data.path("source").asString());
        if (!alteration.isEmpty()) {
          requirements.add(
              new Requirement(
                  clause,
                  alteration,
                  data.path("parameter").asString(""),
                  codes,
                  list(data.path("formats")).stream().map(JsonNode::asString).toList()));
        }
      }
    }
    JsonNode errorCodes = common.path("errorCodes");
    for (DocumentedValue error : commonErrors) {
      add(
          Clause.COMMON + "/error/" + error.value(),
          ClauseKind.COMMON_ERROR,
          error.value(),
          error.value() + ": " + error.description(),
          Basis.of(errorCodes.path("basis").asString()),
          errorCodes.path("source").asString());
    }
  }

  private Clause add(String id, ClauseKind kind, String name, String promise, String section) {
    return add(id, kind, name, promise, Basis.PAGE, section);
  }

  private Clause add(
      String id, ClauseKind kind, String name, String promise, Basis basis, String source) {
    Clause clause = new Clause(id, kind, name, Optional.empty(), promise, basis, source);
    clauses.put(id, clause);
    return clause;
  }
}
