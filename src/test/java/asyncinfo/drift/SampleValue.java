package asyncinfo.drift;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values that satisfy the schema of a row. */
final class SampleValue {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SampleValue() {}

  /** Returns a value of a row: the first listed one, or one of its type. */
  static JsonNode of(String name, JsonNode schema) {
    if (schema.has("const")) {
      return schema.path("const");
    }
    JsonNode first = schema.at("/oneOf/0/const");
    if (!first.isMissingNode()) {
      return first;
    }
    return switch (type(schema)) {
      case "integer" -> NODES.numberNode(schema.path("minimum").asLong(1));
      case "number" -> NODES.numberNode(schema.path("minimum").decimalValue(new BigDecimal("1.5")));
      case "boolean" -> NODES.booleanNode(true);
      case "array" -> NODES.arrayNode().add(of(name, schema.path("items")));
      case "object" -> object(schema);
      default -> NODES.stringNode(text(name, schema));
    };
  }

  private static ObjectNode object(JsonNode schema) {
    ObjectNode object = NODES.objectNode();
    schema
        .path("properties")
        .properties()
        .forEach(p -> object.set(p.getKey(), of(p.getKey(), p.getValue())));
    return object;
  }

  private static String text(String name, JsonNode schema) {
    if (schema.has("format")) {
      return name.startsWith("End") ? "2022-05-30 15:01:00" : "2022-05-30 15:00:00";
    }
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT) + "-1";
  }

  static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray() ? type.path(0).asString("") : type.asString("");
  }

  /**
   * Returns the parts of an example that its schema allows.
   *
   * @param path the place of the value, in words
   * @param findings takes a sentence for each part that is left out
   */
  static Optional<JsonNode> allowed(
      String path, JsonNode value, JsonNode schema, Consumer<String> findings) {
    if (schema.has("$ref")) {
      return Optional.of(value);
    }
    if (value.isNull() && schema.path("type").isArray()) {
      return Optional.of(value);
    }
    if (value.isObject() && type(schema).equals("object")) {
      return Optional.of(allowedMembers(path, value, schema, findings));
    }
    if (value.isArray() && type(schema).equals("array")) {
      ArrayNode items = NODES.arrayNode();
      value.forEach(
          item -> allowed(path, item, schema.path("items"), findings).ifPresent(items::add));
      return Optional.of(items);
    }
    if (!isOfType(value, type(schema)) || !isListed(value, schema)) {
      findings.accept(
          "%s %s, which the table does not allow".formatted(path, shortened(value.toString())));
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private static ObjectNode allowedMembers(
      String path, JsonNode value, JsonNode schema, Consumer<String> findings) {
    ObjectNode members = NODES.objectNode();
    for (Map.Entry<String, JsonNode> p : value.properties()) {
      String place = path.isEmpty() ? p.getKey() : path + "." + p.getKey();
      JsonNode row = schema.path("properties").path(p.getKey());
      if (!schema.has("properties")) {
        members.set(p.getKey(), p.getValue());
      } else if (row.isMissingNode()) {
        findings.accept("%s, which the table does not list".formatted(place));
      } else {
        allowed(place, p.getValue(), row, findings).ifPresent(v -> members.set(p.getKey(), v));
      }
    }
    return members;
  }

  private static boolean isOfType(JsonNode value, String type) {
    return switch (type) {
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "string" -> value.isString();
      default -> false;
    };
  }

  private static boolean isListed(JsonNode value, JsonNode schema) {
    List<JsonNode> constants = new ArrayList<>();
    schema.path("oneOf").forEach(choice -> constants.add(choice.path("const")));
    boolean time = !schema.has("format") || value.asString("").matches(".*\\d{2,4}.*\\d.*");
    return time
        && (constants.isEmpty() || constants.stream().anyMatch(each -> isSame(each, value)))
        && (!schema.has("const") || isSame(schema.path("const"), value))
        && (!schema.has("minimum") || value.asDouble() >= schema.path("minimum").asDouble())
        && (!schema.has("maximum") || value.asDouble() <= schema.path("maximum").asDouble());
  }

  /** Returns whether two values are equal, of whatever size the numbers are kept. */
  static boolean isSame(JsonNode one, JsonNode other) {
    return (one.isNumber() && other.isNumber())
        ? one.decimalValue().compareTo(other.decimalValue()) == 0
        : one.equals(other);
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
