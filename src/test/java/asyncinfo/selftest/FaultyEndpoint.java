package asyncinfo.selftest;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.contract.Clause;
import asyncinfo.stub.Stub;
import asyncinfo.endpoint.LimitTestOptions;
import asyncinfo.endpoint.Fixtures;
import asyncinfo.config.Settings;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.endpoint.Waivers;
import asyncinfo.client.Credentials;
import asyncinfo.client.Timeouts;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A stub that keeps running, behind an endpoint that changes what it says.
 *
 * @param stub the stub
 * @param endpoint the endpoint before it
 * @param wanted the clauses that the run is about
 */
record FaultyEndpoint(
    Specification catalogue,
    Stub stub,
    URI endpoint,
    Fixtures provocations,
    Timeouts timeouts,
    Predicate<Clause> wanted)
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
    return catalogue.apis();
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
    return stub.accounts().issue();
  }

  @Override
  public boolean sharesItsAccount() {
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
  public String announcement() {
    return "";
  }

  @Override
  public LimitTestOptions limitProbes() {
    return LimitTestOptions.LEAN;
  }

  @Override
  public Optional<String> loadForbidden(Api api) {
    return Optional.empty();
  }

  @Override
  public boolean wants(Clause clause) {
    return wanted.test(clause);
  }

  @Override
  public boolean promisesEveryClause() {
    return true;
  }

  @Override
  public void close() {
    // The stub serves the next run.
  }
}
