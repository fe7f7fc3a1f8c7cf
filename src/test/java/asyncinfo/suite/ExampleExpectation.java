package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Example;
import asyncinfo.contract.Field;
import asyncinfo.contract.Specification;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The response that a documented example leads to expect: its listed values are equal, its other
 * fields are of the listed type. Further fields may be present if the output table lists them.
 *
 * @param specification the specification
 * @param api the API of the example
 * @param example the example
 */
record ExampleExpectation(Specification specification, Api api, Example example) {
  private static final String REQUEST_ID = "RequestId";

  /** Returns JSON pointers of all in which a response is not as expected. */
  List<String> deviations(CheckedResponse response) {
    if (!response.isData()) {
      return List.of("/Response");
    }
    Stream<String> ofFields =
        fields().stream()
            .filter(field -> !isMetBy(response, field))
            .map(field -> "/Response/" + field.name());
    Stream<String> further =
        specification.clauses(api).stream()
            .filter(clause -> clause.kind() == ClauseKind.ONLY_OUTPUTS)
            .filter(clause -> !response.passes(clause.id()))
            .map(clause -> response.observation(clause.id()).map(Observation::place).orElse(""));
    return Stream.concat(ofFields, further).toList();
  }

  private boolean isMetBy(CheckedResponse response, Field field) {
    return response.passes(ResponseChecks.clauseOf(api, field))
        && (field.values().isEmpty() || documented(field).equals(response.field(field.name())));
  }

  private List<Field> fields() {
    return api.outputs().stream()
        .filter(field -> !field.name().equals(REQUEST_ID))
        .filter(field -> !documented(field).isMissingNode())
        .toList();
  }

  private JsonNode documented(Field field) {
    return example.response().path("Response").path(field.name());
  }

  /** Returns the expected fields, for messages. */
  @Override
  public String toString() {
    return fields().stream()
        .map(
            field ->
                field.values().isEmpty()
                    ? "%s (%s)".formatted(field.name(), field.type())
                    : "%s %s".formatted(field.name(), documented(field)))
        .collect(Collectors.joining(", ", "", ", and no field that the output table lacks"));
  }
}
