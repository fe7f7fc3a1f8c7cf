package asyncinfo.contract;

/**
 * One way in which a JSON document breaks a schema.
 *
 * @param pointer where, as a JSON pointer into the document; for a missing or unexpected member the
 *     pointer names that member
 * @param keyword the schema keyword that is broken
 * @param expected what the schema asks for
 * @param actual what the document has
 */
public record Violation(String pointer, String keyword, String expected, String actual) {

  @Override
  public String toString() {
    return pointer + ": expected " + expected + ", found " + actual;
  }
}
