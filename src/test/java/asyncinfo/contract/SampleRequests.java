package asyncinfo.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Sample values for valid requests of an API.
 *
 * @param samples a valid value of each parameter, as a query carries it: from the first documented
 *     example that has the parameter, else from the examples in its schema
 * @param unknown the parameter that identifies the subject, with a value that identifies none;
 *     empty for an action without a subject
 * @param valid the parameters of a valid request: those of the first example, and a sample of each
 *     required one that it lacks
 */
public record SampleRequests(
    Map<String, String> samples,
    Optional<Map.Entry<String, String>> unknown,
    Map<String, String> valid) {
  /** The types of parameters that every request format can carry. */
  private static final Set<String> TYPES =
      Set.of("String", "Integer", "Float", "Boolean", "Object");

  private static final String ARRAY_OF = "Array of ";

  static SampleRequests of(
      Api api, JsonNode schema, Set<String> common, Consumer<String> problems) {
    Map<String, String> samples = new LinkedHashMap<>();
    Map<String, String> unknown = new LinkedHashMap<>();
    for (Field input : api.inputs()) {
      JsonNode row = schema.path("properties").path(input.name());
      if (common.contains(input.name())) {
        continue;
      }
      if (!TYPES.contains(input.type().replace(ARRAY_OF, ""))) {
        problems.accept(
            "%s has the type %s; the suites can send %s only"
                .formatted(
                    input.name(),
                    input.type(),
                    TYPES.stream().sorted().collect(Collectors.joining(", "))));
      }
      Optional<String> sample =
          api.examples().stream()
              .map(example -> example.request().get(input.name()))
              .filter(value -> value != null)
              .findFirst()
              .or(
                  () ->
                      Optional.of(row.at("/examples/0"))
                          .filter(value -> !value.isMissingNode())
                          .map(Json::text));
      if (sample.isEmpty()) {
        problems.accept(
            input.name()
                + " is in no example of api.json, so no valid value is known; add"
                + " \"examples\": [a valid value] to it");
      }
      sample.ifPresent(value -> samples.put(input.name(), value));
      if (row.has(Schemas.UNKNOWN)) {
        unknown.put(input.name(), Json.text(row.path(Schemas.UNKNOWN)));
      }
    }
    if (unknown.size() > 1) {
      problems.accept(
          Schemas.UNKNOWN
              + " is set for "
              + String.join(" and ", unknown.keySet())
              + "; only one parameter identifies the subject");
    }
    Map<String, String> valid = new LinkedHashMap<>();
    api.examples().stream().findFirst().ifPresent(example -> valid.putAll(example.request()));
    api.inputs().stream()
        .filter(input -> input.required() && samples.containsKey(input.name()))
        .forEach(input -> valid.putIfAbsent(input.name(), samples.get(input.name())));
    return new SampleRequests(samples, unknown.entrySet().stream().findFirst(), valid);
  }

  /** Returns arguments that identify a subject that does not exist; empty without a subject. */
  public Optional<Map<String, String>> unknownSubject() {
    return unknown.map(entry -> Map.of(entry.getKey(), entry.getValue()));
  }
}
