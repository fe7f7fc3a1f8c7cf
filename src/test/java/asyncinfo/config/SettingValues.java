package asyncinfo.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values that settings have in this run, and the problems found so far, one line each. */
final class SettingValues {
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Set<String> fromEnvironment = new LinkedHashSet<>();
  private final Set<Setting<?>> rejected = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();

  /** Sets a value; a later one replaces an earlier one. */
  void put(Setting<?> setting, String text, boolean environment) {
    texts.put(setting.name(), text);
    if (environment) {
      fromEnvironment.add(setting.name());
    } else {
      fromEnvironment.remove(setting.name());
    }
  }

  boolean isSet(Setting<?> setting) {
    return texts.containsKey(setting.name());
  }

  /**
   * Returns whether a setting is meant for this run: a variable of the environment may be there for
   * other builds of the same machine.
   */
  boolean isExplicit(Setting<?> setting) {
    return isSet(setting) && !fromEnvironment.contains(setting.name());
  }

  /** Returns the parsed value; empty where it is not set, or is invalid, which adds a problem. */
  <T> Optional<T> get(Setting<T> setting) {
    if (!isSet(setting) || rejected.contains(setting)) {
      return Optional.empty();
    }
    try {
      return Optional.of(setting.parser().apply(texts.get(setting.name())));
    } catch (IllegalArgumentException e) {
      reject(setting, e.getMessage());
      return Optional.empty();
    }
  }

  /** Adds a problem of a setting, whose value counts as absent from now on. */
  void reject(Setting<?> setting, String reason) {
    rejected.add(setting);
    problems.add(setting + ": " + reason);
  }

  void reject(String problem) {
    problems.add(problem);
  }

  boolean isRejected(Setting<?> setting) {
    return rejected.contains(setting);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }
}
