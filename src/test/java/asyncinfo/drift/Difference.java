package asyncinfo.drift;

/**
 * A difference between a page or an SDK and {@code schemas/}.
 *
 * @param severity how much it matters
 * @param about the clause's id, which for something new is the id that it would have; where there
 *     is no clause, the product and the place on its page
 * @param source the page, or a version of an SDK
 * @param found the content of the source
 * @param promised the content of {@code schemas/}
 * @param file the file of {@code schemas/} that has it, or would
 */
record Difference(
    Severity severity, String about, String source, String found, String promised, String file) {

  /** Stands for a missing value. */
  static final String NOTHING = "nothing";

  /** Words in quotation marks. */
  static String quoted(String words) {
    return words.isEmpty() ? NOTHING : "\"" + words + "\"";
  }

  @Override
  public String toString() {
    return "%-8s  %s: %s: %s; schemas/: %s; see %s"
        .formatted(severity, about, source, found, promised, file);
  }
}
