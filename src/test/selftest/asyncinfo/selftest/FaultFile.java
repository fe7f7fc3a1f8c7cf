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

/** Reads the faults and the lawful variations, which are data; a slip is told with its place. */
final class FaultFile {
  /** The faults. */
  static final Path FAULTS = Path.of("src", "test", "resources", "selftest", "faults.yaml");

  /** The lawful variations. */
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
  private final StubModel known;
  private final String file;
  private final List<String> problems = new ArrayList<>();

  private FaultFile(Specification specification, StubModel known, String file) {
    this.specification = specification;
    this.known = known;
    this.file = file;
  }

  /** An entry as it stands in the file. */
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
      boolean trouble,
      boolean allShapes,
      boolean slow) {}

  /**
   * Reads a file.
   *
   * @throws ContractException with every problem, one line each
   */
  static List<Fault> read(Path file, Specification specification, StubModel known) {
    try {
      return read(file.toString(), Files.readString(file), specification, known);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The same for the text of a file. */
  static List<Fault> read(String file, String text, Specification specification, StubModel known) {
    return new FaultFile(specification, known, file).read(text);
  }

  private List<Fault> read(String text) {
    JsonNode tree;
    try {
      // Read as what it is first: the mapper then knows the line of a slip.
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
      throw new ContractException(List.of(slip(e, text)));
    }
  }

  private String slip(JacksonException e, String text) {
    TokenStreamLocation at = e.getLocation();
    int line = at == null ? 1 : at.getLineNr();
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "%s:%d: nobody knows \"%s\"; one of %s"
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

  /** The mapper finds a key that it does not know when it has read all others beside it. */
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
        .forEach(name -> problems.add(file + ": two are named \"" + name + "\""));
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
          .of(specification, api, known)
          .forEach(
              filled ->
                  all.add(fault(tree, filled, filled.containsKey(API) ? List.of(api) : apis)));
    }
    if (all.isEmpty()) {
      problem(entry.name, "the contract has nothing of the sort " + entry.each);
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
      problem(entry.name, "is compliant, so nothing may fail");
    }
    if (entry.breaks != null && entry.deviates != null) {
      problem(entry.name, "is a fault, so list under mustFail what deviates");
    }
    Optional.ofNullable(entry.then).orElse(List.of()).stream()
        .filter(step -> step.actionCount() != 1)
        .forEach(
            step ->
                problem(
                    entry.name, "a step does one thing, one of its does " + step.actionCount()));
    if (entry.when != null) {
      entry.when.refusals().stream()
          .filter(name -> !known.hasRefusal(name))
          .forEach(name -> problem(entry.name, "stubs/gateway.json has no refusal " + name));
    }
  }

  private List<Api> apis(Entry entry) {
    if (entry.apis == null) {
      return specification.apis();
    }
    List<String> products = specification.apis().stream().map(Api::product).toList();
    entry.apis.stream()
        .filter(product -> !products.contains(product))
        .forEach(product -> problem(entry.name, "no API is of the product " + product));
    return specification.apis().stream().filter(a -> entry.apis.contains(a.product())).toList();
  }

  private Fault fault(JsonNode tree, Map<String, String> placeholders, List<Api> apis) {
    JsonNode filled = filled(tree, text -> fill(text, placeholders));
    Entry entry = YAML.treeToValue(filled, Entry.class);
    requireFilled(entry.name, filled);
    entry = entry.when == null ? withWhen(entry, YAML.readValue("{}", FaultTrigger.class)) : entry;
    for (String clause : entry.when.asks()) {
      if (specification.clause(clause).filter(known::hasFixture).isEmpty()) {
        problem(entry.name, "stubs/fixtures has no request for " + clause);
      }
    }
    Predicate<Clause> included = included(specification, known, entry.slow);
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
        entry.trouble,
        entry.allShapes,
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
        e.trouble,
        e.allShapes,
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
        problem(name, "nothing fills in {" + left.group(1) + "}");
      }
    }
  }

  // ---- clauses

  /** The clauses that a run is about: those that need long requests or bursts only where asked. */
  static Predicate<Clause> included(Specification specification, StubModel known, boolean slow) {
    if (slow) {
      return clause -> true;
    }
    Predicate<Requirement> costly = p -> List.of("oversize", "burst").contains(p.alteration());
    return clause ->
        specification.requirements().stream()
                .filter(costly)
                .noneMatch(p -> p.clause().equals(clause))
            && (clause.kind() != ClauseKind.COMMON_ERROR
                || known.hasFixture(clause)
                || specification.requirementOf(clause.name()).filter(costly).isEmpty());
  }

  /**
   * The ids that a list of clauses stands for: globs, names of a {@link ClauseKind} for all clauses
   * of that kind, {@code code=} for all that allow a code, each behind an exclamation mark to leave
   * them out again.
   */
  private Set<String> clauses(
      String name, List<String> listed, List<Api> apis, Predicate<Clause> included) {
    Set<String> ids = new TreeSet<>();
    for (String each : Optional.ofNullable(listed).orElse(List.of())) {
      for (String glob : each.split("\\s+", -1)) {
        boolean out = glob.startsWith("!");
        Set<String> found =
            apis.stream()
                .flatMap(api -> clauses(fill(glob.replace("!", ""), Map.of(API, api.product()))))
                .filter(included)
                .filter(c -> c.kind() != ClauseKind.LIMIT)
                .filter(c -> apis.stream().anyMatch(c::binds))
                .map(Clause::id)
                .collect(Collectors.toSet());
        if (found.isEmpty() && !glob.isEmpty()) {
          problem(name, "no clause of its run is meant by " + glob);
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

  private Stream<Clause> clauses(String glob) {
    if (glob.startsWith(CODE)) {
      String code = glob.substring(CODE.length());
      return specification.clauses().stream()
          .filter(
              c ->
                  c.name().equals(code)
                      || specification.requirements().stream()
                          .anyMatch(p -> p.clause().equals(c) && p.codes().contains(code)));
    }
    Optional<ClauseKind> kind =
        Stream.of(ClauseKind.values()).filter(k -> k.name().equals(glob)).findFirst();
    Predicate<Clause> meant =
        kind.<Predicate<Clause>>map(k -> c -> c.kind() == k).orElse(new ClauseFilter(glob));
    return specification.clauses().stream().filter(meant);
  }

  private void problem(String name, String what) {
    problems.add("%s: \"%s\": %s".formatted(file, name, what));
  }
}
