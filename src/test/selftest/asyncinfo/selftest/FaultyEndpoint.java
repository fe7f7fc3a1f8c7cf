package asyncinfo.selftest;

import asyncinfo.client.Credentials;
import asyncinfo.client.Timeouts;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.Fixtures;
import asyncinfo.endpoint.LimitTestOptions;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.endpoint.Waivers;
import asyncinfo.stub.Stub;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A running stub behind an endpoint that changes its responses.
 *
 * @param stub the stub
 * @param endpoint the endpoint before it
 * @param included the clauses of the run
 */
record FaultyEndpoint(
    Specification specification,
    Stub stub,
    URI endpoint,
    Fixtures fixtures,
    Timeouts timeouts,
    Predicate<Clause> included)
    implements TargetEndpoint {

  @Override
  public String name() {
    return "stub";
  }

  @Override
  public String description() {
    return "a faulty endpoint";
  }

  @Override
  public List<Api> apis() {
    return specification.apis();
  }

  @Override
  public URI endpoint(Api api) {
    return endpoint;
  }

  @Override
  public String host(Api api) {
    return api.domain();
  }

  @Override
  public String region() {
    return TargetEndpoint.DEFAULT_REGION;
  }

  @Override
  public Credentials credentials() {
    return stub.accounts().create();
  }

  @Override
  public boolean usesSharedAccount() {
    return false;
  }

  @Override
  public Waivers waivers() {
    return Waivers.none();
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public String startupMessage() {
    return "";
  }

  @Override
  public LimitTestOptions limitTestOptions() {
    return LimitTestOptions.STANDARD;
  }

  @Override
  public Optional<String> loadTestBlockedBy(Api api) {
    return Optional.empty();
  }

  @Override
  public boolean includes(Clause clause) {
    return included.test(clause);
  }

  @Override
  public boolean canTriggerEveryClause() {
    return true;
  }

  @Override
  public boolean strict() {
    return true;
  }

  @Override
  public void close() {
    // The stub serves the next run.
  }
}
