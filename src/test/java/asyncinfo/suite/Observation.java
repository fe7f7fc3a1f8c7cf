package asyncinfo.suite;

/**
 * What one reply says about one clause.
 *
 * @param clause the clause id
 * @param passed whether the reply keeps it
 * @param expected what the clause asks for; empty where it is kept
 * @param actual what the reply has; empty where the clause is kept
 */
record Observation(String clause, boolean passed, String expected, String actual) {

  static Observation passed(String clause) {
    return new Observation(clause, true, "", "");
  }

  static Observation broken(String clause, String expected, String actual) {
    return new Observation(clause, false, expected, actual);
  }
}
