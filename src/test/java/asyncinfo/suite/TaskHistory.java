package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The states in which the responses of a run show each task. A task moves from state to state and
 * never returns to an earlier one; two endpoint nodes that disagree look as if it did.
 */
final class TaskHistory {
  private final Map<Task, List<Look>> looks = new ConcurrentHashMap<>();

  /**
   * A task.
   *
   * @param api its API
   * @param arguments the arguments that name it
   */
  private record Task(Api api, Map<String, String> arguments) {}

  /**
   * One response that shows a task.
   *
   * @param sent when the request was signed
   * @param received when the response had arrived
   * @param response the response
   */
  private record Look(Instant sent, Instant received, JsonNode response) {
    /** Returns the listed value of a field; empty where it has another. */
    Optional<String> value(Field field) {
      JsonNode found = response.path("Response").path(field.name());
      return field.values().stream()
          .map(DocumentedValue::value)
          .filter(value -> field.is(value, found))
          .findFirst();
    }

    boolean isBefore(Look other) {
      return received.isBefore(other.sent);
    }
  }

  /** Adds the response to a valid request. Errors show no task. */
  void add(RequestTemplate template, CheckedResponse response) {
    if (template.mutation() == RequestMutation.NONE && response.isData()) {
      looks
          .computeIfAbsent(
              new Task(template.api(), template.arguments()), t -> new CopyOnWriteArrayList<>())
          .add(
              new Look(
                  response.sent(), response.received(), response.response().json().orElseThrow()));
    }
  }

  /** Returns the earlier responses about the task of a valid request. */
  List<JsonNode> responses(RequestTemplate template) {
    return template.mutation() == RequestMutation.NONE
        ? looks(template).stream().map(Look::response).toList()
        : List.of();
  }

  /** Returns whether a task was seen with a value of a field. */
  boolean wasSeen(RequestTemplate template, Field field, String value) {
    return looks(template).stream().anyMatch(look -> look.value(field).equals(Optional.of(value)));
  }

  /**
   * Returns values of a field in the order in which they were seen, as no task has them: three of
   * which the last is the first again, or a final one and another one after it. Empty where there
   * are no such values.
   */
  Optional<List<String>> relapse(RequestTemplate template, Field field) {
    List<Look> all =
        looks(template).stream().filter(look -> look.value(field).isPresent()).toList();
    for (Look between : all) {
      String value = between.value(field).orElseThrow();
      List<String> earlier = others(all, field, value, look -> look.isBefore(between));
      Optional<String> ended = earlier.stream().filter(field.finalValues()::contains).findFirst();
      if (ended.isPresent()) {
        return Optional.of(List.of(ended.get(), value));
      }
      List<String> later = others(all, field, value, between::isBefore);
      Optional<String> again = earlier.stream().filter(later::contains).findFirst();
      if (again.isPresent()) {
        return Optional.of(List.of(again.get(), value, again.get()));
      }
    }
    return Optional.empty();
  }

  private static List<String> others(
      List<Look> all, Field field, String value, Predicate<Look> when) {
    return all.stream()
        .filter(when)
        .flatMap(look -> look.value(field).stream())
        .filter(other -> !other.equals(value))
        .distinct()
        .toList();
  }

  private List<Look> looks(RequestTemplate template) {
    return new ArrayList<>(
        looks.getOrDefault(new Task(template.api(), template.arguments()), List.of()));
  }
}
