package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.Credentials;
import asyncinfo.client.CurlCommand;
import asyncinfo.client.Redaction;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.verdict.Defect;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Outcome;
import java.util.List;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Records the evidence of a case, without secrets, and words its failures. */
final class EvidenceRecorder {
  private final TestRun run;
  private final Api api;
  private final Clause clause;
  private final String check;
  private final Credentials credentials;
  private volatile Optional<SignedRequest> lastRequest = Optional.empty();
  private volatile LastRedaction lastRedaction;
  private volatile boolean concluded;

  private record LastRedaction(SignedRequest request, Redaction redaction) {}

  /**
   * @param check the check that the evidence names, such as {@code ErrorCodeIT [POST_JSON_V3]}
   * @param credentials the key that signs, which is redacted
   */
  EvidenceRecorder(TestRun run, Api api, Clause clause, String check, Credentials credentials) {
    this.run = run;
    this.api = api;
    this.clause = clause;
    this.check = check;
    this.credentials = credentials;
  }

  /** Notes the request whose signature has to be redacted from what follows. */
  void sent(SignedRequest request) {
    lastRequest = Optional.of(request);
  }

  /** Returns whether the case has come to a conclusion. */
  boolean concluded() {
    return concluded;
  }

  /** Marks the case as concluded by the evidence that exists. */
  void conclude() {
    concluded = true;
  }

  /** Records what a response shows about each clause that it bears on. */
  void observed(CheckedResponse checked) {
    ResponseExcerpt excerpt = excerpt(checked);
    String requestId = excerpt.requestId();
    for (Observation observation : checked.observations()) {
      Clause about = run.specification().clause(observation.clause()).orElseThrow();
      Evidence evidence =
          observation.passed()
              ? Evidence.passed(about.id(), api.id(), check)
              : evidence(about, Outcome.FAILED, finding(checked, observation));
      run.evidenceLog().add(evidence.with(excerpt.of(about), requestId));
    }
  }

  /** Records that a response keeps the clause. */
  void passed(CheckedResponse checked) {
    conclude();
    record(Evidence.passed(clause.id(), api.id(), check), checked);
  }

  /** Records that a response keeps the clause, with a note on what is unusual about it. */
  void passed(CheckedResponse checked, String note) {
    conclude();
    run.evidenceLog()
        .add(
            Evidence.passed(clause.id(), api.id(), check)
                .with(redaction().apply(note), excerpt(checked).requestId()));
  }

  /**
   * Records that a response breaks a clause other than the one under test; see the method of the
   * same name for the clause under test.
   */
  AssertionFailedError failed(
      Clause other, CheckedResponse checked, List<String> places, String expected, String actual) {
    conclude();
    Finding finding = finding(checked, expected, actual, checked.explanation(places));
    ResponseExcerpt excerpt = excerpt(checked);
    run.evidenceLog()
        .add(evidence(other, Outcome.FAILED, finding).with(excerpt.of(other), excerpt.requestId()));
    return failure(other, finding);
  }

  /**
   * Records that a response breaks the clause.
   *
   * @param places JSON pointers of all that deviates; empty where the whole response does
   * @return the failure to throw
   */
  AssertionFailedError failed(
      CheckedResponse checked, List<String> places, String expected, String actual) {
    conclude();
    Finding finding = finding(checked, expected, actual, checked.explanation(places));
    record(evidence(clause, Outcome.FAILED, finding), checked);
    return failure(finding);
  }

  /** Records that the clause is kept, where no response of the API shows it. */
  void passed(String seen) {
    conclude();
    run.evidenceLog()
        .add(Evidence.passed(clause.id(), api.id(), check).with(redaction().apply(seen), ""));
  }

  /** Records that the clause is broken, where no response shows it; returns what to throw. */
  AssertionFailedError failed(String expected, String actual) {
    conclude();
    Finding finding = Finding.of(expected, redaction().apply(actual), reproduce());
    run.evidenceLog().add(evidence(clause, Outcome.FAILED, finding));
    return failure(finding);
  }

