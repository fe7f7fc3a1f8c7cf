package asyncinfo.selftest;

import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Specification;
import asyncinfo.stub.Stub;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Runs the suites against each fault, two runs at a time, with one stub for all. */
final class FaultCampaign implements AutoCloseable {
  private static final int PARALLEL_RUNS = 2;

  /** Checks each fault against all clauses if set, which takes some minutes. */
  static final boolean WHOLE = Boolean.getBoolean("selftest.whole");

  /** The number of parts into which the clauses that a fault does not touch are divided. */
  private static final int PARTS = 36;

  /** The same for a compliant variation, whose purpose is the clauses that it does not touch. */
  private static final int COMPLIANT_PARTS = 8;

  /** One of so many runs writes its report. */
  private static final int REPORTED = 4;

  private final Specification specification;
  private final Stub stub;
  private final ExecutorService workers = Executors.newFixedThreadPool(PARALLEL_RUNS);
  private final Map<String, CompletableFuture<FaultRun>> runs = new LinkedHashMap<>();

  FaultCampaign(Specification specification, StubModel model, List<Fault> faults) {
    this.specification = specification;
    this.stub = Stub.start(Stub.Options.of(specification));
    for (Fault fault : faults) {
      Predicate<Clause> included = included(fault, runs.size(), model);
      boolean reported = runs.size() % REPORTED == 0;
      runs.put(
          fault.name(),
          CompletableFuture.supplyAsync(
              () -> FaultRun.of(fault, included, reported, specification, model, stub), workers));
    }
  }

  /**
   * Returns the clauses to check with a fault: those that it touches, and a part of the others
   * (round-robin) for collateral failures; all if the fault occurs rarely.
   */
  private Predicate<Clause> included(Fault fault, int turn, StubModel model) {
    Predicate<Clause> possible =
        FaultFile.included(specification, model, fault.slow())
            .and(c -> c.kind() != ClauseKind.LIMIT);
    if (WHOLE || fault.when().rare()) {
      return possible;
    }
    List<Clause> all = specification.clauses();
    int parts = fault.compliant() ? COMPLIANT_PARTS : PARTS;
    return possible.and(
        clause ->
            fault.mustFail().contains(clause.id())
                || fault.touches().contains(clause.id())
                || fault.deviates().contains(clause.id())
                || all.indexOf(clause) % parts == turn % parts);
  }

  /** Returns the run of a fault when it is complete. */
  FaultRun run(Fault fault) {
    return runs.get(fault.name()).join();
  }

  /** Returns the table when all runs are complete. */
  KillTable table() {
    return new KillTable(
        specification, runs.values().stream().map(CompletableFuture::join).toList());
  }

  @Override
  public void close() {
    workers.shutdownNow();
    stub.close();
  }
}
