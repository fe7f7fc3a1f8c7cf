package asyncinfo.simulation;

import asyncinfo.contract.Api;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.TargetEndpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the calls of a limit simulation ask about: the page's example, and others beside it. */
final class RequestFeeder {
  private static final int MOST = 3;

  private RequestFeeder() {}

  /** The arguments of each; at least two, for a limit must not depend on what is asked for. */
  static List<Map<String, String>> of(Specification specification, TargetEndpoint target, Api api) {
    Map<String, String> example = api.examples().get(0).request();
    List<Map<String, String>> subjects = new ArrayList<>(List.of(example));
    specification.clauses(api).stream()
        .filter(clause -> clause.kind() == ClauseKind.VALUE)
        .flatMap(clause -> target.fixtures().forClause(clause, api).stream())
        .filter(arguments -> !subjects.contains(arguments))
        .limit(MOST - 1)
        .forEach(subjects::add);
    if (subjects.size() == 1) {
      subjects.add(another(example));
    }
    return List.copyOf(subjects);
  }

  /** The same with another last character in each argument. */
  private static Map<String, String> another(Map<String, String> example) {
    Map<String, String> other = new LinkedHashMap<>();
    example.forEach(
        (name, value) ->
            other.put(name, value.replaceFirst(".$", value.endsWith("9") ? "8" : "9")));
    return other;
  }
}
