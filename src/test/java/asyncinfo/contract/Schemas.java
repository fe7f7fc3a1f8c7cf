package asyncinfo.contract;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The files under {@code schemas/}: JSON Schema 2020-12 and data files, linted and compiled. */
final class Schemas {
  static final String BASE = "https://asyncinfo.example/schemas/";
  static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** Annotates a time: it is not before the time in the member that this names. */
  static final String NOT_BEFORE = "x-not-before";

  /**
   * Annotates a time: it may be unset until the member that this names has a final value, and does
   * not change from then on.
   */
  static final String UNSET_UNTIL_FINAL = "x-unset-until-final";

  /** Annotates a listed value: a task that has it keeps it. */
  static final String FINAL = "x-final";

  /** Annotates an error code: the gateway sends it, before the request reaches the action. */
  static final String GATEWAY = "x-gateway";

  /** Annotates an input parameter that identifies the subject: a value that identifies none. */
  static final String UNKNOWN = "x-unknown";

  /** The keywords that this contract adds to those of JSON Schema. */
  static final Set<String> ANNOTATIONS =
      Set.of(NOT_BEFORE, UNSET_UNTIL_FINAL, FINAL, GATEWAY, UNKNOWN, Specification.PAGE_TYPE);

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
   * Reads and lints every file under a root; README files are skipped.
   *
   * @throws ContractException with all problems found
   */
  static Schemas read(Path root) {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (!name.equals("README.md")) {
          texts.put(name, Files.readString(file, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the contract under " + root, e);
    }
    Schemas schemas = new Schemas(texts);
    List<String> problems = schemas.parse();
    if (problems.isEmpty()) {
      new SchemaLint(schemas, problems).run();
    }
    if (!problems.isEmpty()) {
      throw new ContractException(problems);
    }
    return schemas;
  }

  private List<String> parse() {
    List<String> problems = new ArrayList<>();
    texts.forEach(
        (file, text) -> {
          try {
            trees.put(file, Json.readWithLines(text));
          } catch (JacksonException e) {
            problems.add("schemas/" + file + ": not JSON: " + Json.problem(e));
          }
        });
    return problems;
  }

  /** Returns the names of all files, relative to {@code schemas/}. */
  Set<String> files() {
    return texts.keySet();
  }

  /** Returns the text of each file by its name. */
  Map<String, String> texts() {
    return texts;
  }

  /** Returns the document of a file; null if there is none. */
  JsonNode tree(String file) {
    return trees.get(file);
  }

  /** Returns the file that a relative {@code $ref} in another file means. */
  static String resolve(String file, String ref) {
    return Path.of(file).resolveSibling(ref).normalize().toString().replace('\\', '/');
  }

  /** Returns the compiled schema at a location. */
  Schema schema(String location) {
    return registry.getSchema(SchemaLocation.of(location));
  }

  /** Compiles a schema file; returns the error if that fails. */
  Optional<String> compile(String file) {
    try {
      schema(BASE + file).initializeValidators();
      return Optional.empty();
    } catch (SchemaException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Validates a document against a schema file; an empty list means that it conforms. */
  List<Violation> check(String file, JsonNode document) {
    List<Violation> violations =
        new ViolationReader(this, file, document).read(schema(BASE + file).validate(document));
    return times(file, document).apply(violations);
  }

  /** Returns the rules about the times of a response. */
  TimeRules times(String file, JsonNode response) {
    return new TimeRules(
        tree(file).at("/properties/Response/properties"), response.path("Response"));
  }
}
