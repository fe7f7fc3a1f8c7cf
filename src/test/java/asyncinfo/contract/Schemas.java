package asyncinfo.contract;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The files under {@code schemas/}, linted and compiled. JSON Schema 2020-12 ignores a keyword or a
 * format that it does not know; here each is an error that names file and line.
 */
final class Schemas {
  static final String BASE = "https://asyncinfo.example/schemas/";
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** Our annotation: the member's date and time is not before the one of the member it names. */
  static final String NOT_BEFORE = "x-not-before";

  /**
   * Our annotation of an error code: the gateway answers so, before the action sees the request.
   */
  static final String GATEWAY = "x-gateway";

  /**
   * Our annotation of an input parameter: it names what is asked about, and this value names
   * nothing.
   */
  static final String UNKNOWN = "x-unknown";

  private static final Set<String> ANNOTATIONS =
      Set.of(NOT_BEFORE, GATEWAY, UNKNOWN, Specification.PAGE_TYPE);
  private static final Set<String> FORMATS =
      Set.of(new ReadableDateTime().getName(), "date", "date-time", "uri");
  private static final Set<String> SUBSCHEMA =
      Set.of("additionalProperties", "items", "contains", "propertyNames", "not", "if", "then");
  private static final Set<String> SUBSCHEMA_LISTS =
      Set.of("oneOf", "anyOf", "allOf", "prefixItems");
  private static final Set<String> SUBSCHEMA_MAPS =
      Set.of("properties", "patternProperties", "$defs", "dependentSchemas");

  private final Map<String, String> texts;
  private final Map<String, JsonNode> trees = new LinkedHashMap<>();
  private final SchemaRegistry registry;

