package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.SignedRequest;
import asyncinfo.verdict.Defect;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A response, checked against the rules that hold for every response.
 *
 * @param request the request
 * @param response the response
 * @param observations one for each clause that the response bears on
 * @param clockSkew seconds by which the endpoint's clock is ahead of this machine's, from its Date
 *     header; 0 where it sends none
 * @param sent when the request was signed
 * @param received when the response had arrived
 */
record CheckedResponse(
    SignedRequest request,
    ApiResponse response,
    List<Observation> observations,
    long clockSkew,
    Instant sent,
    Instant received) {

  /**
   * Returns the one defect that explains why a response is not as expected at these places: JSON
   * pointers of all that deviates. Nothing in a document that cannot be read is as expected.
   *
   * @return empty where a place has no defect by the rules for every response, or where several
   *     defects are involved
   */
  Optional<Defect> explanation(List<String> places) {
    Optional<Defect> unreadable = defectAt(Observation.DOCUMENT);
    if (unreadable.isPresent()) {
      return unreadable;
    }
    Set<Optional<Defect>> defects = places.stream().map(this::defectAt).collect(Collectors.toSet());
    return defects.size() == 1 ? defects.iterator().next() : Optional.empty();
  }

  private Optional<Defect> defectAt(String place) {
    return observations.stream()
        .filter(observation -> !observation.passed() && observation.place().equals(place))
        .flatMap(observation -> observation.defect().stream())
        .findFirst();
  }

  boolean isError() {
    return response.isError();
  }

  boolean isData() {
    return response.isData();
  }

  /** Returns {@code Response.Error.Code}; empty where there is none. */
  Optional<String> errorCode() {
    return response.errorCode();
  }

  /** Returns the response in a few words, for messages. */
  String summary() {
    return response.summary();
  }

  /** Returns the error code, or the data without what differs between two calls. */
  String content() {
    return errorCode()
        .map(code -> "Error.Code " + code)
        .orElseGet(
            () -> {
              ObjectNode fields = JsonNodeFactory.instance.objectNode();
              response.json().stream()
                  .flatMap(json -> json.path("Response").properties().stream())
                  .filter(e -> !e.getKey().equals("RequestId"))
                  .sorted(Map.Entry.comparingByKey())
                  .forEach(e -> fields.set(e.getKey(), e.getValue()));
              return fields.toString();
            });
  }

  /** Returns a field of {@code Response}, or a missing node. */
  JsonNode field(String name) {
    return response
        .json()
        .map(json -> json.path("Response").path(name))
        .orElseGet(MissingNode::getInstance);
  }

  /** Returns whether the response bears on a clause and keeps it. */
  boolean passes(String clause) {
    return observation(clause).map(Observation::passed).orElse(false);
  }

  /** Returns the observation of a clause; empty where the response does not bear on it. */
  Optional<Observation> observation(String clause) {
    return observations.stream().filter(o -> o.clause().equals(clause)).findFirst();
  }
}
