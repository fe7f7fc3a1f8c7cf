package asyncinfo.report;

import asyncinfo.contract.Clause;
import asyncinfo.verdict.ClauseResult;
import asyncinfo.verdict.Defect;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Outcome;
import asyncinfo.verdict.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One cause for which clauses are not proved, with every clause that it affects.
 *
 * <p>A clause is affected by the defect of a rule for every reply, such as a status value that is
 * not listed, if each of its failures is a reply with this very defect at the place that the clause
 * is about. A clause that also fails otherwise is a problem of its own, and so is each kind of
 * defect of one clause. Clauses in error or unobserved are one problem where they have the same
 * reason.
 *
 * @param clause id of the clause whose rule is broken, or of the first affected one
 * @param red whether it turns the build red
 * @param affects ids of the other clauses that it affects, in the order of the pages
 * @param products the APIs with this problem
 * @param expected every acceptable outcome; empty where nothing was checked
 * @param actual the first outcomes, each once
 * @param reason the problem in one sentence
 */
record Problem(
    Verdict verdict,
    String clause,
    boolean red,
    List<String> affects,
    List<String> products,
    String promise,
    String basis,
    String source,
    String expected,
    List<String> actual,
    String reason,
    String requestId,
    String reproduce,
    String curl) {
  private static final int VALUES = 6;

  /** Returns the problems of a run, the most severe first. */
  static List<Problem> of(RunResult run) {
    List<ClauseResult> results =
        run.clauseResults().stream()
            .filter(r -> run.isBlocking(r) || r.evidence().stream().anyMatch(Problem::failed))
            .filter(r -> r.verdict() != Verdict.PASS)
            .toList();
    Map<Cause, List<ClauseResult>> byCause = new LinkedHashMap<>();
    for (ClauseResult result : results) {
      for (Cause cause : causes(result, results)) {
        byCause.computeIfAbsent(cause, c -> new ArrayList<>()).add(result);
      }
    }
    List<Problem> problems = new ArrayList<>();
    byCause.forEach((cause, affected) -> problems.add(of(run, cause, affected)));
    problems.sort(
        Comparator.comparing((Problem problem) -> !problem.red)
            .thenComparing(problem -> VerdictText.BY_SEVERITY.indexOf(problem.verdict)));
    return problems;
  }

  /**
   * Identity of a cause.
   *
   * @param clause id of the clause that it is charged to; empty for an error or an absence, which
   *     the reason identifies
   * @param detail the kind of a defect, or a reason
   */
  private record Cause(Verdict verdict, String clause, String detail) {}

  private static Set<Cause> causes(ClauseResult result, List<ClauseResult> results) {
    Verdict verdict = result.verdict();
    List<Evidence> failures = result.evidence().stream().filter(Problem::failed).toList();
    String id = result.clause().id();
    if (!VerdictText.BREACHES.contains(verdict)) {
      return Set.of(new Cause(verdict, "", result.reason()));
    }
    Set<Cause> own = new LinkedHashSet<>();
    Set<Cause> others = new LinkedHashSet<>();
    for (Evidence failure : failures) {
      Defect defect = failure.finding() == null ? null : failure.finding().defect();
      if (defect == null || !isShown(defect, verdict, results)) {
        own.add(new Cause(verdict, id, ""));
      } else {
        Cause cause = new Cause(verdict, defect.clause(), defect.kind());
        (defect.clause().equals(id) ? own : others).add(cause);
      }
    }
    return own.isEmpty() ? others : own;
  }

  /** A red clause must not disappear behind a cause that is waived, or the other way round. */
  private static boolean isShown(Defect defect, Verdict verdict, List<ClauseResult> results) {
    return results.stream()
        .anyMatch(rule -> rule.verdict() == verdict && rule.clause().id().equals(defect.clause()));
  }

  private static Problem of(RunResult run, Cause cause, List<ClauseResult> affected) {
    ClauseResult lead =
        affected.stream()
            .filter(result -> result.clause().id().equals(cause.clause))
            .findFirst()
            .orElse(affected.get(0));
    Clause clause = lead.clause();
    List<Evidence> evidence = evidence(lead, cause);
    Finding first = evidence.isEmpty() ? Finding.of("", "", "") : evidence.get(0).finding();
    List<String> products = evidence.stream().map(Evidence::api).distinct().toList();
    List<String> actual =
        evidence.stream().map(e -> e.finding().actual()).distinct().limit(VALUES).toList();
    // Different values show one defect; without a defect the first failure stands for all.
    String reason =
        cause.detail.isEmpty() || cause.clause.isEmpty()
            ? lead.reason()
            : "%s: expected %s, found %s"
                .formatted(
                    String.join(", ", products), first.expected(), String.join("; ", actual));
    return new Problem(
        cause.verdict,
        clause.id(),
        affected.stream().anyMatch(run::isBlocking),
        affected.stream()
            .map(result -> result.clause().id())
            .filter(id -> !id.equals(clause.id()))
            .toList(),
        products,
        clause.promise(),
        clause.basis().text(),
        clause.source(),
        first.expected(),
        actual,
        reason,
        first.requestId(),
        first.reproduce(),
        first.curl());
  }

  /** Returns the evidence of a clause that shows a cause. */
  private static List<Evidence> evidence(ClauseResult lead, Cause cause) {
    Outcome outcome = cause.verdict == Verdict.ERROR ? Outcome.ERROR : Outcome.FAILED;
    return lead.evidence().stream()
        .filter(e -> e.outcome() == outcome && e.finding() != null)
        .filter(e -> cause.detail.equals(kind(e)) || cause.clause.isEmpty())
        .toList();
  }

  private static String kind(Evidence evidence) {
    Defect defect = evidence.finding().defect();
    return defect == null ? "" : defect.kind();
  }

  /** Reports whether the endpoint is at fault, and the other clauses fail as a consequence. */
  public boolean endpointAtFault() {
    return VerdictText.BREACHES.contains(verdict);
  }

  private static boolean failed(Evidence evidence) {
    return evidence.outcome() == Outcome.FAILED;
  }
}
