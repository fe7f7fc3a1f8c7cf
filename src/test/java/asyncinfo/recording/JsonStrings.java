package asyncinfo.recording;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The texts of a JSON document: its strings, and the names of its members. */
final class JsonStrings {
  private JsonStrings() {}

  /** What becomes of a text. */
  interface Change {
    /**
     * What stands in the place of a text.
     *
     * @param at the JSON pointer of the value; of the object, with a slash at its end, for a name
     */
    String to(String at, String text);
  }

  /** The document with its texts changed, in order; all else in it stays. */
  static JsonNode changed(JsonNode node, Change change) {
    return changed("", node, change);
  }

  private static JsonNode changed(String at, JsonNode node, Change change) {
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties()
          .forEach(
              member ->
                  object.set(
                      change.to(at + "/", member.getKey()),
                      changed(at + "/" + member.getKey(), member.getValue(), change)));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(each -> array.add(changed(at + "/" + array.size(), each, change)));
      return array;
    }
    return node.isString()
        ? JsonNodeFactory.instance.stringNode(change.to(at, node.asString()))
        : node;
  }
}
