package asyncinfo.suite;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.ApiResponse;
import asyncinfo.client.Credentials;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.Redaction;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Requirement;
import asyncinfo.contract.Specification;
import asyncinfo.contract.Violation;
import asyncinfo.endpoint.RequestNotSentException;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Outcome;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;

/**
 * One clause, put to one API in one shape of a call. Every call that it makes is judged by the
 * rules for each reply as well; every check that it makes is evidence.
 */
final class TestCase {
  /** Seconds by which clocks may differ before it matters to clauses about time. */
  private static final long TOLERATED_SKEW = 30;

  private final TestRun run;
  private final Api api;
  private final Clause clause;
  private final RequestFormat format;
  private final String suite;
  private final Credentials credentials;
  private boolean completed;
  private CheckedResponse last;
  private Optional<SignedRequest> sending = Optional.empty();

  TestCase(TestRun run, Api api, Clause clause, RequestFormat format, String suite) {
    this.run = run;
    this.api = api;
    this.clause = clause;
    this.format = format;
    this.suite = suite;
    this.credentials = run.target().credentials();
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

  /** What the common part promises, for a clause about an altered request. */
  Requirement promise() {
    return specification().promise(clause);
  }

  // ---- asking

  /**
   * Asks with a good call about a task: one that the target is known to have, if any, else the
   * page's example.
   */
  ApiResponse sendValid() throws NoResponseException {
    return ask(format, RequestMutation.NONE, "");
  }

  /** Sends a good call for an asker alone. */
  CheckedResponse sendValidAs(RequestFormat as, String caller) throws NoResponseException {
    return send(question(as, anyTask(), RequestMutation.NONE, ""), caller, false);
  }

  /** The same for this case, and makes the answer the one that it is about. */
  ApiResponse sendValidUncached(RequestFormat as) throws NoResponseException {
    return take(sendValidAs(as, forItself()));
  }

  /** Asks in a way of its own, once for all cases that ask it. */
  ApiResponse sendShared(
      RequestFormat as, RequestMutation alteration, TestRun.ResponseSource asking)
      throws NoResponseException {
    return take(run.answer(question(as, anyTask(), alteration, ""), asking));
  }

  /** Asks with a call that differs from a good one. */
  ApiResponse ask(RequestFormat as, RequestMutation alteration, String parameter)
      throws NoResponseException {
    return ask(question(as, anyTask(), alteration, parameter));
  }

  /** Asks with a good call that has a parameter of the input table. */
  ApiResponse askWith(InputParameter input) throws NoResponseException {
    Map<String, String> arguments = new LinkedHashMap<>(anyTask());
    String name = input.row().name();
    Optional.ofNullable(specification().requests(api).samples().get(name))
        .ifPresent(value -> arguments.putIfAbsent(name, value));
    return ask(question(format, arguments, RequestMutation.NONE, ""));
  }

  /**
   * Asks with a good call about what does not exist or, where the action asks about nothing in
   * particular, with one that has to be refused.
   */
  ApiResponse sendUnknownSubject() throws NoResponseException {
    Optional<Map<String, String>> nothing = specification().requests(api).unknownSubject();
    return nothing.isPresent()
        ? ask(question(format, nothing.get(), RequestMutation.NONE, ""))
        : ask(format, RequestMutation.UNKNOWN_PARAMETER, "");
  }

  /** Asks with a good call that the target is known to answer as this clause says. */
  ApiResponse sendFixture() throws NoResponseException {
    return ask(fixture());
  }

  /** The same for this case alone, whoever asked it before. */
  ApiResponse sendFixtureUncached() throws NoResponseException {
    return take(send(fixture(), forItself(), false));
  }

  private RequestTemplate fixture() {
    Map<String, String> parameters =
        run.target()
            .fixtures()
            .forClause(clause, api)
            .orElseThrow(() -> notTestable("no fixture names a request that brings it about"));
    return question(format, parameters, RequestMutation.NONE, "");
  }

  /**
   * Asks with a good call about a task that shows a clause about data.
   *
   * @throws TestAbortedException when the target is not known to have any task
   */
  ApiResponse sendForTask(Clause about) throws NoResponseException {
    Map<String, String> parameters =
        run.target()
            .fixtures()
            .forClause(about, api)
            .or(this::knownTask)
            .orElseThrow(() -> notTestable("no fixture names a task of this target"));
    return ask(question(format, parameters, RequestMutation.NONE, ""));
  }

  private Map<String, String> anyTask() {
    return knownTask().orElse(Map.of());
  }

  private Optional<Map<String, String>> knownTask() {
    return specification().clauses(api).stream()
        .filter(c -> c.kind() == ClauseKind.VALUE)
        .flatMap(c -> run.target().fixtures().forClause(c, api).stream())
        .findFirst();
  }

  /** Whether the target is known to have a task. */
  boolean hasKnownTask() {
    return knownTask().isPresent();
  }

  /** Whether the target is known to answer some request as this clause says. */
  boolean hasFixture() {
    return run.target().fixtures().forClause(clause, api).isPresent();
  }

  private RequestTemplate question(
      RequestFormat as,
      Map<String, String> particular,
      RequestMutation alteration,
      String parameter) {
    Map<String, String> arguments = new LinkedHashMap<>();
    api.examples().stream().findFirst().ifPresent(example -> arguments.putAll(example.request()));
    arguments.putAll(particular);
    return new RequestTemplate(api, as, arguments, alteration, parameter);
  }

  private ApiResponse ask(RequestTemplate question) throws NoResponseException {
    TestRun.ResponseSource asking = () -> send(question, caller(), true);
    return take(
        run.transport().hasNoRecordedResponse(question.requestKey(caller()))
            ? asking.ask()
            : run.answer(question, asking));
  }

  /** This case, among those that ask a question. */
  private String caller() {
    return clause.id() + ", " + check();
  }

  /** This case, where an answer that others have does not serve it. */
  private String forItself() {
    return caller() + ", for itself";
  }

  /** Makes an answer the one that this case is about. */
  private ApiResponse take(CheckedResponse answer) {
    last = answer;
    return answer.reply();
  }

  /**
   * Sends a question, and again when others on the account used its limit up.
   *
   * @throws RequestNotSentException when waiting for the limit did not help
   */
  private CheckedResponse send(RequestTemplate question, String caller, boolean shared)
      throws NoResponseException {
    for (int waits = 0; ; waits++) {
      Transport.OutgoingRequest outgoingRequest = outgoingRequest(question, caller, shared);
      sending = Optional.of(outgoingRequest.message());
      ApiResponse reply = run.transport().send(outgoingRequest);
      CheckedResponse answer = judge(outgoingRequest.message(), reply);
      Optional<String> throttled = throttledByOthers(reply);
      if (throttled.isEmpty()) {
        run.transport().answered(outgoingRequest);
        return answer;
      }
      if (!run.transport().retryAfterThrottling(outgoingRequest, waits)) {
        throw new RequestNotSentException(
            "%s: throttled with %s, also after %d waits; others use up the limit of this account, or it is below the pace"
                .formatted(run.target().endpoint(api), throttled.get(), waits));
      }
    }
  }

  /** Sends a good call in a burst. */
  CheckedResponse sendAtOnce(RequestFormat as, String caller) throws NoResponseException {
    Transport.OutgoingRequest outgoingRequest =
        outgoingRequest(question(as, anyTask(), RequestMutation.NONE, ""), caller, false);
    return judge(outgoingRequest.message(), run.transport().sendAtOnce(outgoingRequest));
  }

  private Transport.OutgoingRequest outgoingRequest(
      RequestTemplate question, String caller, boolean shared) {
    Instant now = run.now();
    return new Transport.OutgoingRequest(
        api, question.requestKey(caller), shared, message(question, now), now);
  }

  private SignedRequest message(RequestTemplate question, Instant now) {
    ApiRequest good =
        ApiRequest.of(
            api,
            question.format(),
            run.target().host(api),
            run.target().region(),
            question.arguments(),
            credentials,
            now,
            run.nextNonce());
    List<Violation> violations = specification().checkRequest(api, good.abstractRequest());
    if (!violations.isEmpty()) {
      throw new IllegalStateException("our own request breaks its schema: " + violations);
    }
    try {
      return question.alteration().apply(good, question.parameter());
    } catch (NotApplicableException e) {
      throw notTestable(e.getMessage());
    }
  }

  /** The code of a refusal that says nothing about this case: others may use the account too. */
  private Optional<String> throttledByOthers(ApiResponse reply) {
    List<String> codes = specification().codesFor(RequestMutation.BURST.toString(), "");
    return run.target().usesSharedAccount()
        ? reply
            .errorCode()
            .filter(code -> !code.equals(clause.name()))
            .filter(
                code -> codes.stream().anyMatch(c -> code.equals(c) || code.startsWith(c + ".")))
        : Optional.empty();
  }

  /** Judges a reply by the rules for each reply. */
  private CheckedResponse judge(SignedRequest message, ApiResponse reply) {
    List<Observation> observations = run.rules().judge(api, reply);
    CheckedResponse answer = new CheckedResponse(message, reply, observations, clockSkew(reply));
    ResponseExcerpt sight = new ResponseExcerpt(reply, Redaction.of(message, credentials));
    for (Observation seen : observations) {
      Clause about = specification().clause(seen.clause()).orElseThrow();
      Evidence evidence =
          seen.passed()
              ? Evidence.passed(seen.clause(), api.product(), check())
              : new Evidence(
                  seen.clause(),
                  api.product(),
                  check(),
                  Outcome.FAILED,
                  finding(answer, seen.expected(), seen.actual()),
                  1);
      run.evidenceLog().add(evidence.with(sight.of(about), sight.requestId()));
    }
    return answer;
  }

  /** Evidence about this clause, with what the last reply had to say about it. */
  private Evidence shown(Evidence evidence) {
    ResponseExcerpt sight =
        new ResponseExcerpt(last.reply(), Redaction.of(last.request(), credentials));
    return evidence.with(sight.of(clause), sight.requestId());
  }

  private long clockSkew(ApiResponse reply) {
    try {
      return reply
          .header("Date")
          .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
          .map(date -> date.toEpochSecond() - run.now().getEpochSecond())
          .orElse(0L);
    } catch (DateTimeParseException e) {
      return 0;
    }
  }

  // ---- concluding

  /** The clause holds when this is so. */
  void require(boolean holds, String expected, String actual) {
    completed = true;
    if (!holds) {
      failOnClockSkew();
      throw broken(expected, actual);
    }
    run.evidenceLog().add(shown(Evidence.passed(clause.id(), api.product(), check())));
  }

  /** The reply must be an error with one of these codes. */
  void requireError(ApiResponse reply, List<String> codes) {
    require(
        reply.errorCode().map(codes::contains).orElse(false),
        "Error.Code " + String.join(" or ", codes),
        describe(reply));
  }

  /** The reply must be an error with a code that the contract knows. */
  void requireDocumentedError(ApiResponse reply) {
    require(isError(reply), "an error with a documented code, no data", describe(reply));
  }

  /**
   * The request must have passed the gateway: data where the target is known to have the task, else
   * data or an error of the action.
   */
  void requireServed(ApiResponse reply) {
    boolean actionAnswered =
        reply.errorCode().map(code -> !specification().isGatewayCode(code)).orElse(false);
    boolean served = isData(reply) || (!hasKnownTask() && actionAnswered);
    require(
        served,
        hasKnownTask() ? "data" : "data, or an error that the gateway does not make",
        describe(reply));
  }

  /**
   * Who states another time than the endpoint's is refused, and rightly so: that is trouble on this
   * side, and no broken clause.
   *
   * @throws RequestNotSentException when the last reply shows it
   */
  private void failOnClockSkew() {
    List<Requirement> aboutTime =
        specification().requirements().stream()
            .filter(p -> p.alteration().equals(RequestMutation.CLOCK_OFFSET.toString()))
            .toList();
    boolean refusedForTime =
        last.reply()
            .errorCode()
            .map(code -> aboutTime.stream().anyMatch(p -> p.codes().contains(code)))
            .orElse(false);
    boolean statesAnotherTime =
        aboutTime.stream()
            .anyMatch(p -> p.clause().equals(clause) || p.codes().contains(clause.name()));
    if (Math.abs(last.clockSkew()) > TOLERATED_SKEW && (refusedForTime || statesAnotherTime)) {
      throw new RequestNotSentException(
          "%s: this machine's clock is about %d s %s the endpoint's, so calls state a wrong time; set it right and run again"
              .formatted(
                  run.target().endpoint(api),
                  Math.round(Math.abs(last.clockSkew()) / 10.0) * 10,
                  last.clockSkew() > 0 ? "behind" : "ahead of"));
    }
  }

  /** The last reply must be data whose member has the value of this clause. */
  void requireValue(ApiResponse reply, String expected, String actual) {
    JsonNode found =
        reply.json().map(json -> json.path("Response").path(clause.name())).orElse(null);
    require(
        isData(reply)
            && api.outputs().stream()
                .filter(output -> output.name().equals(clause.name()))
                .anyMatch(output -> output.is(clause.value().orElseThrow(), found)),
        expected,
        actual);
  }

  /** What the rules for each reply say of this clause must hold for the last reply. */
  void requireCheckPassed(ApiResponse reply) {
    List<Observation> lastObservations = last.observations();
    Optional<Observation> about =
        lastObservations.stream().filter(seen -> seen.clause().equals(clause.id())).findFirst();
    if (about.isPresent() && !about.get().passed()) {
      completed = true;
      throw failure(finding(last, about.get().expected(), about.get().actual()));
    }
    if (about.isEmpty() && isData(reply) && clause.kind() == ClauseKind.OUTPUT) {
      completed = true;
      throw new TestAbortedException(clause.id() + ": may be absent, and is in this reply");
    }
    if (about.isEmpty() && lastObservations.stream().anyMatch(seen -> !seen.passed())) {
      completed = true;
      throw new TestAbortedException(clause.id() + ": the reply breaks what comes before it");
    }
    require(about.isPresent(), "a reply that bears on " + clause.id(), describe(reply));
  }

  /** Concludes from what was seen over the whole run; the first break stands for all. */
  void complete(List<Evidence> broken, int observations) {
    completed = true;
    if (!broken.isEmpty()) {
      Finding first = broken.get(0).finding();
      throw failure(
          new Finding(
              first.expected(),
              "%s (in %d of %d replies)".formatted(first.actual(), broken.size(), observations),
              first.requestId(),
              first.request(),
              first.reply(),
              first.reproduce()));
    }
  }

  /**
   * Ends the case: nothing was seen of the clause. Where it could have been, that is no evidence of
   * any sort; elsewhere it cannot be brought about.
   */
  TestAbortedException unobserved(String reason) {
    if (!run.target().canTriggerEveryClause() && !hasFixture()) {
      return notTestable(reason);
    }
    completed = true;
    return new TestAbortedException(clause.id() + ": not observed: " + reason);
  }

  /** Ends the case: the clause cannot be brought about on this target. */
  TestAbortedException notTestable(String reason) {
    completed = true;
    String told = secrets().apply(reason);
    run.evidenceLog()
        .add(
            new Evidence(
                clause.id(),
                api.product(),
                check(),
                Outcome.NOT_TESTABLE,
                Finding.of("", told, ""),
                1));
    return new TestAbortedException(clause.id() + ": not provokable: " + told);
  }

  /**
   * Ends the case: something went wrong that says nothing about the endpoint.
   *
   * @return what went wrong, in one line without secrets
   */
  String trouble(Throwable cause) {
    completed = true;
    String what = Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    String told = secrets().apply(what);
    run.evidenceLog()
        .add(
            new Evidence(
                clause.id(),
                api.product(),
                check(),
                Outcome.ERROR,
                Finding.of("a reply", told, reproduce()),
                1));
    return told;
  }

  boolean completed() {
    return completed;
  }

  TestRun run() {
    return run;
  }

  private AssertionFailedError broken(String expected, String actual) {
    Finding finding = finding(last, expected, actual);
    run.evidenceLog()
        .add(shown(new Evidence(clause.id(), api.product(), check(), Outcome.FAILED, finding, 1)));
    return failure(finding);
  }

  /**
   * A failure that says all there is to say.
   *
   * @throws TestAbortedException with the same text when the build stays green, because a waiver in
   *     force covers the clause or no page promises it: JUnit shows the case as skipped, and the
   *     report shows the verdict
   */
  AssertionFailedError failure(Finding finding) {
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
                clause.id(),
                api.product(),
                clause.promise(),
                clause.basis().text(),
                clause.source(),
                finding.expected(),
                finding.actual(),
                finding.requestId().isEmpty() ? "none" : finding.requestId(),
                finding.reproduce());
    run.target()
        .waivers()
        .inForce(clause)
        .ifPresent(
            waiver -> {
              throw new TestAbortedException(waiver + "\n" + text);
            });
    if (!clause.basis().isPromised() && !run.target().strict()) {
      throw new TestAbortedException(text);
    }
    return new AssertionFailedError(text);
  }

