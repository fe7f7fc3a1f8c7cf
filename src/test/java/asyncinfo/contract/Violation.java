package asyncinfo.contract;

/**
 * One way in which a JSON document breaks a schema.
 *
 * @param pointer the place, as a JSON pointer into the document; for a missing or unexpected member
 *     the pointer names that member
 * @param keyword the schema keyword that the document violates
 * @param expected every value that the schema allows, in words
 * @param actual the value in the document
 */
public record Violation(String pointer, String keyword, String expected, String actual) {

  @Override
  public String toString() {
    return pointer + ": expected " + expected + ", found " + actual;
  }
}
