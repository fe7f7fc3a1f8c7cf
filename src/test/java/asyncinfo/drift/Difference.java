package asyncinfo.drift;

/**
 * One thing that a page or an SDK says otherwise than {@code schemas/}.
 *
 * @param grade how much it matters
 * @param about the clause's id, which for something new is the id that it would have; where there
 *     is no clause, the product and the place on its page
 * @param source who says so: the page, or a version of an SDK
 * @param found what it says
 * @param promised what {@code schemas/} say
 * @param file the file of {@code schemas/} that says it, or would
 */
record Difference(
    Severity grade, String about, String source, String found, String promised, String file) {

  /** What is said where nothing is. */
  static final String NOTHING = "nothing";

  /** Words in quotation marks. */
  static String quoted(String words) {
    return words.isEmpty() ? NOTHING : "\"" + words + "\"";
  }

  @Override
  public String toString() {
    return "%-8s  %s: %s says %s, schemas/ say %s; see %s"
        .formatted(grade, about, source, found, promised, file);
  }
}
