package asyncinfo.contract;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.dialect.Dialects;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Checks the files under {@code schemas/}. JSON Schema 2020-12 ignores an unknown keyword or
 * format; here each is a problem with file and line.
 */
final class SchemaLint {
  private static final Set<String> FORMATS =
      Set.of(ReadableDateTime.NAME, "date", "date-time", "uri");
  private static final Set<String> SUBSCHEMA =
      Set.of(
          "additionalProperties",
          "items",
          "contains",
          "propertyNames",
          "not",
          "if",
          "then",
          "else");
  private static final Set<String> SUBSCHEMA_LISTS =
      Set.of("oneOf", "anyOf", "allOf", "prefixItems");
  private static final Set<String> SUBSCHEMA_MAPS =
      Set.of("properties", "patternProperties", "$defs", "dependentSchemas");

  private final Schemas schemas;
  private final List<String> problems;
  private final Schema metaschema;
  private final Set<String> keywords;

  /**
   * @param problems takes the problems, one line each
   */
  SchemaLint(Schemas schemas, List<String> problems) {
    this.schemas = schemas;
    this.problems = problems;
    this.metaschema = schemas.schema(Schemas.DIALECT);
    this.keywords = new LinkedHashSet<>(Dialects.getDraft202012().getKeywords().keySet());
    keywords.addAll(Set.of("then", "else", "$schema", "$id", "$defs", "$comment"));
    keywords.addAll(Schemas.ANNOTATIONS);
  }

  /** Checks every file. */
  void run() {
    for (String file : schemas.files()) {
      if (file.endsWith(".schema.json")) {
        lintSchema(file, schemas.tree(file));
      } else if (file.endsWith(".json")) {
        lintData(file);
      } else {
        problems.add("schemas/" + file + ": not a .json file; remove it");
      }
    }
  }

  private void lintSchema(String file, JsonNode tree) {
    if (!tree.path("$schema").asString("").equals(Schemas.DIALECT)) {
      problems.add(at(file, tree) + "$schema must be " + Schemas.DIALECT);
    }
    if (!tree.path("$id").asString("").equals(Schemas.BASE + file)) {
      problems.add(at(file, tree) + "$id must be " + Schemas.BASE + file);
    }
    for (Error error : metaschema.validate(schemas.texts().get(file), InputFormat.JSON)) {
      String place = error.getInstanceLocation().toString();
      problems.add(at(file, tree.at(place)) + place + " " + error.getMessage());
    }
    lintKeywords(file, tree);
    lintTimes(file, tree.at("/properties/Response/properties"));
    lintNullable(file, tree.at("/properties/Response/properties"));
    if (problems.isEmpty()) {
      schemas.compile(file).ifPresent(error -> problems.add(at(file, tree) + error));
    }
  }

  private void lintKeywords(String file, JsonNode schema) {
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      String keyword = entry.getKey();
      JsonNode value = entry.getValue();
      if (!keywords.contains(keyword)) {
        problems.add(at(file, value) + "unknown keyword \"" + keyword + "\"; is it misspelt?");
      } else if (keyword.equals("format") && !FORMATS.contains(value.asString(""))) {
        problems.add(at(file, value) + "unknown format " + value + "; one of " + FORMATS);
      } else if (SUBSCHEMA.contains(keyword)) {
        lintKeywords(file, value);
      } else if (SUBSCHEMA_LISTS.contains(keyword) || SUBSCHEMA_MAPS.contains(keyword)) {
        value.forEach(each -> lintKeywords(file, each));
      }
    }
  }

  /** An annotation of a time names another member: one with final values, or another time. */
  private void lintTimes(String file, JsonNode members) {
    for (JsonNode member : members) {
      JsonNode state = member.path(Schemas.UNSET_UNTIL_FINAL);
      boolean hasFinalValue =
          members
              .path(state.asString(""))
              .path("oneOf")
              .valueStream()
              .anyMatch(value -> value.path(Schemas.FINAL).asBoolean(false));
      if (!state.isMissingNode() && !hasFinalValue) {
        problems.add(
            "%s%s names %s, which is no member with a value that is marked %s"
                .formatted(at(file, state), Schemas.UNSET_UNTIL_FINAL, state, Schemas.FINAL));
      }
      JsonNode earlier = member.path(Schemas.NOT_BEFORE);
      if (!earlier.isMissingNode() && !members.has(earlier.asString(""))) {
        problems.add(
            "%s%s names %s, which is no member"
                .formatted(at(file, earlier), Schemas.NOT_BEFORE, earlier));
      }
    }
  }

  /** A list of values must have an entry for null if the type has one, or nothing matches null. */
  private void lintNullable(String file, JsonNode members) {
    for (JsonNode member : members) {
      JsonNode oneOf = member.path("oneOf");
      boolean nullable = Json.texts(member.path("type")).contains("null");
      boolean listsNull =
          oneOf.valueStream().anyMatch(each -> each.path("type").asString("").equals("null"));
      if (oneOf.isArray() && nullable != listsNull) {
        problems.add(
            at(file, oneOf)
                + "null must be in both type and oneOf, as {\"type\": \"null\"}, or in neither");
      }
    }
  }

  private void lintData(String file) {
    String schema =
        "meta/" + file.substring(file.lastIndexOf('/') + 1).replace(".json", ".schema.json");
    if (!schemas.files().contains(schema)) {
      problems.add("schemas/%s: has no meta-schema; add schemas/%s".formatted(file, schema));
      return;
    }
    for (Violation violation : schemas.check(schema, schemas.tree(file))) {
      problems.add(at(file, nearest(schemas.tree(file), violation.pointer())) + violation);
    }
  }

  /** Returns the node at a pointer or, if there is none, the one that should have it. */
  private static JsonNode nearest(JsonNode tree, String pointer) {
    return Optional.of(tree.at(pointer))
        .filter(node -> !node.isMissingNode())
        .orElseGet(() -> nearest(tree, pointer.substring(0, pointer.lastIndexOf('/'))));
  }

  private static String at(String file, JsonNode node) {
    return "schemas/" + file + ":" + Json.line(node) + ": ";
  }
}
