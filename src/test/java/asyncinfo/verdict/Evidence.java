package asyncinfo.verdict;

/**
 * What one check found about one clause of one API.
 *
 * @param clause the clause id
 * @param product the API, by its product
 * @param check the check that found it, such as {@code OutputParametersIT [POST v3]}
 * @param outcome what it found
 * @param finding what was expected and seen; absent where the clause was kept
 * @param count how many observations this stands for
 */
public record Evidence(
    String clause, String product, String check, Outcome outcome, Finding finding, int count) {

  /** One observation that the clause was kept. */
  public static Evidence kept(String clause, String product, String check) {
    return new Evidence(clause, product, check, Outcome.KEPT, null, 1);
  }
}