  private Schemas(Map<String, String> texts) {
    this.texts = texts;
    Dialect strict =
        Dialect.builder(Dialects.getDraft202012())
            .format(new ReadableDateTime())
            .keywords(ANNOTATIONS.stream().map(AnnotationKeyword::new).toList())
            .build();
    Map<String, String> byId = new LinkedHashMap<>();
    texts.forEach((file, text) -> byId.put(BASE + file, text));
    this.registry =
        SchemaRegistry.withDialect(
            strict,
            builder ->
                builder
                    .schemas(byId)
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .pathType(PathType.JSON_POINTER)
                            .locale(Locale.ENGLISH)
                            .build()));
  }

  /**
   * Reads and lints every file under a root.
   *
   * @throws ContractException with all problems found
   */
  static Schemas read(Path root) {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        texts.put(name, Files.readString(file, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the contract under " + root, e);
    }
    Schemas schemas = new Schemas(texts);
    List<String> problems = schemas.lint();
    if (!problems.isEmpty()) {
      throw new ContractException(problems);
    }
    return schemas;
  }

  Set<String> files() {
    return texts.keySet();
  }

  Map<String, String> texts() {
    return texts;
  }

  JsonNode tree(String file) {
    return trees.get(file);
  }

  /** Compares a document with a schema file; an empty list means that it conforms. */
  List<Violation> check(String file, JsonNode document) {
    Schema schema = registry.getSchema(SchemaLocation.of(BASE + file));
    List<Error> errors = schema.validate(document);
    List<Violation> violations = new ArrayList<>();
    Set<String> choicesReported = new LinkedHashSet<>();
    for (Error error : errors) {
      String path = error.getEvaluationPath().toString();
      int choice = Math.max(path.indexOf("/oneOf"), path.indexOf("/anyOf"));
      String pointer = error.getInstanceLocation().toString();
      if (choice < 0) {
        violations.add(violation(error, pointer, document));
      } else if (choicesReported.add(pointer)) {
        violations.add(
            new Violation(
                pointer,
                "enum",
                "one of " + String.join(", ", choices(file, pointer)),
                text(document.at(pointer))));
      }
    }
    if (violations.isEmpty()) {
      orderOfTimes(file, document, violations);
    } else {
      dropChoicesOfWrongType(violations);
    }
    return violations;
  }

  private static Violation violation(Error error, String pointer, JsonNode document) {
    String keyword = error.getKeyword();
    JsonNode asked = error.getSchemaNode();
    return switch (keyword) {
      case "required" ->
          new Violation(
              pointer + "/" + error.getProperty(), keyword, "to be present", "nothing there");
      case "additionalProperties", "unevaluatedProperties" ->
          new Violation(
              pointer + "/" + error.getProperty(),
              keyword,
              "no such member",
              text(document.at(pointer).path(error.getProperty())));
      case "type" ->
          new Violation(pointer, keyword, typeInWords(asked), text(document.at(pointer)));
      case "pattern" ->
          new Violation(
              pointer, keyword, "a text like " + asked.asString(), text(document.at(pointer)));
      case "const" -> new Violation(pointer, keyword, text(asked), text(document.at(pointer)));
      case "enum" ->
          new Violation(
              pointer,
              keyword,
              asked
                  .valueStream()
                  .map(JsonNode::asString)
                  .collect(Collectors.joining(", ", "one of ", "")),
              text(document.at(pointer)));
      case "format" ->
          new Violation(pointer, keyword, "a " + asked.asString(), text(document.at(pointer)));
      default -> new Violation(pointer, keyword, keyword + " " + asked, text(document.at(pointer)));
    };
  }

  private static String typeInWords(JsonNode type) {
    List<JsonNode> types = new ArrayList<>(List.of(type));
    if (type.isArray()) {
      types.clear();
      type.forEach(types::add);
    }
    return types.stream()
        .map(JsonNode::asString)
        .map(each -> ("aeiou".indexOf(each.charAt(0)) < 0 ? "a " : "an ") + each)
        .collect(Collectors.joining(" or "));
  }

  /** A value of the wrong type is one violation, not also one of every choice. */
  private static void dropChoicesOfWrongType(List<Violation> violations) {
    List<String> mistyped =
        violations.stream()
            .filter(v -> v.keyword().equals("type"))
            .map(Violation::pointer)
            .toList();
    violations.removeIf(v -> v.keyword().equals("enum") && mistyped.contains(v.pointer()));
  }

  private void orderOfTimes(String file, JsonNode document, List<Violation> violations) {
    JsonNode members = tree(file).path("properties").path("Response").path("properties");
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      String earlier = member.getValue().path(NOT_BEFORE).asString("");
      if (earlier.isEmpty()) {
        continue;
      }
      String end = document.at("/Response/" + member.getKey()).asString("");
      String start = document.at("/Response/" + earlier).asString("");
      if (!end.isEmpty() && !start.isEmpty()) {
        if (ReadableDateTime.isBefore(end, start)) {
          violations.add(
              new Violation(
                  "/Response/" + member.getKey(),
                  NOT_BEFORE,
                  "not before " + earlier + " \"" + start + "\"",
                  "\"" + end + "\""));
        }
      }
    }
  }

  /** The values that a schema allows at a place of the document, {@code $ref} followed. */
  private List<String> choices(String file, String pointer) {
    String inSchema = pointer.replace("/", "/properties/");
    JsonNode node = tree(file).at(inSchema);
    return choices(file, node);
  }

  private List<String> choices(String file, JsonNode node) {
    List<String> values = new ArrayList<>();
    node.path("oneOf").forEach(choice -> values.add(choice.path("const").asString("?")));
    for (JsonNode choice : node.path("anyOf")) {
      String ref = choice.path("$ref").asString("");
      if (ref.startsWith("#")) {
        values.addAll(choices(file, tree(file).at(ref.substring(1))));
      } else if (!ref.isEmpty()) {
        String other = Path.of(file).resolveSibling(ref).normalize().toString().replace('\\', '/');
        values.addAll(choices(other, tree(other)));
      }
    }
    return values.stream().distinct().toList();
  }

  static String text(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }

  // ---- lint

  private List<String> lint() {
    List<String> problems = new ArrayList<>();
    texts.forEach(
        (file, text) -> {
          try {
            trees.put(file, Json.readWithLines(text));
          } catch (JacksonException e) {
            problems.add("schemas/" + file + ": not JSON: " + Json.problem(e));
          }
        });
    if (!problems.isEmpty()) {
      return problems;
    }
    Schema metaschema = registry.getSchema(SchemaLocation.of(DIALECT));
    Set<String> known = new LinkedHashSet<>(Dialects.getDraft202012().getKeywords().keySet());
    known.addAll(Set.of("then", "else", "$schema", "$id", "$defs", "$comment"));
    known.addAll(ANNOTATIONS);
    trees.forEach(
        (file, tree) -> {
          if (file.endsWith(".schema.json")) {
            lintSchema(file, tree, metaschema, known, problems);
          } else if (file.endsWith(".json")) {
            lintData(file, problems);
          } else {
            problems.add("schemas/" + file + ": not a .json file; remove it");
          }
        });
    return problems;
  }

  private void lintSchema(
      String file, JsonNode tree, Schema metaschema, Set<String> known, List<String> problems) {
    if (!tree.path("$schema").asString("").equals(DIALECT)) {
      problems.add(at(file, tree) + "$schema must be " + DIALECT);
    }
    if (!tree.path("$id").asString("").equals(BASE + file)) {
      problems.add(at(file, tree) + "$id must be " + BASE + file);
    }
    for (Error error : metaschema.validate(texts.get(file), InputFormat.JSON)) {
      problems.add(
          at(file, tree.at(error.getInstanceLocation().toString()))
              + error.getInstanceLocation()
              + " "
              + error.getMessage());
    }
    lintKeywords(file, tree, known, problems);
    if (problems.isEmpty()) {
      try {
        registry.getSchema(SchemaLocation.of(BASE + file)).initializeValidators();
      } catch (SchemaException e) {
        problems.add(at(file, tree) + e.getMessage());
      }
    }
  }

  private static void lintKeywords(
      String file, JsonNode schema, Set<String> known, List<String> problems) {
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      String keyword = entry.getKey();
      JsonNode value = entry.getValue();
      if (!known.contains(keyword)) {
        problems.add(at(file, value) + "unknown keyword \"" + keyword + "\"; is it misspelt?");
      } else if (keyword.equals("format") && !FORMATS.contains(value.asString(""))) {
        problems.add(at(file, value) + "unknown format " + value + "; one of " + FORMATS);
      } else if (SUBSCHEMA.contains(keyword)) {
        lintKeywords(file, value, known, problems);
      } else if (SUBSCHEMA_LISTS.contains(keyword) || SUBSCHEMA_MAPS.contains(keyword)) {
        value.forEach(each -> lintKeywords(file, each, known, problems));
      }
    }
  }

  private void lintData(String file, List<String> problems) {
    String schema =
        "meta/" + file.substring(file.lastIndexOf('/') + 1).replace(".json", ".schema.json");
    if (!texts.containsKey(schema)) {
      problems.add("schemas/" + file + ": no schemas/" + schema + " says what it may contain");
      return;
    }
    for (Violation violation : check(schema, trees.get(file))) {
      problems.add(at(file, nearest(trees.get(file), violation.pointer())) + violation);
    }
  }

  /** The node at a pointer or, where there is none, the one that should have it. */
  private static JsonNode nearest(JsonNode tree, String pointer) {
    JsonNode place = tree.at(pointer);
    return place.isMissingNode()
        ? nearest(tree, pointer.substring(0, pointer.lastIndexOf('/')))
        : place;
  }

  private static String at(String file, JsonNode node) {
    return "schemas/" + file + ":" + Json.line(node) + ": ";
  }
}
