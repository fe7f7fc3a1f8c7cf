package asyncinfo.selftest;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.ContractException;
import asyncinfo.contract.Json;
import asyncinfo.contract.Requirement;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads the faults and the compliant variations from YAML; reports each mistake with file and line.
 */
final class FaultFile {
  /** The faults. */
  static final Path FAULTS = Path.of("src", "test", "resources", "selftest", "faults.yaml");

  /** The compliant variations. */
  static final Path COMPLIANT = Path.of("src", "test", "resources", "selftest", "compliant.yaml");

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)\\}");
  private static final String API = "api";
  private static final String CODE = "code=";

  private final Specification specification;
  private final StubModel model;
  private final String file;
  private final List<String> problems = new ArrayList<>();

  private FaultFile(Specification specification, StubModel model, String file) {
    this.specification = specification;
    this.model = model;
    this.file = file;
  }

  /** An entry of the file. */
  private record Entry(
      String name,
      String group,
      String breaks,
      String differs,
      List<String> apis,
      FaultScope each,
      FaultTrigger when,
      List<Step> then,
      List<String> mustFail,
      List<String> touches,
      List<String> deviates,
      boolean expectsError,
      boolean allFormats,
      boolean slow) {}

  /**
   * Reads a file.
   *
   * @throws ContractException with every problem, one line each
   */
  static List<Fault> read(Path file, Specification specification, StubModel model) {
    try {
      return read(file.toString(), Files.readString(file), specification, model);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The same for the text of a file. */
  static List<Fault> read(String file, String text, Specification specification, StubModel model) {
    return new FaultFile(specification, model, file).read(text);
  }

  private List<Fault> read(String text) {
    JsonNode tree;
    try {
      // Reads typed entries first, because the mapper then knows the line of a mistake.
      Entry[] entries = YAML.readValue(text, Entry[].class);
      tree = YAML.readTree(text);
      List<Fault> faults = new ArrayList<>();
      for (int i = 0; i < entries.length; i++) {
        faults.addAll(faults(entries[i], tree.get(i)));
      }
      requireNames(faults);
      if (!problems.isEmpty()) {
        throw new ContractException(problems);
      }
      return faults;
    } catch (JacksonException e) {
      throw new ContractException(List.of(mistake(e, text)));
    }
  }

  private String mistake(JacksonException e, String text) {
    TokenStreamLocation at = e.getLocation();
    int line = at == null ? 1 : at.getLineNr();
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "%s:%d: unknown key \"%s\"; known are %s"
          .formatted(
              file,
              lineOf(unknown.getPropertyName(), text, line),
              unknown.getPropertyName(),
              unknown.getKnownPropertyIds().stream()
                  .map(Object::toString)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
    return file + ":" + line + ": " + e.getOriginalMessage().lines().findFirst().orElse("");
  }

  /** Returns the line of an unknown key: the mapper reports it only at the end of its object. */
  private static int lineOf(String key, String text, int last) {
    Pattern asKey = Pattern.compile("(?<![\\w-])" + Pattern.quote(key) + "\\s*:");
    List<String> lines = text.lines().toList();
    for (int i = Math.min(last, lines.size()); i > 0; i--) {
      if (asKey.matcher(lines.get(i - 1)).find()) {
        return i;
      }
    }
    return last;
  }

  private void requireNames(List<Fault> faults) {
    Set<String> names = new HashSet<>();
    faults.stream()
        .map(Fault::name)
        .filter(name -> !names.add(name))
        .forEach(name -> problems.add(file + ": two entries are named \"" + name + "\""));
  }

  // ---- one entry

  private List<Fault> faults(Entry entry, JsonNode tree) {
    int before = problems.size();
    requireWhole(entry);
    List<Api> apis = apis(entry);
    if (problems.size() > before) {
      return List.of();
    }
    if (entry.each == null) {
      return List.of(fault(tree, Map.of(), apis));
    }
    List<Fault> all = new ArrayList<>();
    for (Api api : apis) {
      entry
          .each
          .of(specification, api, model)
          .forEach(
              filled ->
                  all.add(fault(tree, filled, filled.containsKey(API) ? List.of(api) : apis)));
    }
    // An API may have none of the clauses that a fault of each API breaks, such as error codes.
    all.removeIf(fault -> entry.mustFail != null && fault.mustFail().isEmpty());
    if (all.isEmpty()) {
      problem(entry.name, "the contract has no " + entry.each);
    }
    return all;
  }

  private void requireWhole(Entry entry) {
    Map<String, Object> needed = new LinkedHashMap<>();
    needed.put("group", entry.group);
    needed.put("breaks or differs", entry.breaks == null ? entry.differs : entry.breaks);
    needed.put("then", entry.then);
    if (entry.breaks != null) {
      needed.put("mustFail or touches", entry.mustFail == null ? entry.touches : entry.mustFail);
    }
    if (entry.name == null) {
      problems.add(file + ": an entry has no name");
    }
    needed.forEach(
        (key, value) -> {
          if (value == null) {
            problem(entry.name, "has no " + key);
          }
        });
    if (entry.breaks == null && entry.mustFail != null) {
      problem(entry.name, "is compliant, so it must not have mustFail");
    }
    if (entry.breaks != null && entry.deviates != null) {
      problem(entry.name, "is a fault, so clauses that deviate belong under mustFail");
    }
    Optional.ofNullable(entry.then).orElse(List.of()).stream()
        .filter(step -> step.actionCount() != 1)
        .forEach(
            step ->
                problem(
                    entry.name, "a step has one action, one of these has " + step.actionCount()));
    if (entry.when != null) {
      entry.when.refusals().stream()
          .filter(name -> !model.hasRefusal(name))
          .forEach(name -> problem(entry.name, "stubs/gateway.json has no refusal " + name));
    }
  }

  private List<Api> apis(Entry entry) {
    if (entry.apis == null) {
      return specification.apis();
    }
    List<String> ids = specification.apis().stream().map(Api::id).toList();
    entry.apis.stream()
        .filter(id -> !ids.contains(id))
        .forEach(id -> problem(entry.name, "no API has the id " + id));
    return specification.apis().stream().filter(a -> entry.apis.contains(a.id())).toList();
  }

  private Fault fault(JsonNode tree, Map<String, String> placeholders, List<Api> apis) {
    JsonNode filled = filled(tree, text -> fill(text, placeholders));
    Entry entry = YAML.treeToValue(filled, Entry.class);
    requireFilled(entry.name, filled);
    entry = entry.when == null ? withWhen(entry, YAML.readValue("{}", FaultTrigger.class)) : entry;
    for (String clause : entry.when.fixtures()) {
      if (specification.clause(clause).filter(model::hasFixture).isEmpty()) {
        problem(entry.name, "stubs/fixtures has no fixture for " + clause);
      }
    }
    Predicate<Clause> included = included(specification, model, entry.slow);
    return new Fault(
        entry.name,
        entry.group,
        entry.breaks == null ? entry.differs : entry.breaks,
        entry.breaks == null,
        apis,
        entry.when,
        entry.then,
        clauses(entry.name, entry.mustFail, apis, included),
        clauses(entry.name, entry.touches, apis, included),
        clauses(entry.name, entry.deviates, apis, included),
        entry.expectsError,
        entry.allFormats,
        entry.slow);
  }

  private static Entry withWhen(Entry e, FaultTrigger when) {
    return new Entry(
        e.name,
        e.group,
        e.breaks,
        e.differs,
        e.apis,
        e.each,
        when,
        e.then,
        e.mustFail,
        e.touches,
        e.deviates,
        e.expectsError,
        e.allFormats,
        e.slow);
  }

  private static String fill(String text, Map<String, String> placeholders) {
    String filled = text;
    for (Map.Entry<String, String> each : placeholders.entrySet()) {
      filled = filled.replace("{" + each.getKey() + "}", each.getValue());
    }
    return filled;
  }

  private static JsonNode filled(JsonNode node, UnaryOperator<String> fill) {
    if (node.isString()) {
      return Json.mapper().getNodeFactory().stringNode(fill.apply(node.asString()));
    }
    if (node.isArray()) {
      ArrayNode copy = Json.mapper().createArrayNode();
      node.forEach(each -> copy.add(filled(each, fill)));
      return copy;
    }
    if (node.isObject()) {
      ObjectNode copy = Json.mapper().createObjectNode();
      node.properties().forEach(e -> copy.set(fill.apply(e.getKey()), filled(e.getValue(), fill)));
      return copy;
    }
    return node;
  }

  private void requireFilled(String name, JsonNode node) {
    Matcher left = PLACEHOLDER.matcher(node.toString());
    while (left.find()) {
      if (!List.of("fresh", API).contains(left.group(1))) {
        problem(name, "no value for {" + left.group(1) + "}");
      }
    }
  }

  // ---- clauses

  /**
   * Returns a filter for the clauses of a run: those that need long requests or bursts only if it
   * is slow.
   */
  static Predicate<Clause> included(Specification specification, StubModel model, boolean slow) {
    if (slow) {
      return clause -> true;
    }
    Predicate<Requirement> costly = Requirement::strains;
    return clause ->
        specification.requirements().stream()
                .filter(costly)
                .noneMatch(p -> p.clause().equals(clause))
            && (clause.kind() != ClauseKind.COMMON_ERROR
                || model.hasFixture(clause)
                || specification.requirementOf(clause.name()).filter(costly).isEmpty());
  }

  /**
   * Expands a list of clauses to ids: globs, names of a {@link ClauseKind} for all clauses of that
   * kind, {@code code=} for all that a code usually answers, each with a leading exclamation mark
   * to exclude them.
   */
  private Set<String> clauses(
      String name, List<String> listed, List<Api> apis, Predicate<Clause> included) {
    Set<String> ids = new TreeSet<>();
    for (String each : Optional.ofNullable(listed).orElse(List.of())) {
      for (String glob : each.split("\\s+", -1)) {
        boolean out = glob.startsWith("!");
        Set<String> found =
            apis.stream()
                .flatMap(api -> clauses(fill(glob.replace("!", ""), Map.of(API, api.id()))))
                .filter(included)
                .filter(c -> c.kind() != ClauseKind.LIMIT)
                .filter(c -> apis.stream().anyMatch(c::binds))
                .map(Clause::id)
                .collect(Collectors.toSet());
        if (found.isEmpty() && !glob.replace("!", "").isEmpty() && !isOfAnotherApi(glob, apis)) {
          problem(name, "no clause of its run matches " + glob);
        }
        if (out) {
          ids.removeAll(found);
        } else {
          ids.addAll(found);
        }
      }
    }
    return ids;
  }

  /** Returns whether a glob about one API matches clauses of another, so that it is no slip. */
  private boolean isOfAnotherApi(String glob, List<Api> apis) {
    return apis.size() == 1
        && specification.apis().stream()
            .map(
                api ->
                    glob.replace("!", "")
                        .replaceFirst("^" + apis.get(0).id() + "/", api.id() + "/"))
            .anyMatch(each -> clauses(each).findAny().isPresent());
  }

  private Stream<Clause> clauses(String glob) {
    if (glob.startsWith(CODE)) {
      String code = glob.substring(CODE.length());
      return specification.clauses().stream()
          .filter(
              c ->
                  c.name().equals(code)
                      || specification.requirements().stream()
                          .anyMatch(p -> p.clause().equals(c) && p.isUsually(code)));
    }
    Optional<ClauseKind> kind =
        Stream.of(ClauseKind.values()).filter(k -> k.name().equals(glob)).findFirst();
    Predicate<Clause> meant =
        kind.<Predicate<Clause>>map(k -> c -> c.kind() == k).orElse(new ClauseFilter(glob));
    return specification.clauses().stream().filter(meant);
  }

  private void problem(String name, String problem) {
    problems.add("%s: \"%s\": %s".formatted(file, name, problem));
  }
}
