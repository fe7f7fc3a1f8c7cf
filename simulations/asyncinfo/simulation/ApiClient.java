package asyncinfo.simulation;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.ApiResponse;
import asyncinfo.client.Credentials;
import asyncinfo.client.Redaction;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.LimitTestOptions;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.ratelimit.CallerIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Signs the calls for one API and classifies its responses. */
final class ApiClient {
  /** The number of subjects that calls ask for, where the fixtures name as many. */
  static final int SUBJECTS = 3;

  private final TargetEndpoint endpoint;
  private final Api api;
  private final Credentials credentials;
  private final Credentials warmUpCredentials;
  private final LimitTestOptions options;
  private final List<Map<String, String>> subjects;
  private final ResponseClassifier classifier;
  private final String baseUrl;
  private final AtomicInteger nonces = new AtomicInteger(1);

  /**
   * Creates a client.
   *
   * @param credentials the key shared by the clients of all APIs, so that a shared budget shows
   * @param options the second region and account, where there are any
   */
  ApiClient(
      Specification specification,
      TargetEndpoint endpoint,
      Api api,
      Credentials credentials,
      LimitTestOptions options) {
    this.endpoint = endpoint;
    this.api = api;
    this.credentials = credentials;
    this.warmUpCredentials = endpoint.credentials();
    this.options = options;
    this.subjects = subjects(specification, endpoint, api);
    this.classifier = new ResponseClassifier(specification, redaction(credentials, options));
    this.baseUrl = endpoint.endpoint(api).resolve("/").toString();
  }

  private static UnaryOperator<String> redaction(
      Credentials credentials, LimitTestOptions options) {
    Redaction first = Redaction.of(credentials);
    Optional<Redaction> second = options.secondAccount().map(Supplier::get).map(Redaction::of);
    return text -> second.map(r -> r.apply(first.apply(text))).orElseGet(() -> first.apply(text));
  }

  /**
   * Returns the action's parameters of each subject: the page's example, and fixtures beside it. At
   * least two, because a limit must not depend on what is asked for.
   */
  private static List<Map<String, String>> subjects(
      Specification specification, TargetEndpoint endpoint, Api api) {
    Map<String, String> example = specification.requests(api).valid();
    List<Map<String, String>> subjects = new ArrayList<>(List.of(example));
    specification.clauses(api).stream()
        .filter(clause -> clause.kind() == ClauseKind.VALUE)
        .flatMap(clause -> endpoint.fixtures().forClause(clause, api).stream())
        .map(fixture -> with(example, fixture))
        .filter(parameters -> !subjects.contains(parameters))
        .limit(SUBJECTS - 1L)
        .forEach(subjects::add);
    if (subjects.size() == 1) {
      subjects.add(with(example, specification.requests(api).unknownSubject().orElse(Map.of())));
    }
    return List.copyOf(subjects);
  }

  private static Map<String, String> with(Map<String, String> valid, Map<String, String> changed) {
    Map<String, String> parameters = new LinkedHashMap<>(valid);
    parameters.putAll(changed);
    return parameters;
  }

  /** Returns the URL of a signed request. */
  String url(SignedRequest request) {
    return baseUrl + request.target().substring(1);
  }

  /**
   * Signs a call.
   *
   * @param subject the index of what to ask for; any number, the subjects repeat
   */
  SignedRequest sign(CallerIdentity identity, RequestFormat format, int subject) {
    return sign(
        format,
        subject,
        identity == CallerIdentity.SECOND_REGION
            ? options.secondRegion().orElseThrow()
            : endpoint.region(),
        identity == CallerIdentity.SECOND_ACCOUNT
            ? options.secondAccount().orElseThrow().get()
            : credentials);
  }

  /** Signs a call with a key of its own, where the endpoint has one to spare. */
  SignedRequest signWarmUp(RequestFormat format, int subject) {
    return sign(format, subject, endpoint.region(), warmUpCredentials);
  }

  private SignedRequest sign(RequestFormat format, int subject, String region, Credentials key) {
    return ApiRequest.of(
            api,
            format,
            endpoint.host(api),
            region,
            subjects.get(subject % subjects.size()),
            key,
            Instant.now(),
            nonces.getAndIncrement())
        .sign();
  }

  /** Names a subject for the log. */
  String subjectName(int subject) {
    return "id " + subject % subjects.size();
  }

  /** Classifies the response to a call for a subject. */
  ResponseClassifier.Classification classify(ApiResponse response, int subject) {
    return classifier.classify(response, subject % subjects.size());
  }
}
