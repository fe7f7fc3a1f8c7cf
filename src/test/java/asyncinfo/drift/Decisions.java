package asyncinfo.drift;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The contradictions and the open questions of a page, each with the decision that was taken. */
final class Decisions {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ArrayNode contradictions = NODES.arrayNode();
  private final ArrayNode openQuestions = NODES.arrayNode();
  private final List<String> lines = new ArrayList<>();

  /** Records that the page contradicts itself in some sections. */
  void contradiction(String id, String sections, String finding, String decision) {
    ObjectNode entry = NODES.objectNode().put("id", id(id));
    ArrayNode numbers = entry.putArray("sections");
    sections.chars().forEach(each -> numbers.add(Character.toString(each)));
    entry.put("finding", finding).put("decision", decision);
    add(contradictions, entry, "contradiction", finding + " " + decision);
  }

  /** Records a question that the page leaves open. */
  void openQuestion(String id, String question, String handling) {
    ObjectNode entry =
        NODES.objectNode().put("id", id(id)).put("question", question).put("handling", handling);
    add(openQuestions, entry, "open question", question + " " + handling);
  }

  private void add(ArrayNode to, ObjectNode entry, String kind, String text) {
    String id = entry.path("id").asString();
    if (to.valueStream().noneMatch(each -> each.path("id").asString().equals(id))) {
      to.add(entry);
      lines.add("%s %s: %s".formatted(kind, id, text));
    }
  }

  private static String id(String words) {
    return words
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .replaceAll("[^A-Za-z0-9]+", "-")
        .toLowerCase(java.util.Locale.ROOT);
  }

  ArrayNode contradictions() {
    return contradictions;
  }

  ArrayNode openQuestions() {
    return openQuestions;
  }

  /** Returns a line for each decision, in the order in which they were taken. */
  List<String> lines() {
    return List.copyOf(lines);
  }
}
