package asyncinfo.drift;

/**
 * A row of the input or output table of a page.
 *
 * @param name the parameter's name
 * @param type its type, in the page's words
 * @param required whether a request must have it; false in the output table, which has no such
 *     column
 * @param description the words of the last column
 */
record ParameterRow(String name, String type, boolean required, String description) {
  /** Ends the name of an array in an input table: its parts are {@code Name.0}, {@code Name.1}. */
  private static final String INDEX = ".N";

  /** Returns a row of an input table. */
  static ParameterRow input(
      String name, String type, boolean required, String description, PageTemplate format) {
    if (!name.endsWith(INDEX)) {
      return new ParameterRow(name, type, required, description);
    }
    return new ParameterRow(
        name.substring(0, name.length() - INDEX.length()),
        type.startsWith(format.arrayOf()) ? type : format.arrayOf() + type,
        required,
        description);
  }
}
