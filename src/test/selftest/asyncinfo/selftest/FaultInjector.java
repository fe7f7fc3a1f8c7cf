package asyncinfo.selftest;

import asyncinfo.contract.Specification;
import asyncinfo.stub.CredentialStore;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** A fault at work in one run. */
final class FaultInjector implements Function<Exchange, FaultyResponse> {
  /** Any will do, and always the same. */
  private static final long SEED = 20;

  private final Fault fault;
  private final StubModel known;
  private final ExchangeHistory memory;
  private final Random random = new Random(SEED);
  private int met;
  private int changed;

  /**
   * @param keys the keys that the stub knows
   */
  FaultInjector(Fault fault, Specification specification, StubModel known, CredentialStore keys) {
    this.fault = fault;
    this.known = known;
    this.memory = new ExchangeHistory(specification.apis(), keys);
  }

  @Override
  public synchronized FaultyResponse apply(Exchange it) {
    FaultyResponse original = FaultyResponse.unchanged(it.original());
    FaultyResponse said = original;
    if (it.api().map(fault.apis()::contains).orElse(false) && applies(it)) {
      for (Step step : fault.then()) {
        said = step.apply(said, it, memory);
      }
      if (differs(original, said)) {
        changed++;
      }
    }
    memory.keep(it);
    return said;
  }

  private boolean applies(Exchange it) {
    FaultTrigger when = fault.when();
    if (!when.holds(it, known)) {
      return false;
    }
    met++;
    return (when.every() == null || met % when.every() == 0)
        && (when.share() == null || random.nextDouble() < when.share())
        && (when.look() == null || memory.look(it) >= when.look());
  }

  private static boolean differs(FaultyResponse original, FaultyResponse said) {
    return !Arrays.equals(original.reply().body(), said.reply().body())
        || original.reply().status() != said.reply().status()
        || !List.copyOf(original.reply().headers()).equals(said.reply().headers())
        || original.delivery() != said.delivery()
        || original.delay() != said.delay();
  }

  /** How many replies it changed. */
  synchronized int changed() {
    return changed;
  }
}