  private Finding finding(CheckedResponse answer, String expected, String actual) {
    Redaction secrets = Redaction.of(answer.request(), credentials);
    ApiResponse reply = answer.reply();
    String from = reply.status() == 200 ? "" : " from " + run.target().endpoint(api);
    return new Finding(
        secrets.apply(expected),
        secrets.apply(actual + from),
        secrets.apply(reply.requestId().orElse("")),
        secrets.request(answer.request()),
        secrets.reply(reply),
        reproduce());
  }

  private Redaction secrets() {
    return sending
        .map(message -> Redaction.of(message, credentials))
        .orElseGet(() -> Redaction.of(credentials));
  }

  private String reproduce() {
    return "mvn verify%s -Dclause='%s'".formatted(run.target().mavenOption(), clause.id());
  }

  private String check() {
    return suite + " [" + format + "]";
  }

  private static boolean isData(ApiResponse reply) {
    return reply.json().map(j -> j.path("Response").isObject()).orElse(false) && !isError(reply);
  }

  static boolean isError(ApiResponse reply) {
    return reply.json().map(Specification::isError).orElse(false);
  }

  /** What a reply is, in a few words. */
  static String describe(ApiResponse reply) {
    if (reply.status() != 200 || reply.json().isEmpty()) {
      String start = reply.text().strip().lines().findFirst().orElse("");
      return "HTTP %d, %s"
          .formatted(
              reply.status(),
              start.isEmpty() ? "empty body" : start.substring(0, Math.min(80, start.length())));
    }
    return reply
        .errorCode()
        .map(code -> "Error.Code " + code)
        .orElseGet(() -> reply.json().orElseThrow().path("Response").toString());
  }
}