  /** Returns the failure to throw for an observation that is recorded already. */
  AssertionFailedError failed(CheckedResponse checked, Observation observation) {
    conclude();
    return failure(finding(checked, observation));
  }

  /** Records that the clause cannot be triggered on this target; returns the abort to throw. */
  TestAbortedException notTestable(String reason) {
    conclude();
    String redacted = redaction().apply(reason);
    run.evidenceLog().add(evidence(clause, Outcome.NOT_TESTABLE, Finding.of("", redacted, "")));
    return new TestAbortedException(clause.id() + ": not testable: " + redacted);
  }

  /**
   * Records a problem that says nothing about the endpoint.
   *
   * @return the problem, in one line without secrets
   */
  String error(Throwable cause) {
    conclude();
    String message =
        Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    String redacted = redaction().apply(message);
    run.evidenceLog()
        .add(evidence(clause, Outcome.ERROR, Finding.of("a response", redacted, reproduce())));
    return redacted;
  }

  /**
   * Returns a failure with the finding and all that is needed to reproduce it.
   *
   * @throws TestAbortedException with the same text when the build stays green, because a waiver in
   *     force covers the clause or no page promises it: JUnit shows the case as skipped, and the
   *     report shows the verdict
   */
  AssertionFailedError failure(Finding finding) {
    return failure(clause, finding);
  }

  private AssertionFailedError failure(Clause about, Finding finding) {
    String text =
        """
        %s is broken by %s
          promised:  %s
          source:    %s, %s
          expected:  %s
          actual:    %s
          RequestId: %s
          reproduce: %s\
        """
            .formatted(
                about.id(),
                api.id(),
                about.promise(),
                about.basis().text(),
                about.source(),
                finding.expected(),
                finding.actual(),
                finding.requestId().isEmpty() ? "none" : finding.requestId(),
                finding.reproduce());
    run.target()
        .waivers()
        .inForce(about)
        .ifPresent(
            waiver -> {
              throw new TestAbortedException(waiver + "\n" + text);
            });
    if (!about.basis().isPromised() && !run.target().strict()) {
      throw new TestAbortedException(text);
    }
    return new AssertionFailedError(text);
  }

  private void record(Evidence evidence, CheckedResponse checked) {
    ResponseExcerpt excerpt = excerpt(checked);
    run.evidenceLog().add(evidence.with(excerpt.of(clause), excerpt.requestId()));
  }

  private Evidence evidence(Clause about, Outcome outcome, Finding finding) {
    return new Evidence(about.id(), api.id(), check, outcome, finding, 1);
  }

  private Finding finding(CheckedResponse checked, Observation observation) {
    return finding(checked, observation.expected(), observation.actual(), observation.defect());
  }

  private Finding finding(
      CheckedResponse checked, String expected, String actual, Optional<Defect> defect) {
    Redaction redaction = redaction(checked.request());
    ApiResponse response = checked.response();
    String from = response.status() == 200 ? "" : " from " + run.target().endpoint(api);
    Optional<String> curl =
        CurlCommand.of(checked.request(), credentials, run.target().endpoint(api), checked.sent());
    return new Finding(
        redaction.apply(expected),
        redaction.apply(actual + from),
        redaction.apply(response.requestId().orElse("")),
        redaction.request(checked.request()),
        redaction.reply(response),
        reproduce(),
        curl.orElse(""),
        defect.map(d -> new Defect(d.clause(), redaction.apply(d.kind()))).orElse(null));
  }

  private ResponseExcerpt excerpt(CheckedResponse checked) {
    return new ResponseExcerpt(checked.response(), redaction(checked.request()));
  }

  private Redaction redaction() {
    return lastRequest.map(this::redaction).orElseGet(() -> Redaction.of(credentials));
  }

  /** Returns the redaction for a request; mostly the last one, which may have a body of 10 MB. */
  private Redaction redaction(SignedRequest request) {
    LastRedaction last = lastRedaction;
    if (last == null || !last.request().equals(request)) {
      last = new LastRedaction(request, Redaction.of(request, credentials));
      lastRedaction = last;
    }
    return last.redaction();
  }

  private String reproduce() {
    return run.target().reproduceCommand(clause);
  }
}
