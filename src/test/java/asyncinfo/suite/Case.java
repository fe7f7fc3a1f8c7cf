package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Kind;
import asyncinfo.contract.Promise;
import asyncinfo.contract.Violation;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Outcome;
import asyncinfo.wire.Call;
import asyncinfo.wire.CallShape;
import asyncinfo.wire.Credentials;
import asyncinfo.wire.HttpMessage;
import asyncinfo.wire.NoReplyException;
import asyncinfo.wire.Redaction;
import asyncinfo.wire.Reply;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * One clause, put to one API in one shape of a call. Every call that it makes is judged by the
 * rules for each reply as well; every check that it makes is evidence.
 */
final class Case {
  private final Run run;
  private final Api api;
  private final Clause clause;
  private final CallShape shape;
  private final String suite;
  private final Credentials credentials;
  private boolean concluded;
  private Exchange last = new Exchange(null, null);
  private List<Observation> lastObservations = List.of();

  Case(Run run, Api api, Clause clause, CallShape shape, String suite) {
    this.run = run;
    this.api = api;
    this.clause = clause;
    this.shape = shape;
    this.suite = suite;
    this.credentials = run.target().credentials();
  }

  private record Exchange(HttpMessage request, Reply reply) {}

  Api api() {
    return api;
  }

  Clause clause() {
    return clause;
  }

  CallShape shape() {
    return shape;
  }

  Catalogue catalogue() {
    return run.catalogue();
  }

  /** What the common part promises, for a clause about an altered request. */
  Promise promise() {
    return catalogue().promise(clause);
  }

  // ---- asking

  /**
   * A good call of a task: one that the target is known to have, if any, else the page's example.
   */
  Call good() {
    return good(shape, knownTask().orElse(Map.of()));
  }

  /** The same in another shape. */
  Call good(CallShape other) {
    return good(other, knownTask().orElse(Map.of()));
  }

  private Call good(CallShape callShape, Map<String, String> particular) {
    Map<String, String> arguments = new LinkedHashMap<>();
    api.examples().stream().findFirst().ifPresent(example -> arguments.putAll(example.request()));
    arguments.putAll(particular);
    return Call.of(
        api,
        callShape,
        run.target().host(api),
        run.target().region(),
        arguments,
        credentials,
        Instant.now(),
        run.nextNonce());
  }

  /** A good call of a task that does not exist. */
  Call ofUnknownTask() {
    return good(shape, Map.of(Inputs.TASK_ID, "00000000-0000-4000-8000-000000000000"));
  }

  private Optional<Map<String, String>> knownTask() {
    return catalogue().clauses(api).stream()
        .filter(c -> c.kind() == Kind.VALUE)
        .flatMap(c -> run.target().provocations().forClause(c).stream())
        .findFirst();
  }

  /** Whether the target is known to have a task. */
  boolean hasKnownTask() {
    return knownTask().isPresent();
  }

  /** Whether the target is known to answer some request as this clause says. */
  boolean hasProvocation() {
    return run.target().provocations().forClause(clause).isPresent();
  }

  /** Sends a good call that the target is known to answer as this clause says. */
  Reply provoke() throws NoReplyException {
    Map<String, String> parameters =
        run.target()
            .provocations()
            .forClause(clause)
            .orElseThrow(
                () -> notProvokable("no provocation names a request that brings it about"));
    return send(good(shape, parameters));
  }

  /**
   * A good call of a task that shows a clause about data.
   *
   * @throws TestAbortedException when the target is not known to have any task
   */
  Call aTaskWith(Clause about) {
    return run.target()
        .provocations()
        .forClause(about)
        .or(this::knownTask)
        .map(parameters -> good(shape, parameters))
        .orElseThrow(() -> notProvokable("no provocation names a task of this target"));
  }

  /** Sends a good call, after comparing it with the request schema. */
  Reply send(Call call) throws NoReplyException {
    List<Violation> violations = catalogue().checkRequest(api, call.abstractRequest());
    if (!violations.isEmpty()) {
      throw new IllegalStateException("our own request breaks its schema: " + violations);
    }
    return send(call.sign());
  }

  /** Sends a message as it stands, once. */
  Reply send(HttpMessage message) throws NoReplyException {
    run.pace(api).await();
    last = new Exchange(message, null);
    Reply reply = run.sender(api).send(message);
    last = new Exchange(message, reply);
    judge(reply);
    return reply;
  }

  /** Judges a reply by the rules for each reply. */
  void judge(Reply reply) {
    lastObservations = run.rules().judge(api, reply);
    for (Observation seen : lastObservations) {
      run.ledger()
          .add(
              seen.kept()
                  ? Evidence.kept(seen.clause(), api.product(), check())
                  : new Evidence(
                      seen.clause(),
                      api.product(),
                      check(),
                      Outcome.BROKEN,
                      finding(seen.expected(), seen.actual()),
                      1));
    }
  }

