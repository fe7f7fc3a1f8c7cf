package asyncinfo.report;

import asyncinfo.contract.Clause;
import asyncinfo.contract.Specification;
import java.io.PrintStream;

/** Lists every clause with its sentence, in the order of the pages. */
public final class ClauseList {
  private ClauseList() {}

  /** Prints the list to a stream. */
  public static void print(PrintStream out) {
    String source = "";
    for (Clause clause : Specification.load().clauses()) {
      if (!clause.source().equals(source)) {
        source = clause.source();
        out.printf("%n%s%n", source);
      }
      out.printf("  %-58s %s%n", clause.id(), clause.promise());
    }
  }
}
