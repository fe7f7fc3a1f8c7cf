package asyncinfo.selftest;

import asyncinfo.client.Timeouts;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.Ticker;
import asyncinfo.stub.Stub;
import asyncinfo.suite.TestRun;
import asyncinfo.verdict.ClauseResult;
import asyncinfo.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A fault planted, the real suites run, and what they said.
 *
 * @param fault the fault
 * @param red the clauses for which the build would be red, with their verdicts
 * @param message what the run says first of a clause that must fail
 * @param changed how many replies the fault changed
 */
record FaultRun(Fault fault, Map<String, Verdict> red, String message, int changed) {
  /** For faults that leave callers waiting. */
  private static final Timeouts SHORT =
      new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofMillis(900));

  private static final Set<Verdict> RED =
      Set.of(Verdict.FAIL, Verdict.DEVIATES, Verdict.ERROR, Verdict.UNOBSERVED);

  /** What became of a fault or of a lawful variation. */
  enum Outcome {
    /** All clauses failed that must, and no other. */
    KILLED,
    /** A clause that must fail did not. */
    SURVIVED,
    /** A clause failed that the fault does not touch, or trouble was told as a broken clause. */
    COLLATERAL,
    /** A lawful variation was blamed for nothing. */
    PASSED,
    /** A lawful variation was blamed. */
    FLAGGED
  }

  /**
   * Runs the suites against a stub behind the fault.
   *
   * @param included the clauses that the run is about
   */
  static FaultRun of(
      Fault fault,
      Predicate<Clause> included,
      Specification specification,
      StubModel known,
      Stub stub) {
    FaultInjector plant = new FaultInjector(fault, specification, known);
    try (FaultyServer server = new FaultyServer(specification, stub.endpoint(), plant)) {
      FaultyEndpoint target =
          new FaultyEndpoint(
              specification,
              stub,
              server.endpoint(),
              known.fixtures(),
              fault.trouble() ? SHORT : Timeouts.DEFAULT,
              included);
      String name = "trial-" + fault.name().replaceAll("[^A-Za-z0-9]+", "-");
      SuiteRun run =
          SuiteRun.against(
              name,
              new TestRun.RunConfiguration(
                  specification,
                  target,
                  Path.of("target", "selftest", "trials", name, "suites.jsonl"),
                  !fault.allShapes(),
                  InstantSource.system(),
                  Ticker.SYSTEM),
              SuiteRun.ALL_SUITES);
      return new FaultRun(
          fault, red(run, included), message(run, included, fault), plant.changed());
    }
  }

  private static Map<String, Verdict> red(SuiteRun run, Predicate<Clause> included) {
    Map<String, Verdict> red = new TreeMap<>();
    run.clauseResults().stream()
        .filter(j -> included.test(j.clause()) && RED.contains(j.verdict()))
        .forEach(j -> red.put(j.clause().id(), j.verdict()));
    return red;
  }

  private static String message(SuiteRun run, Predicate<Clause> included, Fault fault) {
    List<ClauseResult> said =
        run.clauseResults().stream()
            .filter(j -> included.test(j.clause()) && RED.contains(j.verdict()))
            .toList();
    return said.stream()
        .filter(j -> fault.mustFail().contains(j.clause().id()))
        .filter(j -> j.verdict() != Verdict.UNOBSERVED)
        .findFirst()
        .or(() -> said.stream().findFirst())
        .map(j -> j.clause().id() + ": " + j.reason().lines().findFirst().orElse(""))
        .orElse("");
  }

  /** What became of it. */
  Outcome outcome() {
    if (fault.compliant()) {
      return flagged().isEmpty() && undetected().isEmpty() ? Outcome.PASSED : Outcome.FLAGGED;
    }
    boolean killed = !red.isEmpty() && red.keySet().containsAll(fault.mustFail());
    Verdict never = fault.trouble() ? Verdict.FAIL : Verdict.ERROR;
    return !killed
        ? Outcome.SURVIVED
        : !stray().isEmpty()
                || red.containsValue(never)
                || (fault.trouble() && red.containsValue(Verdict.DEVIATES))
            ? Outcome.COLLATERAL
            : Outcome.KILLED;
  }

  /** The clauses for which a lawful variation is blamed; what it does not show is no blame. */
  Set<String> flagged() {
    Set<String> flagged = new TreeSet<>(red.keySet());
    flagged.removeIf(clause -> red.get(clause) == Verdict.UNOBSERVED);
    flagged.removeIf(
        clause -> red.get(clause) == Verdict.DEVIATES && fault.deviates().contains(clause));
    return flagged;
  }

  /** Returns the clauses that a compliant variation must show as DEVIATES and does not. */
  Set<String> undetected() {
    Set<String> undetected = new TreeSet<>(fault.deviates());
    undetected.removeIf(clause -> red.get(clause) == Verdict.DEVIATES);
    return undetected;
  }

  /** The clauses that had to fail and did not. */
  Set<String> missed() {
    Set<String> missed = new TreeSet<>(fault.mustFail());
    missed.removeAll(red.keySet());
    return missed;
  }

  /** The clauses that failed though the fault does not touch them. */
  Set<String> stray() {
    Set<String> stray = new TreeSet<>(red.keySet());
    stray.removeAll(fault.mustFail());
    stray.removeAll(fault.touches());
    return stray;
  }

  /** The clauses of which the suites said that the fault breaks them. */
  Set<String> broken() {
    return red.entrySet().stream()
        .filter(e -> Set.of(Verdict.FAIL, Verdict.DEVIATES).contains(e.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
