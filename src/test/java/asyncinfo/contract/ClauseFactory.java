package asyncinfo.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Derives the clauses from the data: those of a page in the order of its sections, and those that
 * API 3.0 promises of every action.
 */
final class ClauseFactory {
  private final Map<String, Clause> clauses = new LinkedHashMap<>();
  private final List<Requirement> requirements = new ArrayList<>();

  /** Returns all clauses so far by id, in the order in which they were added. */
  Map<String, Clause> clauses() {
    return clauses;
  }

  /** Returns the clauses about a mutated request so far. */
  List<Requirement> requirements() {
    return requirements;
  }

  /** Adds the clauses of a page. */
  void addPage(Api api) {
    Page page = new Page(api);
    page.addDescription();
    page.addInputParameters();
    page.addOutputParameters();
    page.addExamples();
    page.addErrorCodes();
  }

  /** One page whose clauses are being added. */
  private final class Page {
    private final Api api;
    private final String source;

    Page(Api api) {
      this.api = api;
      this.source =
          "%s %s %s, page of %s"
              .formatted(api.product(), api.version(), api.action(), api.lastUpdated());
    }

    /** Section 1: domain and request limit. */
    void addDescription() {
      add(
          "1. API Description",
          ClauseKind.DOMAIN,
          "domain",
          "Requests to " + api.domain() + " are served.");
      add(
          "1. API Description",
          ClauseKind.LIMIT,
          "limit",
          "At most %d requests per %s are served, and as many as that are."
              .formatted(
                  api.limit().requests(),
                  api.limit().seconds() == 1 ? "second" : api.limit().seconds() + " seconds"));
    }

    /** Section 2: a clause for each row. */
    void addInputParameters() {
      for (Field input : api.inputs()) {
        add(
            "2. Input Parameters",
            ClauseKind.INPUT,
            input.name(),
            "%s (%s, %s): %s"
                .formatted(
                    input.name(),
                    input.type(),
                    input.required() ? "required" : "optional",
                    input.description()));
      }
    }

    /** Section 3: a clause for each row and each listed value, and one for the whole table. */
    void addOutputParameters() {
      String section = "3. Output Parameters";
      for (Field output : api.outputs()) {
        add(
            section,
            ClauseKind.OUTPUT,
            output.name(),
            "%s (%s%s%s): %s%s"
                .formatted(
                    output.name(),
                    output.type(),
                    output.required() ? "" : ", may be absent",
                    output.nullable() ? ", may be null" : "",
                    output.description(),
                    output.values().isEmpty() ? "" : " One of the listed values."));
        output.values().forEach(value -> addValue(section, output.name(), value));
      }
      add(
          section,
          ClauseKind.ONLY_OUTPUTS,
          "only-listed",
          "A successful response has no member that the output table does not list.");
    }

    private void addValue(String section, String output, DocumentedValue value) {
      String id = id(section, output + "=" + value.value());
      String description = value.description().isEmpty() ? "." : ": " + value.description() + ".";
      clauses.put(
          id,
          new Clause(
              id,
              ClauseKind.VALUE,
              output,
              Optional.of(value.value()),
              "%s takes the value \"%s\"%s".formatted(output, value.value(), description),
              Basis.PAGE,
              source + ", " + section));
    }

    /** Section 4: a clause for each example. */
    void addExamples() {
      for (int i = 0; i < api.examples().size(); i++) {
        add(
            "4. Example",
            ClauseKind.EXAMPLE,
            "example-" + (i + 1),
            "The documented request is answered as documented: %s."
                .formatted(api.examples().get(i).title()));
      }
    }

    /** Section 6: a clause for each row, and one for the whole table. */
    void addErrorCodes() {
      for (DocumentedValue error : api.errors()) {
        add(
            "6. Error Code",
            ClauseKind.ERROR,
            error.value(),
            error.value() + ": " + error.description());
      }
      add(
          "6. Error Code",
          ClauseKind.ONLY_ERRORS,
          "only-listed",
          "An error has a code that this page or the list of common error codes names.");
    }

    private void add(String section, ClauseKind kind, String name, String promise) {
      ClauseFactory.this.add(
          id(section, name), kind, name, promise, Basis.PAGE, source + ", " + section);
    }

    private String id(String section, String name) {
      return api.id() + "/" + section.charAt(0) + "/" + name;
    }
  }

  /**
   * Adds the clauses of API 3.0.
   *
   * @param common the document {@code common/api-3.0.json}
   * @param errors the common error codes
   */
  void addCommon(JsonNode common, List<DocumentedValue> errors) {
    for (JsonNode section : common.path("sections")) {
      for (JsonNode data : section.path("clauses")) {
        addCommon(section.path("id").asString(), data);
      }
    }
    JsonNode source = common.path("errorCodes");
    errors.forEach(error -> addErrorCode(error, source));
  }

  private void addCommon(String section, JsonNode data) {
    List<String> codes = new ArrayList<>(Json.texts(data.path("codes")));
    codes.addAll(Json.texts(data.path("productCodes")));
    String mutation = data.path("mutation").asString("");
    ClauseKind kind =
        mutation.isEmpty()
            ? ClauseKind.EVERY_REPLY
            : codes.isEmpty() ? ClauseKind.SERVED : ClauseKind.REFUSED;
    String name = data.path("id").asString();
    Clause clause =
        add(
            Clause.COMMON + "/" + section + "/" + name,
            kind,
            name,
            data.path("promise").asString(),
            Basis.of(data.path("basis").asString()),
            data.path("source").asString());
    if (!mutation.isEmpty()) {
      requirements.add(
          new Requirement(
              clause,
              mutation,
              data.path("parameter").asString(""),
              List.copyOf(codes),
              Json.texts(data.path("formats"))));
    }
  }

  /**
   * Adds the clause of a common error code. Where only observed behaviour tells which request
   * triggers the code, the clause rests on that.
   */
  private void addErrorCode(DocumentedValue error, JsonNode source) {
    List<Clause> triggers =
        requirements.stream()
            .filter(requirement -> requirement.isUsually(error.value()))
            .map(Requirement::clause)
            .toList();
    boolean observed =
        !triggers.isEmpty() && triggers.stream().noneMatch(t -> t.basis().isPromised());
    add(
        Clause.COMMON + "/error/" + error.value(),
        ClauseKind.COMMON_ERROR,
        error.value(),
        error.value() + ": " + error.description(),
        observed ? Basis.OBSERVED : Basis.of(source.path("basis").asString()),
        observed ? triggers.get(0).source() : source.path("source").asString());
  }

  private Clause add(
      String id, ClauseKind kind, String name, String promise, Basis basis, String source) {
    Clause clause = new Clause(id, kind, name, Optional.empty(), promise, basis, source);
    clauses.put(id, clause);
    return clause;
  }
}
