package asyncinfo.verdict;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Specification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The verdict on one clause, with the evidence behind it.
 *
 * @param clause the clause
 * @param verdict the verdict
 * @param reason the reason of a verdict other than PASS; empty otherwise
 * @param evidence all evidence about the clause
 */
public record ClauseResult(Clause clause, Verdict verdict, String reason, List<Evidence> evidence) {
  /** Verdicts from the worst, which decides for all APIs that a clause binds. */
  private static final List<Verdict> LADDER =
      List.of(
          Verdict.FAIL,
          Verdict.ERROR,
          Verdict.DEVIATES,
          Verdict.UNOBSERVED,
          Verdict.WAIVED,
          Verdict.NOT_TESTABLE,
          Verdict.PASS);

  /** Returns the number of observations behind the verdict. */
  public int observations() {
    return evidence.stream().mapToInt(Evidence::count).sum();
  }

  /**
   * Evaluates every clause without waivers.
   *
   * @param tested the APIs that the run tested
   * @return one result for each clause that binds a tested API, in the order of the pages
   */
  public static List<ClauseResult> all(
      Specification specification, List<Api> tested, List<Evidence> evidence) {
    return all(specification, tested, evidence, clause -> Optional.empty());
  }

  /**
   * Evaluates every clause.
   *
   * @param tested the APIs that the run tested
   * @param waived returns the waiver in force for a clause, in words
   * @return one result for each clause that binds a tested API, in the order of the pages
   */
  public static List<ClauseResult> all(
      Specification specification,
      List<Api> tested,
      List<Evidence> evidence,
      Function<Clause, Optional<String>> waived) {
    Map<String, List<Evidence>> byClause =
        evidence.stream().collect(Collectors.groupingBy(Evidence::clause));
    Set<String> unknown =
        byClause.keySet().stream()
            .filter(id -> specification.clause(id).isEmpty())
            .collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(
          "evidence about clauses that the contract does not have: "
              + unknown
              + "; run the whole build again");
    }
    return specification.clauses().stream()
        .filter(clause -> tested.stream().anyMatch(clause::binds))
        .map(
            clause ->
                of(
                    clause,
                    tested,
                    byClause.getOrDefault(clause.id(), List.of()),
                    waived.apply(clause)))
        .toList();
  }

  private static ClauseResult of(
      Clause clause, List<Api> tested, List<Evidence> evidence, Optional<String> waiver) {
    List<ClauseResult> perApi = new ArrayList<>();
    for (Api api : tested) {
      if (clause.binds(api)) {
        perApi.add(
            ofOne(
                clause,
                api,
                evidence.stream().filter(e -> e.api().equals(api.id())).toList(),
                waiver));
      }
    }
    ClauseResult worst =
        perApi.stream().min(Comparator.comparingInt(j -> LADDER.indexOf(j.verdict))).orElseThrow();
    return new ClauseResult(clause, worst.verdict, worst.reason, evidence);
  }

  private static ClauseResult ofOne(
      Clause clause, Api api, List<Evidence> evidence, Optional<String> waiver) {
    // A violation that does not fail the build must not hide an error that does.
    List<Outcome> ladder =
        waiver.isPresent() || !clause.basis().isPromised()
            ? List.of(Outcome.ERROR, Outcome.FAILED, Outcome.PASSED, Outcome.NOT_TESTABLE)
            : List.of(Outcome.FAILED, Outcome.ERROR, Outcome.PASSED, Outcome.NOT_TESTABLE);
    for (Outcome outcome : ladder) {
      List<Evidence> found = evidence.stream().filter(e -> e.outcome() == outcome).toList();
      if (found.isEmpty()) {
        continue;
      }
      if (outcome == Outcome.FAILED && waiver.isPresent()) {
        String why = waiver.get() + "; " + reason(api, found);
        return new ClauseResult(clause, Verdict.WAIVED, why, evidence);
      }
      return new ClauseResult(clause, verdict(clause, outcome), reason(api, found), evidence);
    }
    return new ClauseResult(
        clause, Verdict.UNOBSERVED, api.id() + ": no check of this run bears on it", evidence);
  }

  private static Verdict verdict(Clause clause, Outcome outcome) {
    return switch (outcome) {
      case PASSED -> Verdict.PASS;
      case FAILED -> clause.basis().isPromised() ? Verdict.FAIL : Verdict.DEVIATES;
      case NOT_TESTABLE -> Verdict.NOT_TESTABLE;
      case ERROR -> Verdict.ERROR;
    };
  }

  private static String reason(Api api, List<Evidence> found) {
    Evidence first = found.get(0);
    if (first.finding() == null) {
      return "";
    }
    if (first.outcome() == Outcome.NOT_TESTABLE || first.outcome() == Outcome.ERROR) {
      return api.id() + ": " + first.finding().actual();
    }
    return "%s: expected %s, found %s"
        .formatted(api.id(), first.finding().expected(), first.finding().actual());
  }
}
