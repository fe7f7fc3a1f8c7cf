package asyncinfo.contract;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A row of an input or output table (sections 2 and 3 of a page).
 *
 * @param name the parameter's name
 * @param type the JSON type, in the page's spelling: {@code String}
 * @param required whether a request or reply must have it
 * @param description the page's words
 * @param values the values that the row lists; empty where any value will do
 * @param nullable whether the value may be null
 */
public record Field(
    String name,
    String type,
    boolean required,
    String description,
    List<DocumentedValue> values,
    boolean nullable) {

  /** A field that is never null. */
  public Field(
      String name,
      String type,
      boolean required,
      String description,
      List<DocumentedValue> values) {
    this(name, type, required, description, values, false);
  }

  /** Whether a value in a reply is this one of the listed values, the JSON type included. */
  public boolean is(String value, JsonNode found) {
    boolean ofTheType =
        switch (type) {
          case "Integer" -> found.isIntegralNumber();
          case "Float" -> found.isNumber();
          case "Boolean" -> found.isBoolean();
          default -> found.isString();
        };
    return ofTheType && found.asString().equals(value);
  }
}
