package asyncinfo.target;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Which request parameters bring about which clause on a target. */
public final class Provocations {
  private static final Provocations NONE = new Provocations(Map.of());

  private final Map<String, Map<String, String>> byClause;

  private Provocations(Map<String, Map<String, String>> byClause) {
    this.byClause = byClause;
  }

  /** Nothing is known about the target. */
  public static Provocations none() {
    return NONE;
  }

  /** What a recording says of the endpoint that was recorded, by API and clause id. */
  static Provocations of(Map<Api, Map<String, Map<String, String>>> recorded) {
    Map<String, Map<String, String>> byClause = new LinkedHashMap<>();
    recorded.values().forEach(byClause::putAll);
    return new Provocations(byClause);
  }

  /**
   * Reads a file of clause ids to request parameters, such as {@code {"mongodb/3/Status=paused":
   * {"AsyncRequestId": "4763"}}}.
   *
   * @throws SettingsException with every problem of the file
   */
  public static Provocations read(Path file, Catalogue catalogue) {
    JsonNode root;
    try {
      root = Json.read(Files.readString(file));
    } catch (IOException e) {
      throw new SettingsException(List.of("provocations: cannot read " + file));
    } catch (JacksonException e) {
      throw new SettingsException(
          List.of("provocations: " + file + " is not JSON: " + Json.problem(e)));
    }
    List<String> problems = new ArrayList<>();
    Map<String, Map<String, String>> byClause = new LinkedHashMap<>();
    if (!root.isObject()) {
      problems.add("provocations: " + file + " must be an object of clause ids");
    }
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (catalogue.clause(entry.getKey()).isEmpty()) {
        problems.add(
            "provocations: %s names the clause %s, which does not exist; `mvn -q test -Dclauses` lists all"
                .formatted(file, entry.getKey()));
      }
      Map<String, String> parameters = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> p : entry.getValue().properties()) {
        if (!p.getValue().isString()) {
          problems.add(
              "provocations: %s: %s of %s must be a string"
                  .formatted(file, p.getKey(), entry.getKey()));
        }
        parameters.put(p.getKey(), p.getValue().asString(""));
      }
      if (parameters.isEmpty()) {
        problems.add(
            "provocations: %s: %s has no request parameters".formatted(file, entry.getKey()));
      }
      byClause.put(entry.getKey(), parameters);
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new Provocations(byClause);
  }

  /** The parameters that bring a clause about, when they are known. */
  public Optional<Map<String, String>> forClause(Clause clause) {
    return Optional.ofNullable(byClause.get(clause.id()));
  }
}
