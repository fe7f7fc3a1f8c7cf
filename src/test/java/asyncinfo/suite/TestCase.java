package asyncinfo.suite;

import asyncinfo.client.Credentials;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.SecretKeyScan;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Field;
import asyncinfo.contract.Requirement;
import asyncinfo.contract.Specification;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Finding;
import java.util.List;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A clause, tested on one API in one request format. The {@code send…} methods return responses
 * that have been checked against the rules for every response; the {@code require…} methods assert
 * what the clause promises and record the result.
 */
final class TestCase {
  private final TestRun run;
  private final Api api;
  private final Clause clause;
  private final RequestFormat format;
  private final String check;
  private final EvidenceRecorder evidence;
  private final CaseRequests requests;
  private final ResponseChecker checker;
  private final RetryingTransport transport;
  private final CaseAssertions assertions;

  TestCase(TestRun run, Api api, Clause clause, RequestFormat format, String suite) {
    Credentials credentials = run.target().credentials();
    this.run = run;
    this.api = api;
    this.clause = clause;
    this.format = format;
    this.check = suite + " [" + format + "]";
    this.evidence = new EvidenceRecorder(run, api, clause, check, credentials);
    this.requests = new CaseRequests(run, api, clause, credentials);
    this.checker = new ResponseChecker(run, api, evidence, SecretKeyScan.of(credentials));
    this.transport = new RetryingTransport(run.transport(), run.specification(), run.target());
    this.assertions =
        new CaseAssertions(
            run.specification(),
            run.target(),
            api,
            clause,
            requests.knownTask().isPresent(),
            evidence);
  }

  TestRun run() {
    return run;
  }

  Api api() {
    return api;
  }

  Clause clause() {
    return clause;
  }

  RequestFormat format() {
    return format;
  }

  Specification specification() {
    return run.specification();
  }

  /** Returns what API 3.0 promises of mutated requests, for a clause of the common part. */
  Requirement requirement() {
    return specification().promise(clause);
  }

  /** Returns the requirement of API 3.0 that leads to the error code which the clause names. */
  Requirement requirementOfCode() {
    return specification().requirementOf(clause.name()).orElseThrow();
  }

  /** Returns whether a fixture names a request that triggers the clause. */
  boolean hasFixture() {
    return requests.fixture(format).isPresent();
  }

  boolean concluded() {
    return evidence.concluded();
  }

  // ---- requests

  /** Sends a valid request about a task of the target or, where none is known, the example's. */
  CheckedResponse sendValid() throws NoResponseException {
    return send(requests.valid(format));
  }

  /** Sends a valid request in another format, for this case alone. */
  CheckedResponse sendValidUncached(RequestFormat otherFormat) throws NoResponseException {
    return sendUncached(requests.valid(otherFormat));
  }

  /** Sends a request that differs from a valid one in one way. */
  CheckedResponse sendMutated(RequestFormat otherFormat, RequestMutation mutation, String parameter)
      throws NoResponseException {
    return send(requests.mutated(otherFormat, mutation, parameter));
  }

  /** Sends a request that differs from a valid one as a requirement of API 3.0 describes. */
  CheckedResponse sendMutated(Requirement requirement) throws NoResponseException {
    return sendMutated(
        formatFor(requirement),
        RequestMutation.named(requirement.mutation()),
        requirement.parameter());
  }

  /** Sends a request that is longer than a requirement of API 3.0 allows. */
  DroppableResponse sendOversized(Requirement requirement) throws NoResponseException {
    try {
      CheckedResponse response = sendMutated(requirement);
      return DroppableResponse.isRejectedByProxy(response.response())
          ? DroppableResponse.dropped("HTTP " + response.response().status())
          : DroppableResponse.of(response);
    } catch (NoResponseException e) {
      if (!e.isClosedByPeer()) {
        throw e;
      }
      // An endpoint that still serves others has closed the connection because of the size.
      sendValidUncached(format);
      return DroppableResponse.dropped(e.reason());
    }
  }

  /** Sends bursts of more requests than the limit accepts. */
  DroppableResponse sendBursts(Requirement requirement) throws NoResponseException {
    run.target()
        .loadTestBlockedBy(api)
        .ifPresent(
            reason -> {
              throw notTestable(reason);
            });
    RequestFormat other = formatFor(requirement);
    return run.sharedBursts()
        .get(
            requests.mutated(other, RequestMutation.BURST, ""),
            () -> new BurstSender(this, other).send());
  }

  /** Returns the format of the case where a requirement lists it, else the first that it lists. */
  private RequestFormat formatFor(Requirement requirement) {
    return requirement.formats().contains(format.name())
        ? format
        : RequestFormat.valueOf(requirement.formats().get(0));
  }

  /** Sends a valid request with a parameter of the input table. */
  CheckedResponse sendWithParameter(Field parameter) throws NoResponseException {
    return send(requests.withParameter(format, parameter));
  }

  /** Sends a request about a task that does not exist. */
  CheckedResponse sendUnknownSubject() throws NoResponseException {
    return send(requests.unknownSubject(format));
  }

  /** Sends the request that triggers the clause. */
  CheckedResponse sendFixture() throws NoResponseException {
    return send(fixture());
  }

  /** Sends the request that triggers the clause, for this case alone. */
  CheckedResponse sendFixtureUncached() throws NoResponseException {
    return sendUncached(fixture());
  }

  private RequestTemplate fixture() {
    return requests.fixture(format).orElseThrow(() -> notTestable("no fixture triggers it"));
  }

