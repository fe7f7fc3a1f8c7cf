package asyncinfo.contract;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A row of an input or output table (sections 2 and 3 of a page).
 *
 * @param name the parameter's name
 * @param type the JSON type, in the page's spelling: {@code String}
 * @param required whether a request or response must have it
 * @param description the page's words
 * @param values the values that the row lists; empty where any value is valid
 * @param nullable whether the page says that it may be null
 * @param finalValues those of the listed values after which no other follows
 */
public record Field(
    String name,
    String type,
    boolean required,
    String description,
    List<DocumentedValue> values,
    boolean nullable,
    Set<String> finalValues) {

  /** Makes a row that lists no final value. */
  public Field(
      String name,
      String type,
      boolean required,
      String description,
      List<DocumentedValue> values,
      boolean nullable) {
    this(name, type, required, description, values, nullable, Set.of());
  }

  /** Makes a row that is never null and lists no final value. */
  public Field(
      String name,
      String type,
      boolean required,
      String description,
      List<DocumentedValue> values) {
    this(name, type, required, description, values, false);
  }

  /** Returns whether a value in a response is this listed value, the JSON type included. */
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