  // ---- concluding

  /** The clause holds when this is so. */
  void require(boolean holds, String expected, String actual) {
    concluded = true;
    if (!holds) {
      throw broken(expected, actual);
    }
    run.ledger().add(Evidence.kept(clause.id(), api.product(), check()));
  }

  /** The reply must be an error with one of these codes. */
  void requireError(Reply reply, List<String> codes) {
    require(
        reply.errorCode().map(codes::contains).orElse(false),
        "Error.Code " + String.join(" or ", codes),
        describe(reply));
  }

  /** The reply must be an error with a code that the contract knows. */
  void requireDocumentedError(Reply reply) {
    require(isError(reply), "an error with a documented code, no data", describe(reply));
  }

  /**
   * The request must have passed the gateway: data where the target is known to have the task, else
   * data or an error of the action.
   */
  void requireServed(Reply reply) {
    boolean actionAnswered =
        reply.errorCode().map(code -> !catalogue().isGatewayCode(code)).orElse(false);
    boolean served = isData(reply) || (!hasKnownTask() && actionAnswered);
    require(
        served,
        hasKnownTask() ? "data" : "data, or an error that the gateway does not make",
        describe(reply));
  }

  /** What the rules for each reply say of this clause must hold for the last reply. */
  void requireKept(Reply reply) {
    Optional<Observation> about =
        lastObservations.stream().filter(seen -> seen.clause().equals(clause.id())).findFirst();
    if (about.isPresent() && !about.get().kept()) {
      concluded = true;
      throw failure(finding(about.get().expected(), about.get().actual()));
    }
    if (about.isEmpty() && isData(reply) && clause.kind() == Kind.OUTPUT) {
      concluded = true;
      throw new TestAbortedException(clause.id() + ": may be absent, and is in this reply");
    }
    if (about.isEmpty() && lastObservations.stream().anyMatch(seen -> !seen.kept())) {
      concluded = true;
      throw new TestAbortedException(clause.id() + ": the reply breaks what comes before it");
    }
    require(about.isPresent(), "a reply that bears on " + clause.id(), describe(reply));
  }

  /** Concludes from what was seen over the whole run; the first break stands for all. */
  void conclude(List<Evidence> broken, int observations) {
    concluded = true;
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

  /** Ends the case: the clause cannot be brought about on this target. */
  TestAbortedException notProvokable(String reason) {
    concluded = true;
    run.ledger()
        .add(
            new Evidence(
                clause.id(),
                api.product(),
                check(),
                Outcome.NOT_PROVOKABLE,
                Finding.of("", reason, ""),
                1));
    return new TestAbortedException(clause.id() + ": not provokable: " + reason);
  }

  /** Ends the case: something went wrong that says nothing about the endpoint. */
  void trouble(Throwable cause) {
    concluded = true;
    String what = Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    run.ledger()
        .add(
            new Evidence(
                clause.id(), api.product(), check(), Outcome.TROUBLE, finding("a reply", what), 1));
  }

  boolean concluded() {
    return concluded;
  }

  Run run() {
    return run;
  }

  private AssertionFailedError broken(String expected, String actual) {
    Finding finding = finding(expected, actual);
    run.ledger().add(new Evidence(clause.id(), api.product(), check(), Outcome.BROKEN, finding, 1));
    return failure(finding);
  }

  /** A failure that says all there is to say. */
  AssertionFailedError failure(Finding finding) {
    return new AssertionFailedError(
        """
        %s is broken by %s
          promised:  %s
          expected:  %s
          actual:    %s
          RequestId: %s
          reproduce: %s\
        """
            .formatted(
                clause.id(),
                api.product(),
                clause.promise(),
                finding.expected(),
                finding.actual(),
                finding.requestId().isEmpty() ? "none" : finding.requestId(),
                finding.reproduce()));
  }

  private Finding finding(String expected, String actual) {
    Optional<Reply> reply = Optional.ofNullable(last.reply());
    return new Finding(
        expected,
        actual,
        reply.flatMap(Reply::requestId).orElse(""),
        Optional.ofNullable(last.request()).map(Redaction::of).orElse(""),
        reply.map(Redaction::of).orElse(""),
        reproduce());
  }

  private String reproduce() {
    String profile = run.target().name().equals("stub") ? "" : " -P" + run.target().name();
    return "mvn verify%s -Dclause='%s'".formatted(profile, clause.id());
  }

  private String check() {
    return suite + " [" + shape + "]";
  }

  private static boolean isData(Reply reply) {
    return reply.json().map(j -> j.path("Response").isObject()).orElse(false) && !isError(reply);
  }

  static boolean isError(Reply reply) {
    return reply.json().map(Catalogue::isError).orElse(false);
  }

  /** What a reply is, in a few words. */
  static String describe(Reply reply) {
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
