package asyncinfo.drift;

import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Specification;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the JSON Schema of a row, with those of the structures that its type names. */
final class RowSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String READABLE = "readable-date-time";

  /** The name of a member with the state of a task. */
  static final String STATE = ".*(?:Status|State)";

  private static final Pattern INTERVAL =
      Pattern.compile(
          "[\\[(]?\\s*(-?\\d+(?:\\.\\d+)?)\\s*(?:-|~|,|–|to)\\s*(-?\\d+(?:\\.\\d+)?)\\s*[\\])]?");

  private final PageTemplate format;
  private final Structures structures;
  private final Decisions decisions;
  private final List<String> open = new ArrayList<>();

  RowSchema(PageTemplate format, Structures structures, Decisions decisions) {
    this.format = format;
    this.structures = structures;
    this.decisions = decisions;
  }

  /**
   * Returns the schema of a row.
   *
   * @param closed whether undocumented members of structures are findings
   */
  ObjectNode of(ParameterRow row, boolean closed) {
    Description description = Description.of(row.description(), format);
    String text = PageLine.singleSpaced(NullNote.in(row.description(), format).rest()).strip();
    ObjectNode schema = typed(row.name(), row.type(), closed);
    if (description.nullable()) {
      String type = schema.path("type").asString();
      schema.putArray("type").add(type).add("null");
    }
    description.constant().ifPresent(constant -> put(schema, "const", constant));
    boolean array = row.type().startsWith(format.arrayOf()) && schema.has("items");
    ObjectNode items = array ? innermost(schema) : schema;
    List<JsonNode> values = values(row.name(), items, description);
    boolean listed = !values.isEmpty() && !array;
    ObjectNode described = described(schema, listed ? description.words() : text);
    addChoices(array ? items : described, values, description, row.name().matches(STATE));
    if (values.isEmpty()) {
      addRange(array ? items : described, description);
    }
    return described;
  }

  private static void put(ObjectNode schema, String name, String value) {
    schema.put(name, value);
  }

  private static ObjectNode innermost(ObjectNode schema) {
    ObjectNode items = schema;
    while (items.has("items")) {
      items = (ObjectNode) items.path("items");
    }
    return items;
  }

  /** Keeps the order of keywords: type, items and formats, then the description. */
  private static ObjectNode described(ObjectNode schema, String text) {
    ObjectNode ordered = NODES.objectNode();
    schema
        .properties()
        .forEach(
            p -> {
              if (!List.of("items", "required", "additionalProperties", "properties")
                  .contains(p.getKey())) {
                ordered.set(p.getKey(), p.getValue());
              }
            });
    if (!text.isEmpty()) {
      ordered.put("description", text);
    }
    schema.properties().forEach(p -> ordered.putIfAbsent(p.getKey(), p.getValue()));
    return ordered;
  }

  // ---- types

  private ObjectNode typed(String name, String type, boolean closed) {
    ObjectNode schema = NODES.objectNode();
    if (type.startsWith(format.arrayOf())) {
      schema.put("type", "array");
      addPageType(schema, type);
      schema.set("items", typed(name, type.substring(format.arrayOf().length()), closed));
      ((ObjectNode) schema.path("items")).remove(Specification.PAGE_TYPE);
      return schema;
    }
    if (!format.isCommon(type)) {
      return structure(name, type, closed);
    }
    schema.put("type", format.json(type));
    addPageType(schema, type);
    if (type.toLowerCase(Locale.ROOT).startsWith("uint")) {
      schema.put("minimum", 0);
    }
    boolean time = name.endsWith("Time") && format.json(type).equals("string");
    if (time || type.startsWith("Date") || type.startsWith("Timestamp")) {
      schema.put("format", READABLE);
    }
    return schema;
  }

  private void addPageType(ObjectNode schema, String type) {
    if (!format.plainType(type)) {
      schema.put(Specification.PAGE_TYPE, type);
    }
  }

  private ObjectNode structure(String name, String type, boolean closed) {
    ObjectNode schema = NODES.objectNode().put("type", "object").put(Specification.PAGE_TYPE, type);
    List<ParameterRow> rows = structures.rows().get(type);
    if (rows == null) {
      decisions.openQuestion(
          "structure-" + type,
          "Which members does the structure %s of %s have?".formatted(type, name),
          "Any object is accepted; its members are not judged.");
      return schema;
    }
    if (open.contains(type)) {
      return schema; // A structure within itself is checked down to its first occurrence.
    }
    open.add(type);
    ArrayNode required = NODES.arrayNode();
    rows.stream().filter(ParameterRow::required).forEach(row -> required.add(row.name()));
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.put("additionalProperties", !closed);
    if (!closed) {
      schema.remove("additionalProperties");
    }
    ObjectNode properties = schema.putObject("properties");
    rows.forEach(row -> properties.set(row.name(), of(row, closed)));
    open.remove(type);
    return schema;
  }

  // ---- values

  private List<JsonNode> values(String name, ObjectNode schema, Description description) {
    List<JsonNode> values =
        description.values().stream()
            .map(value -> constant(value.value(), type(schema)).orElse(null))
            .toList();
    if (values.contains(null)) {
      boolean range = description.values().stream().anyMatch(v -> interval(v).isPresent());
      if (!range) {
        decisions.contradiction(
            "values-of-" + name,
            "3",
            "%s is of the type %s and lists the values %s."
                .formatted(
                    name,
                    type(schema),
                    String.join(
                        ", ", description.values().stream().map(DocumentedValue::value).toList())),
            "The type wins: the values are not judged.");
      }
      return List.of();
    }
    return values;
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray() ? type.path(0).asString() : type.asString("");
  }

  /** Returns a value as one of a JSON type; empty where it is none. */
  static Optional<JsonNode> constant(String text, String type) {
    try {
      return switch (type) {
        case "integer" -> Optional.of(NODES.numberNode(Long.parseLong(text)));
        case "number" -> Optional.of(NODES.numberNode(new BigDecimal(text)));
        case "boolean" ->
            text.matches("(?i)true|false")
                ? Optional.of(NODES.booleanNode(Boolean.parseBoolean(text)))
                : Optional.empty();
        case "string" -> Optional.of(NODES.stringNode(text));
        default -> Optional.empty();
      };
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void addChoices(
      ObjectNode schema, List<JsonNode> values, Description description, boolean state) {
    if (values.isEmpty()) {
      return;
    }
    ArrayNode choices = schema.putArray("oneOf");
    for (int i = 0; i < values.size(); i++) {
      ObjectNode choice = choices.addObject();
      choice.set("const", values.get(i));
      String note = description.values().get(i).description();
      if (state && isFinal(values.get(i), note)) {
        choice.put("x-final", true);
      }
      if (!note.isEmpty()) {
        choice.put("description", note);
      }
    }
    if (schema.path("type").isArray()) {
      choices.addObject().put("type", "null");
    }
  }

  /** Returns whether a task keeps a state, by its value or the first words of its note. */
  private boolean isFinal(JsonNode value, String note) {
    String words = note.toLowerCase(Locale.ROOT);
    return format.finalWords().stream()
        .anyMatch(
            word ->
                value.asString().equalsIgnoreCase(word)
                    || words.matches(
                        "(?:(?:has|have|is|was|the|task|been) )*\\Q" + word + "\\E\\b.*"));
  }

  private static Optional<Matcher> interval(DocumentedValue value) {
    return Optional.of(INTERVAL.matcher(value.value())).filter(Matcher::matches);
  }

  private static void addRange(ObjectNode schema, Description description) {
    boolean number = List.of("integer", "number").contains(type(schema));
    description.values().stream()
        .filter(value -> number)
        .flatMap(value -> interval(value).stream())
        .findFirst()
        .ifPresent(
            range -> {
              schema.set("minimum", NODES.numberNode(new BigDecimal(range.group(1))));
              schema.set("maximum", NODES.numberNode(new BigDecimal(range.group(2))));
            });
  }
}
