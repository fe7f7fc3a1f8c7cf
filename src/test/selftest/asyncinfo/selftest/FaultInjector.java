package asyncinfo.selftest;

import asyncinfo.contract.Specification;
import asyncinfo.stub.CredentialStore;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Applies a fault to the exchanges of one run. */
final class FaultInjector implements Function<Exchange, FaultyResponse> {
  /** Arbitrary, and constant so that runs are reproducible. */
  private static final long SEED = 20;

  private final Fault fault;
  private final StubModel model;
  private final ExchangeHistory history;
  private final Random random = new Random(SEED);
  private int met;
  private int changed;

  /**
   * @param keys the keys that the stub knows
   */
  FaultInjector(Fault fault, Specification specification, StubModel model, CredentialStore keys) {
    this.fault = fault;
    this.model = model;
    this.history = new ExchangeHistory(specification.apis(), keys);
  }

  @Override
  public synchronized FaultyResponse apply(Exchange exchange) {
    FaultyResponse original = FaultyResponse.unchanged(exchange.original());
    FaultyResponse faulty = original;
    if (exchange.api().map(fault.apis()::contains).orElse(false) && applies(exchange)) {
      for (Step step : fault.then()) {
        faulty = step.apply(faulty, exchange, history);
      }
      if (differs(original, faulty)) {
        changed++;
      }
    }
    history.keep(exchange);
    return faulty;
  }

  private boolean applies(Exchange exchange) {
    FaultTrigger when = fault.when();
    if (!when.holds(exchange, model)) {
      return false;
    }
    met++;
    return (when.every() == null || met % when.every() == 0)
        && (when.probability() == null || random.nextDouble() < when.probability())
        && (when.attempt() == null || history.attempt(exchange) >= when.attempt());
  }

  private static boolean differs(FaultyResponse original, FaultyResponse faulty) {
    return !Arrays.equals(original.content().body(), faulty.content().body())
        || original.content().status() != faulty.content().status()
        || !List.copyOf(original.content().headers()).equals(faulty.content().headers())
        || original.delivery() != faulty.delivery()
        || original.delay() != faulty.delay();
  }

  /** Returns the number of responses that it changed. */
  synchronized int changed() {
    return changed;
  }
}
