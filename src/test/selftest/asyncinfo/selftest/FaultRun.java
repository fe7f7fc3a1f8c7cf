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
 * The result of running the suites against a fault.
 *
 * @param fault the fault
 * @param red the clauses for which the build would be red, with their verdicts
 * @param message the first message about a clause that must fail
 * @param changed how many responses the fault changed
 */
record FaultRun(Fault fault, Map<String, Verdict> red, String message, int changed) {
  /** For faults that keep clients waiting. */
  private static final Timeouts SHORT =
      new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofMillis(900));

  private static final Set<Verdict> RED =
      Set.of(Verdict.FAIL, Verdict.DEVIATES, Verdict.ERROR, Verdict.UNOBSERVED);

  /** The outcome of a fault or of a compliant variation. */
  enum Outcome {
    /** All clauses that must fail did, and no other. */
    KILLED,
    /** A clause that must fail did not. */
    SURVIVED,
    /** A clause failed that the fault does not touch, or an error was reported as a failure. */
    COLLATERAL,
    /** A compliant variation passed. */
    PASSED,
    /** A compliant variation failed. */
    FLAGGED
  }

  /**
   * Runs the suites against a stub behind the fault.
   *
   * @param included the clauses of the run
   * @param reported whether to write the report, and check it
   */
  static FaultRun of(
      Fault fault,
      Predicate<Clause> included,
      boolean reported,
      Specification specification,
      StubModel model,
      Stub stub) {
    FaultInjector injector = new FaultInjector(fault, specification, model, stub.accounts());
    try (FaultyServer server = new FaultyServer(specification, stub.endpoint(), injector)) {
      FaultyEndpoint target =
          new FaultyEndpoint(
              specification,
              stub,
              server.endpoint(),
              fault.expectsError() ? SHORT : Timeouts.DEFAULT,
              included);
      String name = "fault-run-" + fault.name().replaceAll("[^A-Za-z0-9]+", "-");
      Path folder = Path.of("target", "selftest", "runs", name);
      List<ClauseResult> results =
          SuiteRun.clauseResults(
              name,
              new TestRun.RunConfiguration(
                  specification,
                  target,
                  folder.resolve("suites.jsonl"),
                  !fault.allFormats(),
                  InstantSource.system(),
                  Ticker.SYSTEM),
              SuiteRun.ALL_SUITES);
      if (reported) {
        ReportCheck.writeAndCheck(specification, target, folder);
      }
      List<ClauseResult> red =
          results.stream()
              .filter(r -> included.test(r.clause()) && RED.contains(r.verdict()))
              .toList();
      return new FaultRun(
          fault,
          red.stream()
              .collect(
                  Collectors.toMap(
                      r -> r.clause().id(), ClauseResult::verdict, (a, b) -> b, TreeMap::new)),
          message(red, fault),
          injector.changed());
    }
  }

  private static String message(List<ClauseResult> red, Fault fault) {
    return red.stream()
        .filter(r -> fault.mustFail().contains(r.clause().id()))
        .filter(r -> r.verdict() != Verdict.UNOBSERVED)
        .findFirst()
        .or(() -> red.stream().findFirst())
        .map(r -> r.clause().id() + ": " + r.reason().lines().findFirst().orElse(""))
        .orElse("");
  }

  /** Returns the outcome. */
  Outcome outcome() {
    if (fault.compliant()) {
      return flagged().isEmpty() && undetected().isEmpty() ? Outcome.PASSED : Outcome.FLAGGED;
    }
    boolean killed = !red.isEmpty() && red.keySet().containsAll(fault.mustFail());
    Verdict never = fault.expectsError() ? Verdict.FAIL : Verdict.ERROR;
    return !killed
        ? Outcome.SURVIVED
        : !stray().isEmpty()
                || red.containsValue(never)
                || (fault.expectsError() && red.containsValue(Verdict.DEVIATES))
            ? Outcome.COLLATERAL
            : Outcome.KILLED;
  }

  /**
   * Returns the clauses that a compliant variation fails; a value that is not observed is no
   * failure.
   */
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

  /** Returns the clauses that had to fail and did not. */
  Set<String> missed() {
    Set<String> missed = new TreeSet<>(fault.mustFail());
    missed.removeAll(red.keySet());
    return missed;
  }

  /** Returns the clauses that failed though the fault does not touch them. */
  Set<String> stray() {
    Set<String> stray = new TreeSet<>(red.keySet());
    stray.removeAll(fault.mustFail());
    stray.removeAll(fault.touches());
    return stray;
  }

  /** Returns the clauses that the suites report as broken. */
  Set<String> broken() {
    return red.entrySet().stream()
        .filter(e -> Set.of(Verdict.FAIL, Verdict.DEVIATES).contains(e.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
