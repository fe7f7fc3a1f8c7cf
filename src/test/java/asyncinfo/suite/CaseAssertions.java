package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Field;
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
  private static final List<String> ERROR_CODE = List.of("/Response/Error/Code");

  /** Seconds by which clocks may differ before it affects clauses about time. */
  private static final long TOLERATED_SKEW = 30;

  /** Asserts that a condition holds for a response. */
  void require(CheckedResponse response, boolean holds, String expected, String actual) {
    require(response, holds, List.of(), expected, actual);
  }

  /**
   * Asserts that a condition about some places of a response holds.
   *
   * @param places JSON pointers of all that deviates where the condition does not hold; a defect
   *     there that breaks a rule for every response explains the failure
   */
  void require(
      CheckedResponse response,
      boolean holds,
      List<String> places,
      String expected,
      String actual) {
    if (holds) {
      evidence.passed(response);
      return;
    }
    failOnClockSkew(response);
    throw evidence.failed(response, places, expected, actual);
  }

  /** Asserts that the response is an error with one of these codes. */
  void requireError(CheckedResponse response, List<String> codes) {
    require(
        response,
        response.errorCode().map(codes::contains).orElse(false),
        ERROR_CODE,
        expected(codes),
        response.summary());
  }

  /**
   * Asserts that the response is an error with the code that the clause names.
   *
   * @throws TestAbortedException when it has another code that the requirement allows as well
   */
  void requireOwnCode(CheckedResponse response, Requirement requirement) {
    String actual = response.errorCode().orElse("");
    if (!actual.equals(clause.name()) && requirement.codes().contains(actual)) {
      throw evidence.notTestable(
          "the endpoint answers with " + actual + ", which is allowed as well");
    }
    requireError(response, List.of(clause.name()));
  }

  /**
   * Asserts that a request is refused with one of the codes of a requirement; an unusual one is
   * noted. Where no page promises the refusal, a failure is charged to the clause of the
   * requirement, not to a promised one under test.
   */
  void requireRefusal(CheckedResponse response, Requirement requirement) {
    Optional<String> code = response.errorCode().filter(requirement.codes()::contains);
    Clause refusal = requirement.clause();
    if (code.isEmpty() && clause.basis().isPromised() && !refusal.basis().isPromised()) {
      throw evidence.failed(
          refusal, response, ERROR_CODE, expected(requirement.codes()), response.summary());
    }
    if (code.isPresent() && !requirement.isUsually(code.get())) {
      evidence.passed(
          response,
          "Error.Code %s; usual is %s"
              .formatted(code.get(), requirement.usualCode().orElseThrow()));
      return;
    }
    requireError(response, requirement.codes());
  }

  private static String expected(List<String> codes) {
    return "Error.Code " + String.join(" or ", codes);
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

  /**
   * Asserts that the task of a fixture shows the value of the clause, or showed it before and has
   * moved on since. A value that comes back after another one fails, and so does one after a final
   * one: no task does that.
   *
   * @throws TestAbortedException when the value was not seen, and the task may have moved on from
   *     it before the run
   */
  void requireValue(RequestTemplate fixture, CheckedResponse response, TaskHistory history) {
    Field field = api.output(clause.name());
    String value = clause.value().orElseThrow();
    String expected = "%s \"%s\"".formatted(field.name(), value);
    Optional<List<String>> relapse = history.relapse(fixture, field);
    if (relapse.isPresent()) {
      require(
          response,
          false,
          "%s never returns to an earlier value, and keeps a final one".formatted(field.name()),
          "%s was %s".formatted(field.name(), String.join(", then ", relapse.get())));
    }
    JsonNode found = response.field(field.name());
    boolean shown = response.isData() && field.is(value, found);
    boolean mayMoveOn =
        response.isData()
            && clause.mayMoveOn(api)
            && field.values().stream().anyMatch(other -> field.is(other.value(), found));
    boolean wasSeen = history.wasSeen(fixture, field, value);
    if (!shown && mayMoveOn && !wasSeen && !target.canTriggerEveryClause()) {
      throw aborted(
          "the task of the fixture is at %s now; name a task that is at \"%s\" when the run begins"
              .formatted(found, value));
    }
    require(
        response,
        shown || (mayMoveOn && wasSeen),
        List.of("/Response/" + field.name()),
        expected,
        response.summary());
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
            .filter(r -> r.mutation().equals(RequestMutation.CLOCK_OFFSET.toString()))
            .toList();
    boolean refusedForTime =
        response
            .errorCode()
            .map(code -> aboutTime.stream().anyMatch(r -> r.isUsually(code)))
            .orElse(false);
    boolean statesAnotherTime =
        aboutTime.stream().anyMatch(r -> r.clause().equals(clause) || r.isUsually(clause.name()));
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
