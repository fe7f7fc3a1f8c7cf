package asyncinfo.report;

import asyncinfo.contract.Clause;
import asyncinfo.contract.Specification;

/** Lists every clause with its sentence, in the order of the pages. */
public final class ClauseList {
  private ClauseList() {}

  /** Prints the list. */
  public static void main(String[] args) {
    String source = "";
    for (Clause clause : Specification.load().clauses()) {
      if (!clause.source().equals(source)) {
        source = clause.source();
        System.out.printf("%n%s%n", source);
      }
      System.out.printf("  %-58s %s%n", clause.id(), clause.promise());
    }
  }
}
