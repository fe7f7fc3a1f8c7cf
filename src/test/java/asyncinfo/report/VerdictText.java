package asyncinfo.report;

import asyncinfo.verdict.Verdict;
import java.util.List;
import java.util.Set;

/** Names of verdicts in text for people. */
final class VerdictText {
  /** Verdicts from the one that needs attention first. */
  static final List<Verdict> BY_SEVERITY =
      List.of(
          Verdict.FAIL,
          Verdict.ERROR,
          Verdict.DEVIATES,
          Verdict.UNOBSERVED,
          Verdict.WAIVED,
          Verdict.NOT_TESTABLE,
          Verdict.PASS);

  /** Verdicts on an endpoint that does not do what a clause demands. */
  static final Set<Verdict> BREACHES = Set.of(Verdict.FAIL, Verdict.DEVIATES, Verdict.WAIVED);

  private VerdictText() {}

  /** Returns the name as tables show it, such as {@code NOT TESTABLE}. */
  static String label(Verdict verdict) {
    return verdict.name().replace('_', ' ');
  }

  /** Returns the rest of a sentence that begins with a number of clauses. */
  static String phrase(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "proved";
      case FAIL -> "broken";
      case DEVIATES -> "deviating from observed behavior";
      case ERROR -> "could not be judged";
      case UNOBSERVED -> "not observed";
      case WAIVED -> "broken and waived";
      case NOT_TESTABLE -> "not testable here";
    };
  }
}
