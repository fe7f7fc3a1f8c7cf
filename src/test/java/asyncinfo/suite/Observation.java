package asyncinfo.suite;

/**
 * The result of checking one response against one clause.
 *
 * @param clause the clause id
 * @param passed whether the response keeps the clause
 * @param expected what the clause requires; empty where it is kept
 * @param actual what the response has; empty where the clause is kept
 */
record Observation(String clause, boolean passed, String expected, String actual) {

  static Observation passed(String clause) {
    return new Observation(clause, true, "", "");
  }

  static Observation broken(String clause, String expected, String actual) {
    return new Observation(clause, false, expected, actual);
  }
}
