package asyncinfo.recording;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Replaces the strings of a JSON document: string values and member names. */
final class JsonStrings {
  private JsonStrings() {}

  /** Maps a string to its replacement. */
  interface Change {
    /**
     * Returns the replacement of a string.
     *
     * @param at the JSON pointer of the value; of the object, with a slash at its end, for a name
     */
    String to(String at, String text);
  }

  /** Returns a copy of the document with its strings replaced, in document order. */
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
