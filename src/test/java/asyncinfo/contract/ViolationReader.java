package asyncinfo.contract;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Turns the errors of the schema library into violations: one for each place of the document, with
 * every acceptable value.
 *
 * @param file the schema file
 * @param document the validated document
 */
record ViolationReader(Schemas schemas, String file, JsonNode document) {

  List<Violation> read(List<Error> errors) {
    List<Violation> violations = new ArrayList<>();
    Set<String> choicesReported = new LinkedHashSet<>();
    for (Error error : errors) {
      String path = error.getEvaluationPath().toString();
      String pointer = error.getInstanceLocation().toString();
      boolean isChoice = path.contains("/oneOf") || path.contains("/anyOf");
      if (!isChoice) {
        violations.add(violation(error, pointer));
      } else if (choicesReported.add(pointer)) {
        violations.add(
            new Violation(
                pointer,
                "enum",
                "one of " + String.join(", ", choices(pointer)),
                text(document.at(pointer))));
      }
    }
    dropChoicesOfWrongType(violations);
    return violations;
  }

  private Violation violation(Error error, String pointer) {
    String keyword = error.getKeyword();
    JsonNode required = error.getSchemaNode();
    JsonNode actual = document.at(pointer);
    return switch (keyword) {
      case "required" ->
          new Violation(
              pointer + "/" + error.getProperty(), keyword, "to be present", "nothing there");
      case "additionalProperties", "unevaluatedProperties" ->
          new Violation(
              pointer + "/" + error.getProperty(),
              keyword,
              "no such member",
              text(actual.path(error.getProperty())));
      case "type" -> new Violation(pointer, keyword, typeInWords(required), text(actual));
      case "pattern" ->
          new Violation(pointer, keyword, "a text like " + required.asString(), text(actual));
      case "const" -> new Violation(pointer, keyword, text(required), text(actual));
      case "enum" ->
          new Violation(
              pointer, keyword, "one of " + String.join(", ", Json.texts(required)), text(actual));
      case "format" ->
          new Violation(pointer, keyword, ReadableDateTime.words(required), text(actual));
      default -> new Violation(pointer, keyword, keyword + " " + required, text(actual));
    };
  }

  private static String typeInWords(JsonNode type) {
    List<String> types = type.isArray() ? Json.texts(type) : List.of(type.asString());
    return types.stream()
        .map(each -> each.equals("null") ? each : article(each) + each)
        .collect(Collectors.joining(" or "));
  }

  private static String article(String noun) {
    return "aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ";
  }

  /** Keeps one violation for a value of the wrong type, which also differs from every choice. */
  private static void dropChoicesOfWrongType(List<Violation> violations) {
    Set<String> wrongType =
        violations.stream()
            .filter(v -> v.keyword().equals("type"))
            .map(Violation::pointer)
            .collect(Collectors.toSet());
    violations.removeIf(v -> v.keyword().equals("enum") && wrongType.contains(v.pointer()));
  }

  /** Returns the values that the schema allows at a place of the document. */
  private List<String> choices(String pointer) {
    return choices(file, schemas.tree(file).at(pointer.replace("/", "/properties/")));
  }

  private List<String> choices(String in, JsonNode node) {
    List<String> values = new ArrayList<>();
    for (JsonNode choice : node.path("oneOf")) {
      values.add(choice.has("const") ? choice.path("const").asString() : "null");
    }
    for (JsonNode choice : node.path("anyOf")) {
      String ref = choice.path("$ref").asString("");
      if (ref.startsWith("#")) {
        values.addAll(choices(in, schemas.tree(in).at(ref.substring(1))));
      } else if (!ref.isEmpty()) {
        String other = Schemas.resolve(in, ref);
        values.addAll(choices(other, schemas.tree(other)));
      }
    }
    return values.stream().distinct().toList();
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }
}
