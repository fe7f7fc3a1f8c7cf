package asyncinfo.suite;

import asyncinfo.verdict.Defect;
import java.util.Optional;

/**
 * The result of checking one response against one clause.
 *
 * @param clause the clause id
 * @param passed whether the response keeps the clause
 * @param expected what the clause requires; empty where it is kept
 * @param actual what the response has; empty where the clause is kept
 * @param place where the response breaks the clause: a JSON pointer, empty for a document that
 *     cannot be read at all, or the name of a part beside the document
 * @param kind the kind of the deviation, equal for equal causes; empty where the clause is kept
 */
record Observation(
    String clause, boolean passed, String expected, String actual, String place, String kind) {
  /** The whole document, which cannot be read. */
  static final String DOCUMENT = "";

  static Observation passed(String clause) {
    return new Observation(clause, true, "", "", "", "");
  }

  static Observation broken(
      String clause, String expected, String actual, String place, String kind) {
    return new Observation(clause, false, expected, actual, place, kind);
  }

  /** Returns the defect of the response; empty where the clause is kept. */
  Optional<Defect> defect() {
    return passed
        ? Optional.empty()
        : Optional.of(new Defect(clause, (place + " " + kind).strip()));
  }
}
