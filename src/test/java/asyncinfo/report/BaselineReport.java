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
 * The verdicts of an earlier run, by clause id. Of its {@code conformance.json} nothing is read but
 * what stays the same in all versions: the id and the verdict of each clause.
 *
 * @param file where they were read
 * @param verdicts the verdicts
 */
record BaselineReport(String file, Map<String, Verdict> verdicts) {

  /**
   * Reads the report of an earlier run.
   *
   * @throws SettingsException with one line when it is not there, or is no such report
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
      throw problem(file + " is no conformance.json: it has no clauses");
    }
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    for (JsonNode clause : clauses) {
      String id = clause.path("id").asString("");
      String word = clause.path("verdict").asString("");
      Verdict verdict =
          Stream.of(Verdict.values()).filter(v -> v.name().equals(word)).findFirst().orElse(null);
      if (id.isEmpty() || verdict == null) {
        throw problem(
            "%s is no conformance.json: clause %d has %s"
                .formatted(
                    file,
                    verdicts.size() + 1,
                    id.isEmpty() ? "no id" : "the verdict \"" + word + "\""));
      }
      verdicts.put(id, verdict);
    }
    return new BaselineReport(file.toString(), verdicts);
  }

  private static SettingsException problem(String what) {
    return new SettingsException(List.of("baseline: " + what));
  }

  /** What became of a clause since. */
  enum Change {
    NEWLY_FAILING("newly failing"),
    NEWLY_IN_ERROR("newly in error"),
    NEWLY_UNOBSERVED("newly unobserved"),
    NEWLY_PASSING("newly passing"),
    OTHERWISE("otherwise changed");

    private final String words;

    Change(String words) {
      this.words = words;
    }

    static Change to(Verdict now) {
      return switch (now) {
        case FAIL -> NEWLY_FAILING;
        case ERROR -> NEWLY_IN_ERROR;
        case UNOBSERVED -> NEWLY_UNOBSERVED;
        case PASS -> NEWLY_PASSING;
        case WAIVED, DEVIATES, NOT_TESTABLE -> OTHERWISE;
      };
    }

    String words() {
      return words;
    }
  }

  /**
   * A clause whose verdict is another one now.
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
          .formatted(clause, words(now), before == null ? "not judged" : words(before));
    }

    private static String words(Verdict verdict) {
      return verdict.name().replace('_', ' ');
    }
  }

  /** The clauses of this run whose verdict has changed, by what became of them. */
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