  /**
   * Sends a valid request about a task that shows the clause.
   *
   * @throws TestAbortedException when the target is not known to have any task
   */
  CheckedResponse sendForTask() throws NoResponseException {
    return send(
        requests
            .forTask(format)
            .orElseThrow(() -> notTestable("no fixture names a task of this target")));
  }

  /** Sends a valid request for one caller within the case. */
  CheckedResponse sendValidAs(String caller, RequestFormat otherFormat) throws NoResponseException {
    return send(requests.valid(otherFormat), caller, false);
  }

  /** Sends a valid request at once, as part of a burst. */
  CheckedResponse sendAtOnce(String caller, RequestFormat otherFormat) throws NoResponseException {
    RequestTemplate template = requests.valid(otherFormat);
    Transport.OutgoingRequest request = sign(template, caller, false);
    return checker.check(
        template, request.message(), run.transport().sendAtOnce(request), request.stated());
  }

  private CheckedResponse send(RequestTemplate template) throws NoResponseException {
    SharedResponses.Source<CheckedResponse> source = () -> send(template, caller(), true);
    return run.transport().hasNoRecordedResponse(template.requestKey(caller()))
        ? source.send()
        : run.sharedResponses().get(template, source);
  }

  private CheckedResponse sendUncached(RequestTemplate template) throws NoResponseException {
    return send(template, caller() + ", uncached", false);
  }

  private CheckedResponse send(RequestTemplate template, String caller, boolean shared)
      throws NoResponseException {
    return transport.send(
        () -> sign(template, caller, shared),
        clause.name(),
        request ->
            checker.check(
                template, request.message(), run.transport().send(request), request.stated()));
  }

  private Transport.OutgoingRequest sign(RequestTemplate template, String caller, boolean shared) {
    try {
      Transport.OutgoingRequest request = requests.sign(template, caller, shared);
      evidence.sent(request.message());
      return request;
    } catch (NotApplicableException e) {
      throw notTestable(e.getMessage());
    }
  }

  /** Returns the name of this case in recordings. */
  private String caller() {
    return clause.id() + ", " + check;
  }

  // ---- assertions

  /** See {@link CaseAssertions#require}. */
  void require(CheckedResponse response, boolean holds, String expected, String actual) {
    assertions.require(response, holds, expected, actual);
  }

  /** Asserts that a response has no deviation, each of which is a JSON pointer. */
  void require(CheckedResponse response, List<String> deviations, String expected, String actual) {
    assertions.require(response, deviations.isEmpty(), deviations, expected, actual);
  }

  /** See {@link CaseAssertions#requireError}. */
  void requireError(CheckedResponse response, List<String> codes) {
    assertions.requireError(response, codes);
  }

  /** See {@link CaseAssertions#requireRefusal}. */
  void requireRefusal(CheckedResponse response, Requirement refusal) {
    assertions.requireRefusal(response, refusal);
  }

  /** See {@link CaseAssertions#requireOwnCode}. */
  void requireOwnCode(CheckedResponse response) {
    assertions.requireOwnCode(response, requirementOfCode());
  }

  /** See {@link CaseAssertions#requireDocumentedError}. */
  void requireDocumentedError(CheckedResponse response) {
    assertions.requireDocumentedError(response);
  }

  /** See {@link CaseAssertions#requireServed}. */
  void requireServed(CheckedResponse response) {
    assertions.requireServed(response);
  }

  /** See {@link CaseAssertions#requireValue}. */
  void requireValue(CheckedResponse response) {
    assertions.requireValue(fixture(), response, run.taskHistory());
  }

  /** See {@link CaseAssertions#requireCheckPassed}. */
  void requireCheckPassed(CheckedResponse response) {
    assertions.requireCheckPassed(response);
  }

  /**
   * Asserts that no response of the run broke the clause. The first failure stands for all.
   *
   * @param failed the evidence of those that did
   * @param observations the number of responses that bear on the clause
   */
  void requireNoFailure(List<Evidence> failed, int observations) {
    evidence.conclude();
    if (!failed.isEmpty()) {
      Finding first = failed.get(0).finding();
      throw failure(
          new Finding(
              first.expected(),
              "%s (in %d of %d responses)".formatted(first.actual(), failed.size(), observations),
              first.requestId(),
              first.request(),
              first.reply(),
              first.reproduce()));
    }
  }

  /**
   * Ends the case without a response that bears on the clause. Where one could have come, nothing
   * is recorded, and the clause stays unobserved; elsewhere it is not testable.
   */
  TestAbortedException unobserved(String reason) {
    if (!run.target().canTriggerEveryClause() && !hasFixture()) {
      return notTestable(reason);
    }
    evidence.conclude();
    return new TestAbortedException(clause.id() + ": not observed: " + reason);
  }

  /** See {@link EvidenceRecorder#passed(String)}. */
  void pass(String seen) {
    evidence.passed(seen);
  }

  /** See {@link EvidenceRecorder#failed(String, String)}. */
  AssertionFailedError failed(String expected, String actual) {
    return evidence.failed(expected, actual);
  }

  /** Ends the case: the clause cannot be triggered on this target. */
  TestAbortedException notTestable(String reason) {
    return evidence.notTestable(reason);
  }

  /** See {@link EvidenceRecorder#failure}. */
  AssertionFailedError failure(Finding finding) {
    return evidence.failure(finding);
  }

  /** See {@link EvidenceRecorder#error}. */
  String error(Throwable cause) {
    return evidence.error(cause);
  }
}
