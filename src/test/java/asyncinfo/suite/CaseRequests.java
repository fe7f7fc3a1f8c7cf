package asyncinfo.suite;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.Credentials;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Field;
import asyncinfo.contract.Violation;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds and signs the requests of a case.
 *
 * @param run the run
 * @param api the API to call
 * @param clause the clause under test
 * @param credentials the key that signs
 */
record CaseRequests(TestRun run, Api api, Clause clause, Credentials credentials) {
  /** The clauses whose fixtures are answered with data. */
  private static final List<ClauseKind> SHOWING_DATA =
      List.of(ClauseKind.VALUE, ClauseKind.EXAMPLE, ClauseKind.OUTPUT);

  /** Returns a valid request about {@link #knownTask a known task}. */
  RequestTemplate valid(RequestFormat format) {
    return mutated(format, RequestMutation.NONE, "");
  }

  /** Returns a request that differs from a valid one in one way. */
  RequestTemplate mutated(RequestFormat format, RequestMutation mutation, String parameter) {
    return template(format, knownTask().orElse(Map.of()), mutation, parameter);
  }

  /** Returns a valid request that has a parameter of the input table. */
  RequestTemplate withParameter(RequestFormat format, Field parameter) {
    Map<String, String> arguments = new LinkedHashMap<>(knownTask().orElse(Map.of()));
    String name = parameter.name();
    Optional.ofNullable(run.specification().requests(api).samples().get(name))
        .ifPresent(value -> arguments.putIfAbsent(name, value));
    return template(format, arguments, RequestMutation.NONE, "");
  }

  /**
   * Returns a request about a task that does not exist or, for an action that has no subject, one
   * with an undefined parameter: either has to be refused.
   */
  RequestTemplate unknownSubject(RequestFormat format) {
    return run.specification()
        .requests(api)
        .unknownSubject()
        .map(unknown -> template(format, unknown, RequestMutation.NONE, ""))
        .orElseGet(() -> mutated(format, RequestMutation.UNKNOWN_PARAMETER, ""));
  }

  /** Returns the request that triggers the clause; empty where no fixture names one. */
  Optional<RequestTemplate> fixture(RequestFormat format) {
    return fixtureOf(clause).map(task -> template(format, task, RequestMutation.NONE, ""));
  }

  /**
   * Returns a valid request about a task that shows a clause about data; empty where no fixture
   * names a task.
   */
  Optional<RequestTemplate> forTask(RequestFormat format) {
    return fixtureOf(clause)
        .or(this::knownTask)
        .map(task -> template(format, task, RequestMutation.NONE, ""));
  }

  /**
   * Returns the arguments of a request that the target is known to answer with data: that of a
   * listed value, a finished one where there is one, because it stays as it is; else that of an
   * example or a member.
   */
  Optional<Map<String, String>> knownTask() {
    return run.specification().clauses(api).stream()
        .filter(c -> SHOWING_DATA.contains(c.kind()))
        .sorted(
            Comparator.<Clause>comparingInt(c -> SHOWING_DATA.indexOf(c.kind()))
                .thenComparing(c -> c.mayMoveOn(api)))
        .flatMap(c -> fixtureOf(c).stream())
        .findFirst();
  }

  private Optional<Map<String, String>> fixtureOf(Clause about) {
    return run.target().fixtures().forClause(about, api);
  }

  private RequestTemplate template(
      RequestFormat format, Map<String, String> task, RequestMutation mutation, String parameter) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.putAll(run.specification().requests(api).valid());
    arguments.putAll(task);
    return new RequestTemplate(api, format, arguments, mutation, parameter);
  }

  /**
   * Signs a request.
   *
   * @param caller the part of the run that sends it, as recordings name it
   * @param shared whether the response serves all cases
   * @throws NotApplicableException when the action has nothing that the mutation could change
   */
  Transport.OutgoingRequest sign(RequestTemplate template, String caller, boolean shared) {
    Instant now = run.now();
    ApiRequest valid =
        ApiRequest.of(
            api,
            template.format(),
            run.target().host(api),
            run.target().region(),
            template.arguments(),
            credentials,
            now,
            run.nextNonce());
    List<Violation> violations = run.specification().checkRequest(api, valid.abstractRequest());
    if (!violations.isEmpty()) {
      throw new IllegalStateException("our own request breaks its schema: " + violations);
    }
    SignedRequest message = template.mutation().apply(valid, template.parameter());
    return new Transport.OutgoingRequest(api, template.requestKey(caller), shared, message, now);
  }
}
