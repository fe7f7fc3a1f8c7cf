package asyncinfo.contract;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The contract: the APIs whose pages are under {@code schemas/}, the common part of API 3.0, and
 * the clauses derived from them, in the order of the pages.
 */
public final class Specification {
  /**
   * The annotation of a parameter or member that gives its type as the page spells it, where that
   * is more than the JSON type.
   */
  public static final String PAGE_TYPE = "x-type";

  private final Schemas schemas;
  private final List<Api> apis;
  private final List<CommonParameter> commonParameters;
  private final List<DocumentedValue> commonErrors;
  private final Set<String> gatewayCodes;
  private final List<Requirement> requirements;
  private final Map<String, Clause> clauses;
  private final Map<Api, SampleRequests> requests;

  Specification(
      Schemas schemas,
      List<Api> apis,
      List<CommonParameter> commonParameters,
      List<DocumentedValue> commonErrors,
      Set<String> gatewayCodes,
      List<Requirement> requirements,
      Map<String, Clause> clauses,
      Map<Api, SampleRequests> requests) {
    this.schemas = schemas;
    this.apis = apis;
    this.commonParameters = commonParameters;
    this.commonErrors = commonErrors;
    this.gatewayCodes = gatewayCodes;
    this.requirements = List.copyOf(requirements);
    this.clauses = new LinkedHashMap<>(clauses);
    this.requests = requests;
  }

  /**
   * Reads the contract from a folder.
   *
   * @throws ContractException with every problem of every file, by file and line
   */
  public static Specification load(Path root) {
    return SpecificationLoader.load(root, Set.of());
  }

  /** Reads the contract from {@code schemas/} on the class path, a folder or a part of a jar. */
  public static Specification load() {
    return load(SpecificationLoader.root());
  }

  /** Reads the contract of the APIs of some products only. */
  public static Specification ofProducts(String... products) {
    return SpecificationLoader.load(SpecificationLoader.root(), Set.of(products));
  }

  /** Returns the APIs, in the order of their folders. */
  public List<Api> apis() {
    return apis;
  }

  /** Returns the API whose schemas are in a folder, such as {@code dts/2018-03-30/Describe}. */
  public Optional<Api> api(String folder) {
    return apis.stream().filter(api -> api.folder().equals(folder)).findFirst();
  }

  /** Returns the common parameters of API 3.0. */
  public List<CommonParameter> commonParameters() {
    return commonParameters;
  }

  /** Returns the common error codes of API 3.0. */
  public List<DocumentedValue> commonErrors() {
    return commonErrors;
  }

  /** Returns whether the gateway sends a code, before the request reaches the action. */
  public boolean isGatewayCode(String code) {
    return gatewayCodes.contains(code);
  }

  /** Returns the clauses of API 3.0 about mutated requests. */
  public List<Requirement> requirements() {
    return requirements;
  }

  /** Returns the requirement of a clause about a mutated request. */
  public Requirement promise(Clause clause) {
    return requirements.stream().filter(r -> r.clause().equals(clause)).findFirst().orElseThrow();
  }

  /**
   * Returns the requirement about a request mutated in this way, where it must be refused.
   *
   * @param parameter the parameter that the mutation is about
   * @throws IllegalArgumentException if there is none
   */
  public Requirement refusal(String mutation, String parameter) {
    return requirements.stream()
        .filter(r -> r.refused() && r.mutation().equals(mutation))
        .filter(r -> r.parameter().isEmpty() || r.parameter().equals(parameter))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "schemas/%s has no clause about the mutation %s %s"
                        .formatted(SpecificationLoader.COMMON_FILE, mutation, parameter)));
  }

  /** Returns the codes that refuse a request mutated in this way, the usual one first. */
  public List<String> codesFor(String mutation, String parameter) {
    return refusal(mutation, parameter).codes();
  }

  /**
   * Returns the requirement whose mutated request usually triggers a common error code: a promised
   * one before an observed one, one that does not strain the endpoint before one that does, then
   * the one that allows the fewest other codes.
   */
  public Optional<Requirement> requirementOf(String code) {
    return requirements.stream()
        .filter(r -> r.isUsually(code))
        .min(
            Comparator.<Requirement, Boolean>comparing(r -> !r.clause().basis().isPromised())
                .thenComparing(Requirement::strains)
                .thenComparing(r -> r.codes().size()));
  }

  /** Returns every clause, page by page in the order of the page, the common part last. */
  public List<Clause> clauses() {
    return List.copyOf(clauses.values());
  }

  /** Returns the clauses that bind an API. */
  public List<Clause> clauses(Api api) {
    return clauses.values().stream().filter(clause -> clause.binds(api)).toList();
  }

  /** Returns the clause with this id. */
  public Optional<Clause> clause(String id) {
    return Optional.ofNullable(clauses.get(id));
  }

  /** Returns valid sample values for requests of an API. */
  public SampleRequests requests(Api api) {
    return requests.get(api);
  }

  /** Validates an abstract request, the parameters of the input table, against its schema. */
  public List<Violation> checkRequest(Api api, JsonNode parameters) {
    return schemas.check(api.folder() + SpecificationLoader.REQUEST, parameters);
  }

  /**
   * Validates a response against the error schema if it has {@code Response.Error}, else against
   * the success schema.
   */
  public List<Violation> checkReply(Api api, JsonNode response) {
    return schemas.check(
        api.folder()
            + (isError(response) ? SpecificationLoader.ERROR : SpecificationLoader.SUCCESS),
        response);
  }

  /** Returns what a later response about the same task changes that does not change any more. */
  public List<Violation> checkLaterReply(Api api, JsonNode earlier, JsonNode later) {
    return schemas
        .times(api.folder() + SpecificationLoader.SUCCESS, later)
        .changedSince(earlier.path("Response"));
  }

  /** Validates a document against a schema file, such as {@code report/conformance.schema.json}. */
  public List<Violation> check(String schemaFile, JsonNode document) {
    return schemas.check(schemaFile, document);
  }

  /**
   * Returns a data file of the contract, such as {@code common/page.json}.
   *
   * @throws ContractException if there is none
   */
  public JsonNode data(String file) {
    if (!schemas.files().contains(file)) {
      throw new ContractException(List.of("schemas/" + file + " is missing"));
    }
    return schemas.tree(file);
  }

  /** Returns whether a response has {@code Response.Error}, the documented sign of failure. */
  public static boolean isError(JsonNode response) {
    return response.path("Response").has("Error");
  }

  /** Returns the SHA-256 over all files of the contract, names included, in hex. */
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
}
