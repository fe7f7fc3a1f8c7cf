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
record ParameterRow(String name, String type, boolean required, String description) {}
