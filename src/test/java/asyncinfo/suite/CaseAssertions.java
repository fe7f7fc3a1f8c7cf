package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Requirement;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.RequestNotSentException;
import asyncinfo.endpoint.TargetEndpoint;
import java.util.List;
import java.util.Optional;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;

/**
 * Asserts what a clause promises of a response, and records the result as evidence.
 *
 * @param specification the specification
 * @param target the target under test
 * @param api the API that was called
 * @param clause the clause under test
 * @param hasKnownTask whether valid requests name a task that the target is known to have
 * @param evidence where the result is recorded
 */
record CaseAssertions(
    Specification specification,
    TargetEndpoint target,
    Api api,
    Clause clause,
    boolean hasKnownTask,
    EvidenceRecorder evidence) {
  /** Seconds by which clocks may differ before it affects clauses about time. */
  private static final long TOLERATED_SKEW = 30;

  /** Asserts that a condition holds for a response. */
  void require(CheckedResponse response, boolean holds, String expected, String actual) {
    if (holds) {
      evidence.passed(response);
      return;
    }
    failOnClockSkew(response);
    throw evidence.failed(response, expected, actual);
  }

  /** Asserts that the response is an error with one of these codes. */
  void requireError(CheckedResponse response, List<String> codes) {
    require(
        response,
        response.errorCode().map(codes::contains).orElse(false),
        "Error.Code " + String.join(" or ", codes),
        response.summary());
  }

  /** Asserts that the response is an error; its code is checked as that of every response. */
  void requireDocumentedError(CheckedResponse response) {
    require(
        response,
        response.isError(),
        "an error with a documented code, no data",
        response.summary());
  }

  /**
   * Asserts that the request passed the gateway: data where the target is known to have the task,
   * else data or an error of the action.
   */
  void requireServed(CheckedResponse response) {
    boolean refusedByAction =
        response.errorCode().map(code -> !specification.isGatewayCode(code)).orElse(false);
    require(
        response,
        response.isData() || (!hasKnownTask && refusedByAction),
        hasKnownTask ? "data" : "data, or an error that the gateway does not make",
        response.summary());
  }

  /** Asserts that the response is data whose field has the value of the clause. */
  void requireValue(CheckedResponse response, String expected, String actual) {
    JsonNode found =
        response.response().json().map(j -> j.path("Response").path(clause.name())).orElse(null);
    require(
        response,
        response.isData()
            && api.outputs().stream()
                .filter(output -> output.name().equals(clause.name()))
                .anyMatch(output -> output.is(clause.value().orElseThrow(), found)),
        expected,
        actual);
  }

  /** Asserts that the response keeps the clause as one that holds for every response. */
  void requireCheckPassed(CheckedResponse response) {
    Optional<Observation> about = response.observation(clause.id());
    if (about.isPresent() && !about.get().passed()) {
      throw evidence.failed(response, about.get());
    }
    if (about.isEmpty() && response.isData() && clause.kind() == ClauseKind.OUTPUT) {
      throw aborted("may be absent, and is in this response");
    }
    if (about.isEmpty() && response.observations().stream().anyMatch(o -> !o.passed())) {
      throw aborted("the response breaks a clause that comes before it");
    }
    require(
        response, about.isPresent(), "a response that bears on " + clause.id(), response.summary());
  }

  private TestAbortedException aborted(String reason) {
    evidence.conclude();
    return new TestAbortedException(clause.id() + ": " + reason);
  }

  /**
   * Throws when the clock of this machine explains the response: the endpoint rightly refuses
   * requests with a wrong time, so that is an ERROR, not a FAIL.
   *
   * @throws RequestNotSentException when the response shows it
   */
  private void failOnClockSkew(CheckedResponse response) {
    List<Requirement> aboutTime =
        specification.requirements().stream()
            .filter(r -> r.alteration().equals(RequestMutation.CLOCK_OFFSET.toString()))
            .toList();
    boolean refusedForTime =
        response
            .errorCode()
            .map(code -> aboutTime.stream().anyMatch(r -> r.codes().contains(code)))
            .orElse(false);
    boolean statesAnotherTime =
        aboutTime.stream()
            .anyMatch(r -> r.clause().equals(clause) || r.codes().contains(clause.name()));
    long skew = response.clockSkew();
    if (Math.abs(skew) > TOLERATED_SKEW && (refusedForTime || statesAnotherTime)) {
      throw new RequestNotSentException(
          "%s: this machine's clock is about %d s %s the endpoint's, so calls state a wrong time; set it right and run again"
              .formatted(
                  target.endpoint(api),
                  Math.round(Math.abs(skew) / 10.0) * 10,
                  skew > 0 ? "behind" : "ahead of"));
    }
  }
}
