package asyncinfo.report;

import asyncinfo.contract.Json;
import asyncinfo.endpoint.SettingsException;
import asyncinfo.verdict.ClauseResult;
import asyncinfo.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Verdicts of an earlier run, by clause id. It reads only the members of {@code conformance.json}
 * that stay the same in all versions: the id and the verdict of each clause.
 *
 * @param file the file as settings name it
 */
record BaselineReport(String file, Map<String, Verdict> verdicts) {

  /**
   * Reads the report of an earlier run.
   *
   * @throws SettingsException with one line when the file is absent or is no such report
   */
  static BaselineReport read(Path file) {
    JsonNode clauses;
    try {
      clauses = Json.readLeniently(Files.readString(file)).path("clauses");
    } catch (IOException e) {
      throw problem("cannot read " + file);
    } catch (JacksonException e) {
      throw problem(file + " is not JSON: " + Json.problem(e));
    }
    if (!clauses.isArray() || clauses.isEmpty()) {
      throw problem(file + " is not a conformance.json: it has no clauses");
    }
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    for (JsonNode clause : clauses) {
      String id = clause.path("id").asString("");
      String word = clause.path("verdict").asString("");
      Verdict verdict =
          Stream.of(Verdict.values()).filter(v -> v.name().equals(word)).findFirst().orElse(null);
      if (id.isEmpty() || verdict == null) {
        throw problem(
            "%s is not a conformance.json: clause %d has %s"
                .formatted(
                    file,
                    verdicts.size() + 1,
                    id.isEmpty() ? "no id" : "the verdict \"" + word + "\""));
      }
      verdicts.put(id, verdict);
    }
    return new BaselineReport(file.toString(), verdicts);
  }

  private static SettingsException problem(String message) {
    return new SettingsException(List.of("baseline: " + message));
  }

  /** Kinds of change, by the verdict of this run. */
  enum Change {
    NEWLY_FAILING("newly failing"),
    NEWLY_IN_ERROR("newly in error"),
    NEWLY_UNOBSERVED("newly unobserved"),
    NEWLY_PASSING("newly passing"),
    OTHERWISE("otherwise changed");

    private final String label;

    Change(String label) {
      this.label = label;
    }

    private static Change to(Verdict now) {
      return switch (now) {
        case FAIL -> NEWLY_FAILING;
        case ERROR -> NEWLY_IN_ERROR;
        case UNOBSERVED -> NEWLY_UNOBSERVED;
        case PASS -> NEWLY_PASSING;
        case WAIVED, DEVIATES, NOT_TESTABLE -> OTHERWISE;
      };
    }

    String label() {
      return label;
    }
  }

  /**
   * A clause whose verdict changed.
   *
   * @param before the earlier verdict; null where there was none
   * @param now the verdict of this run
   */
  record Changed(String clause, Verdict before, Verdict now) {
    Change change() {
      return Change.to(now);
    }

    @Override
    public String toString() {
      return "%s: %s, before %s"
          .formatted(
              clause,
              VerdictText.label(now),
              before == null ? "not judged" : VerdictText.label(before));
    }
  }

  /** Returns the clauses of this run whose verdict changed, grouped by kind of change. */
  List<Changed> changes(List<ClauseResult> clauseResults) {
    List<Changed> changed = new ArrayList<>();
    for (Change change : Change.values()) {
      clauseResults.stream()
          .map(j -> new Changed(j.clause().id(), verdicts.get(j.clause().id()), j.verdict()))
          .filter(c -> c.before() != c.now() && c.change() == change)
          .forEach(changed::add);
    }
    return changed;
  }
}
