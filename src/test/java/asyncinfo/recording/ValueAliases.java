package asyncinfo.recording;

import asyncinfo.client.PercentEncoding;
import asyncinfo.contract.Api;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Replaces values that differ from run to run by aliases: equal values have equal aliases, and
 * different values have different ones. A value that violates a rule is kept.
 */
final class ValueAliases {
  /** Minimum length of a value to replace within other text; shorter ones may occur by chance. */
  private static final int SHORTEST = 6;

  private static final String REQUEST_ID = "/Response/RequestId";
  private static final Pattern WORD = Pattern.compile("[0-9A-Za-z_-]{" + SHORTEST + ",}");
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Specification specification;
  private final Map<String, String> tasks = new LinkedHashMap<>();
  private Pattern taskPattern = tasksIn(Set.of());
  private final Set<String> constants = new TreeSet<>();
  private final Set<String> requestIds = new TreeSet<>();
  private final Map<String, String> named = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  ValueAliases(Specification specification) {
    this.specification = specification;
  }

  /** Returns the fixtures with aliases instead of the tasks of the operator. */
  Map<String, Map<String, String>> fixtures(Api api, Map<String, Map<String, String>> all) {
    all.values().forEach(arguments -> arguments.forEach((name, value) -> note(api, name, value)));
    taskPattern = tasksIn(tasks.keySet());
    Map<String, Map<String, String>> changed = new LinkedHashMap<>();
    all.forEach((clause, arguments) -> changed.put(clause, arguments(arguments)));
    return changed;
  }

  /** Registers an argument as a task, unless the page documents it or restricts its values. */
  private void note(Api api, String name, String value) {
    boolean documented =
        value.equals(specification.requests(api).samples().get(name))
            || api.examples().stream().anyMatch(e -> value.equals(e.request().get(name)));
    JsonNode another = Json.mapper().createObjectNode().put(name, task(1));
    boolean free =
        specification.checkRequest(api, another).stream()
            .allMatch(violation -> violation.keyword().equals("required"));
    if (!documented && free) {
      tasks.computeIfAbsent(value, v -> task(tasks.size() + 1));
    }
  }

  private static String task(int number) {
    return "<task:" + number + ">";
  }

  /** Returns the arguments of a request, with aliases instead of tasks. */
  Map<String, String> arguments(Map<String, String> arguments) {
    Map<String, String> changed = new LinkedHashMap<>();
    arguments.forEach((name, value) -> changed.put(name, tasks.getOrDefault(value, value)));
    return changed;
  }

  /** Returns the lines of a request, with aliases instead of its tasks. */
  List<String> lines(RequestKey requestKey, List<String> request) {
    List<String> changed = request;
    for (Map.Entry<String, String> argument : requestKey.arguments().entrySet()) {
      String task = tasks.get(argument.getValue());
      if (task != null) {
        Pattern place =
            Pattern.compile(
                "(\\b%s(?:=|\":\")[^&\"\\s]*?)(?:%s|%s)(?=[&\"\\s]|$)"
                    .formatted(
                        Pattern.quote(argument.getKey()),
                        Pattern.quote(argument.getValue()),
                        Pattern.quote(PercentEncoding.encode(argument.getValue()))));
        changed =
            changed.stream()
                .map(line -> place.matcher(line).replaceAll("$1" + Matcher.quoteReplacement(task)))
                .toList();
      }
    }
    return changed;
  }

  /** Registers arguments of a request, which do not differ from run to run. */
  void constant(Map<String, String> arguments) {
    constants.addAll(arguments.values());
  }

  /** Registers the RequestId of a response. */
  void requestId(Api api, RecordedResponse reply) {
    requestIdOf(reply).filter(id -> keepsItsRule(api, reply)).ifPresent(requestIds::add);
  }

  private static Optional<String> requestIdOf(RecordedResponse reply) {
    try {
      JsonNode json =
          reply.body() != null
              ? reply.body()
              : Json.readLeniently(Objects.requireNonNullElse(reply.text(), ""));
      return Optional.of(json.at(REQUEST_ID)).filter(JsonNode::isString).map(JsonNode::asString);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private boolean keepsItsRule(Api api, RecordedResponse reply) {
    return reply.body() == null
        ? requestIdOf(reply).filter(id -> !id.isBlank()).isPresent()
        : specification.checkReply(api, reply.body()).stream()
            .noneMatch(violation -> violation.pointer().equals(REQUEST_ID));
  }

  /** Returns a response with aliases. */
  RecordedResponse in(Api api, RecordedResponse reply) {
    return reply.changed((at, text) -> in(api, at, text));
  }

  private String in(Api api, String at, String text) {
    if (at.equals(REQUEST_ID) && requestIds.contains(text)) {
      return reference("request-id", api, text);
    }
    String taskless =
        taskPattern
            .matcher(text)
            .replaceAll(found -> Matcher.quoteReplacement(tasks.get(found.group())));
    return WORD.matcher(taskless)
        .replaceAll(found -> Matcher.quoteReplacement(word(api, found.group())));
  }

  private String word(Api api, String word) {
    if (requestIds.contains(word)) {
      return reference("request-id", api, word);
    }
    return UUID.matcher(word).matches() && !constants.contains(word)
        ? reference("uuid", api, word)
        : word;
  }

  private String reference(String kind, Api api, String value) {
    return named.computeIfAbsent(
        value,
        v ->
            "<%s:%s:%d>".formatted(kind, api.id(), counts.merge(kind + api.id(), 1, Integer::sum)));
  }

  /** Returns a pattern that finds tasks as whole words within other text. */
  private static Pattern tasksIn(Set<String> tasks) {
    return tasks.stream()
        .filter(value -> value.length() >= SHORTEST)
        .map(Pattern::quote)
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining("|"),
                all ->
                    Pattern.compile(
                        all.isEmpty()
                            ? "(?!)"
                            : "(?<![0-9A-Za-z_-])(?:" + all + ")(?![0-9A-Za-z_-])")));
  }
}
