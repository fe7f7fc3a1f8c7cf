package asyncinfo.endpoint;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Field;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.contract.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Request parameters that trigger clauses on a target. A fixture for a clause of the common part
 * applies to each API that has all of its parameters.
 */
public final class Fixtures {
  /** Name of the folder with the stub's fixtures, below the stub's own folder. */
  public static final String FOLDER = "fixtures";

  /** Placeholder for the name of the API's subject parameter, if that is a string. */
  private static final String SUBJECT = "*";

  private static final Fixtures NONE = new Fixtures(Map.of());

  private final Map<String, Map<Api, Map<String, String>>> byClause;

  private Fixtures(Map<String, Map<Api, Map<String, String>>> byClause) {
    this.byClause = byClause;
  }

  /** Returns fixtures without any entry. */
  public static Fixtures none() {
    return NONE;
  }

  /** Returns the fixtures of a recorded run, by API and clause id. */
  static Fixtures of(Map<Api, Map<String, Map<String, String>>> recorded) {
    Map<String, Map<Api, Map<String, String>>> byClause = new LinkedHashMap<>();
    recorded.forEach(
        (api, ofApi) ->
            ofApi.forEach(
                (clause, parameters) ->
                    byClause
                        .computeIfAbsent(clause, id -> new LinkedHashMap<>())
                        .put(api, parameters)));
    return new Fixtures(byClause);
  }

  /**
   * Reads a file that maps clause ids to request parameters, such as {@code
   * {"mongodb/3/Status=paused": {"AsyncRequestId": "4763"}}}, or all files of a folder. The name
   * {@code *} stands for the subject parameter of each API.
   *
   * @throws SettingsException with every problem of the files
   */
  public static Fixtures read(Path path, Specification specification) {
    return read(files(path), specification);
  }

  /**
   * Reads the fixtures of a stub: the common ones and those of each product of the specification.
   *
   * @param root the folder of the stub
   */
  public static Fixtures ofStub(Path root, Specification specification) {
    return read(
        Stream.concat(Stream.of(Clause.COMMON), specification.apis().stream().map(Api::id))
            .map(name -> root.resolve(FOLDER).resolve(name + ".json"))
            .toList(),
        specification);
  }

  private static Fixtures read(List<Path> files, Specification specification) {
    FixtureReader reading = new FixtureReader(specification);
    files.forEach(reading::add);
    if (!reading.problems.isEmpty()) {
      throw new SettingsException(reading.problems);
    }
    return new Fixtures(reading.byClause);
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      List<Path> found = files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
      if (found.isEmpty()) {
        throw new SettingsException(List.of("fixtures: " + path + " has no .json file"));
      }
      return found;
    } catch (IOException e) {
      throw new SettingsException(List.of("fixtures: cannot read " + path));
    }
  }

  /** Returns the parameters that trigger a clause; empty if none are known. */
  public Optional<Map<String, String>> forClause(Clause clause, Api api) {
    return Optional.ofNullable(byClause.getOrDefault(clause.id(), Map.of()).get(api));
  }

  /** Collects fixtures and the problems found while reading them. */
  private static final class FixtureReader {
    private final Specification specification;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Map<Api, Map<String, String>>> byClause = new LinkedHashMap<>();

    FixtureReader(Specification specification) {
      this.specification = specification;
    }

    void add(Path file) {
      JsonNode root;
      try {
        root = Json.read(Files.readString(file));
      } catch (IOException e) {
        problems.add("fixtures: cannot read " + file);
        return;
      } catch (JacksonException e) {
        problems.add("fixtures: " + file + " is not JSON: " + Json.problem(e));
        return;
      }
      if (!root.isObject()) {
        problems.add("fixtures: " + file + " must be an object of clause ids");
      }
      root.properties().forEach(entry -> add(file, entry.getKey(), entry.getValue()));
    }

    private void add(Path file, String id, JsonNode parameters) {
      Optional<Clause> clause = specification.clause(id);
      if (clause.isEmpty()) {
        problems.add(
            "fixtures: %s names the clause %s, which does not exist; `mvn -q test-compile exec:java -Dexec.args=clauses` lists all"
                .formatted(file, id));
        return;
      }
      if (parameters.isEmpty() && hasParameters(clause.get())) {
        problems.add("fixtures: %s: %s has no request parameters".formatted(file, id));
        return;
      }
      add(file, clause.get(), parameters);
    }

    /** Returns true if an API bound by the clause has a parameter that selects a result. */
    private boolean hasParameters(Clause clause) {
      return specification.apis().stream()
          .filter(clause::binds)
          .anyMatch(api -> !specification.requests(api).samples().isEmpty());
    }

    private void add(Path file, Clause clause, JsonNode parameters) {
      List<Api> bound = specification.apis().stream().filter(clause::binds).toList();
      boolean found = false;
      for (Api api : bound) {
        Optional<JsonNode> own = ofApi(api, parameters);
        if (own.isPresent()) {
          found = true;
          requireAllowedValues(file, clause, api, own.get());
          add(file, clause, api, own.get());
        }
      }
      if (!found) {
        problems.add(
            "fixtures: %s: %s has %s; the parameters are %s"
                .formatted(
                    file,
                    clause.id(),
                    String.join(", ", parameters.propertyNames()),
                    bound.stream()
                        .map(api -> String.join(", ", names(api)))
                        .distinct()
                        .collect(Collectors.joining(" or "))));
      }
    }

    private void add(Path file, Clause clause, Api api, JsonNode parameters) {
      Map<String, String> texts = new LinkedHashMap<>();
      parameters.properties().forEach(p -> texts.put(p.getKey(), Json.text(p.getValue())));
      Map<String, String> before =
          byClause.computeIfAbsent(clause.id(), id -> new LinkedHashMap<>()).put(api, texts);
      if (before != null) {
        problems.add(
            "fixtures: %s: %s of %s stands in another file of the folder too"
                .formatted(file, clause.id(), api));
      }
    }

    /** Returns the parameters by their names in an API; empty if the API lacks one of them. */
    private Optional<JsonNode> ofApi(Api api, JsonNode parameters) {
      ObjectNode own = Json.mapper().createObjectNode();
      Optional<String> subject = specification.requests(api).unknown().map(Map.Entry::getKey);
      for (Map.Entry<String, JsonNode> p : parameters.properties()) {
        Optional<String> name =
            p.getKey().equals(SUBJECT)
                ? subject.filter(s -> p.getValue().isString() && isText(api, s))
                : Optional.of(p.getKey()).filter(names(api)::contains);
        if (name.isEmpty()) {
          return Optional.empty();
        }
        own.set(name.get(), p.getValue());
      }
      return Optional.of(own);
    }

    private static boolean isText(Api api, String name) {
      return api.inputs().stream()
          .anyMatch(input -> input.name().equals(name) && input.type().equals("String"));
    }

    private static List<String> names(Api api) {
      return api.inputs().stream().map(Field::name).toList();
    }

    /** Adds a problem for each value that the input table does not allow. */
    private void requireAllowedValues(Path file, Clause clause, Api api, JsonNode parameters) {
      for (Violation violation : specification.checkRequest(api, parameters)) {
        if (!violation.keyword().equals("required")) {
          problems.add(
              "fixtures: %s: %s of %s must be %s"
                  .formatted(
                      file, violation.pointer().substring(1), clause.id(), violation.expected()));
        }
      }
    }
  }
}
