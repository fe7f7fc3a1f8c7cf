package asyncinfo.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/** Writes JSON as the files under {@code schemas/} and {@code stubs/} are written. */
final class JsonText {
  private static final int WIDTH = 100;

  /** The keywords whose schemas stand on one line each. */
  private static final Set<String> CHOICES = Set.of("oneOf", "anyOf");

  private final boolean schema;

  private JsonText(boolean schema) {
    this.schema = schema;
  }

  /** Writes a file of {@code schemas/}: lists of words and choices are short. */
  static String schema(JsonNode node) {
    return new JsonText(true).text("", "", node) + "\n";
  }

  /** Writes a mapping: each member and item has its line. */
  static String mapping(JsonNode node) {
    return new JsonText(false).text("", "", node) + "\n";
  }

  /** Writes fixtures: a line for each clause. */
  static String fixtures(JsonNode node) {
    List<String> lines = new ArrayList<>();
    node.properties()
        .forEach(p -> lines.add("  " + quoted(p.getKey()) + ": " + inline(p.getValue())));
    return "{\n" + String.join(",\n", lines) + "\n}\n";
  }

  private String text(String key, String indent, JsonNode node) {
    if (node.isObject() && !node.isEmpty()) {
      List<String> members = new ArrayList<>();
      for (Map.Entry<String, JsonNode> p : node.properties()) {
        String value = text(p.getKey(), indent + "  ", p.getValue());
        members.add(indent + "  " + quoted(p.getKey()) + ": " + value);
      }
      return "{\n" + String.join(",\n", members) + "\n" + indent + "}";
    }
    if (node.isArray() && !node.isEmpty()) {
      boolean choices = schema && CHOICES.contains(key);
      boolean words = schema && node.valueStream().noneMatch(JsonNode::isContainer);
      String line = inline(node);
      int length = indent.length() + quoted(key).length() + 2 + line.length();
      if ((choices || words) && length < WIDTH) {
        return line;
      }
      BiFunction<String, JsonNode, String> item =
          (deeper, each) -> choices ? inline(each) : text("", deeper, each);
      return items(indent, node, item);
    }
    return node.toString();
  }

  private static String items(
      String indent, JsonNode array, BiFunction<String, JsonNode, String> item) {
    List<String> items = new ArrayList<>();
    array.forEach(each -> items.add(indent + "  " + item.apply(indent + "  ", each)));
    return "[\n" + String.join(",\n", items) + "\n" + indent + "]";
  }

  private static String inline(JsonNode node) {
    List<String> parts = new ArrayList<>();
    if (node.isObject()) {
      node.properties().forEach(p -> parts.add(quoted(p.getKey()) + ": " + inline(p.getValue())));
      return parts.isEmpty() ? "{}" : "{ " + String.join(", ", parts) + " }";
    }
    if (node.isArray()) {
      node.forEach(each -> parts.add(inline(each)));
      return "[" + String.join(", ", parts) + "]";
    }
    return node.toString();
  }

  private static String quoted(String text) {
    return tools.jackson.databind.node.StringNode.valueOf(text).toString();
  }
}
