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

/** All trials, under way from the start: some side by side, against one stub that stays warm. */
final class FaultCampaign implements AutoCloseable {
  private static final int SIDE_BY_SIDE = 2;

  /** Whether each fault is put to all clauses, which takes some minutes. */
  static final boolean WHOLE = Boolean.getBoolean("selftest.whole");

  /** Into how many parts the clauses that a fault does not touch are divided. */
  private static final int PARTS = 36;

  /** The same for a lawful variation, which is there for what it does not touch. */
  private static final int LAWFUL_PARTS = 8;

  private final Specification specification;
  private final Stub stub;
  private final ExecutorService workers = Executors.newFixedThreadPool(SIDE_BY_SIDE);
  private final Map<String, CompletableFuture<FaultRun>> trials = new LinkedHashMap<>();

  FaultCampaign(Specification specification, StubModel known, List<Fault> faults) {
    this.specification = specification;
    this.stub = Stub.start(Stub.Options.of(specification));
    for (Fault fault : faults) {
      Predicate<Clause> included = included(fault, trials.size(), known);
      trials.put(
          fault.name(),
          CompletableFuture.supplyAsync(
              () -> FaultRun.of(fault, included, specification, known, stub), workers));
    }
  }

  /**
   * The clauses that a fault is put to: those that it touches, and for strays a part of the others,
   * by turns; all others where it takes many calls to see.
   */
  private Predicate<Clause> included(Fault fault, int turn, StubModel known) {
    Predicate<Clause> possible =
        FaultFile.included(specification, known, fault.slow())
            .and(c -> c.kind() != ClauseKind.LIMIT);
    if (WHOLE || fault.when().rare()) {
      return possible;
    }
    List<Clause> all = specification.clauses();
    int parts = fault.compliant() ? LAWFUL_PARTS : PARTS;
    return possible.and(
        clause ->
            fault.mustFail().contains(clause.id())
                || fault.touches().contains(clause.id())
                || fault.deviates().contains(clause.id())
                || all.indexOf(clause) % parts == turn % parts);
  }

  /** What became of a fault, when it is known. */
  FaultRun trial(Fault fault) {
    return trials.get(fault.name()).join();
  }

  /** The table, when all is known. */
  KillTable table() {
    return new KillTable(
        specification, trials.values().stream().map(CompletableFuture::join).toList());
  }

  @Override
  public void close() {
    workers.shutdownNow();
    stub.close();
  }
}
