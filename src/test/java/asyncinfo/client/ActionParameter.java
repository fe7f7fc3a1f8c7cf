package asyncinfo.client;

import asyncinfo.contract.Api;
import asyncinfo.contract.Field;
import asyncinfo.contract.Json;
import java.math.BigDecimal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A parameter of the action, with its JSON type; queries and forms carry its text.
 *
 * @param name the name
 * @param value the value
 */
public record ActionParameter(String name, JsonNode value) {

  /**
   * Returns a parameter with the JSON type from the input table.
   *
   * @param text the value as a query carries it; text that does not have that type stays a string,
   *     which violates the request schema
   */
  public static ActionParameter of(Api api, String name, String text) {
    String type =
        api.inputs().stream()
            .filter(input -> input.name().equals(name))
            .map(Field::type)
            .findFirst()
            .orElse("String");
    return new ActionParameter(name, typed(type, text));
  }

  private static JsonNode typed(String type, String text) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (type.equals("Integer") && text.matches("-?\\d{1,18}")) {
      return nodes.numberNode(Long.parseLong(text));
    }
    if (type.equals("Float") && text.matches("-?\\d{1,18}(\\.\\d{1,18})?")) {
      return nodes.numberNode(new BigDecimal(text));
    }
    if (type.equals("Boolean") && text.matches("true|false")) {
      return nodes.booleanNode(Boolean.parseBoolean(text));
    }
    if (type.equals("Object") || type.startsWith("Array of ")) {
      return json(text);
    }
    return nodes.stringNode(text);
  }

  private static JsonNode json(String text) {
    try {
      return Json.read(text);
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.stringNode(text);
    }
  }
}
