package asyncinfo.selftest;

import asyncinfo.client.Timeouts;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.StubEndpoint;
import asyncinfo.stub.Stub;
import java.net.URI;
import java.util.function.Predicate;

/** A running stub behind an endpoint that changes its responses. */
final class FaultyEndpoint extends StubEndpoint {
  private final URI endpoint;
  private final Timeouts timeouts;
  private final Predicate<Clause> included;

  /**
   * @param stub the stub, which serves the next run too
   * @param endpoint the endpoint before it
   * @param included the clauses of the run
   */
  FaultyEndpoint(
      Specification specification,
      Stub stub,
      URI endpoint,
      Timeouts timeouts,
      Predicate<Clause> included) {
    super(specification, stub, ClauseFilter.ALL);
    this.endpoint = endpoint;
    this.timeouts = timeouts;
    this.included = included;
  }

  @Override
  public URI endpoint(Api api) {
    return endpoint;
  }

  @Override
  public Timeouts timeouts() {
    return timeouts;
  }

  @Override
  public boolean includes(Clause clause) {
    return included.test(clause);
  }

  @Override
  public synchronized void close() {
    // The stub serves the next run.
  }
}
