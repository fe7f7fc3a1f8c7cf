package asyncinfo.contract;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Arrays and objects as queries and forms carry them: {@code Ids.0=a}, {@code Filters.0.Name=b}
 * (API 3.0, signature method v1, notes on array parameters).
 */
public final class FlatParameters {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private FlatParameters() {}

  /** Returns the parts of a parameter by their names in a query; a scalar has one. */
  public static Map<String, JsonNode> flatten(String name, JsonNode value) {
    Map<String, JsonNode> parts = new LinkedHashMap<>();
    flatten(name, value, parts);
    return parts;
  }

  private static void flatten(String name, JsonNode value, Map<String, JsonNode> parts) {
    if (value.isObject()) {
      value.properties().forEach(p -> flatten(name + "." + p.getKey(), p.getValue(), parts));
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        flatten(name + "." + i, value.get(i), parts);
      }
    } else {
      parts.put(name, value);
    }
  }

  /**
   * Returns parameters as JSON.
   *
   * @param flat the texts by their names in a query; a name without a schema is kept as it is
   * @param properties the schemas of the parameters
   */
  public static ObjectNode nest(Map<String, String> flat, JsonNode properties) {
    ObjectNode nested = NODES.objectNode();
    flat.forEach(
        (name, text) -> {
          String[] path = name.split("\\.", -1);
          JsonNode schema = properties.path(path[0]);
          boolean container = path.length > 1 && List.of("array", "object").contains(type(schema));
          nested.set(
              container ? path[0] : name,
              container
                  ? with(nested.path(path[0]), path, 1, text, schema)
                  : typed(text, properties.path(name)));
        });
    return nested;
  }

  private static JsonNode with(
      JsonNode present, String[] path, int depth, String text, JsonNode schema) {
    if (depth == path.length) {
      return typed(text, schema);
    }
    String part = path[depth];
    if (type(schema).equals("array") && part.matches("\\d{1,4}")) {
      ArrayNode array = present.isArray() ? (ArrayNode) present : NODES.arrayNode();
      int index = Integer.parseInt(part);
      JsonNode item = with(array.path(index), path, depth + 1, text, schema.path("items"));
      if (index < array.size()) {
        array.set(index, item);
      } else {
        array.add(item);
      }
      return array;
    }
    ObjectNode object = present.isObject() ? (ObjectNode) present : NODES.objectNode();
    JsonNode row = schema.path("properties").path(part);
    object.set(part, with(object.path(part), path, depth + 1, text, row));
    return object;
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray() ? type.path(0).asString("") : type.asString("");
  }

  /** A text that is not of the type stays a string, and breaks the schema. */
  private static JsonNode typed(String text, JsonNode schema) {
    return switch (type(schema)) {
      case "integer" ->
          text.matches("-?\\d{1,18}")
              ? NODES.numberNode(Long.parseLong(text))
              : NODES.stringNode(text);
      case "number" ->
          text.matches("-?\\d{1,18}(\\.\\d{1,18})?")
              ? NODES.numberNode(new BigDecimal(text))
              : NODES.stringNode(text);
      case "boolean" ->
          text.matches("true|false")
              ? NODES.booleanNode(Boolean.parseBoolean(text))
              : NODES.stringNode(text);
      case "array", "object" -> json(text);
      default -> NODES.stringNode(text);
    };
  }

  /** Examples with a JSON body give arrays and objects as JSON. */
  private static JsonNode json(String text) {
    try {
      return Json.read(text);
    } catch (JacksonException e) {
      return NODES.stringNode(text);
    }
  }
}
