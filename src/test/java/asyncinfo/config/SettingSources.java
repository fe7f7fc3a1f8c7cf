package asyncinfo.config;

import asyncinfo.endpoint.NameSuggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The places where settings stand, in order of precedence: system properties, environment
 * variables, the file that {@code settings} names. Misspelt names and secrets in the wrong place
 * are problems.
 *
 * @param properties the system properties
 * @param environment the environment variables
 */
record SettingSources(Map<String, String> properties, Map<String, String> environment) {
  /** Reads all sources. */
  SettingValues read(SettingTable table) {
    SettingValues values = new SettingValues();
    rejectSecretsInProperties(values);
    rejectMisspeltProperties(table, values);
    rejectMisspeltVariables(table, values);
    explicit(table.settings)
        .ifPresent(text -> values.put(table.settings, text, isFromEnvironment(table.settings)));
    values.get(table.settings).ifPresent(file -> readFile(file, table, values));
    table
        .all()
        .forEach(
            setting ->
                explicit(setting)
                    .ifPresent(text -> values.put(setting, text, isFromEnvironment(setting))));
    return values;
  }

  private static void readFile(Path file, SettingTable table, SettingValues values) {
    Map<String, String> texts;
    try {
      texts = SettingsFile.read(file);
    } catch (IOException e) {
      values.reject(table.settings, e.getMessage());
      return;
    }
    texts.forEach(
        (name, text) -> {
          Optional<Setting<?>> setting = table.named(name);
          if (CredentialSettings.isSecret(name)) {
            values.reject(
                "settings: %s: %s is not allowed here; set it in the environment or in the SDKs'"
                        .formatted(file, name)
                    + " credentials file");
          } else if (setting.isEmpty()) {
            values.reject("settings: %s: %s".formatted(file, unknown(name, table)));
          } else if (List.of(table.target, table.settings).contains(setting.get())) {
            values.reject("settings: %s: %s cannot be set in a file".formatted(file, name));
          } else {
            values.put(setting.get(), text, false);
          }
        });
  }

  /** Returns the text of a setting by property or environment variable; blank counts as absent. */
  Optional<String> explicit(Setting<?> setting) {
    return property(setting)
        .or(() -> Optional.ofNullable(environment.get(setting.variable())))
        .filter(text -> !text.isBlank())
        .map(String::strip);
  }

  private Optional<String> property(Setting<?> setting) {
    return Optional.ofNullable(properties.get(setting.name())).filter(text -> !text.isBlank());
  }

  private boolean isFromEnvironment(Setting<?> setting) {
    return property(setting).isEmpty();
  }

  private void rejectSecretsInProperties(SettingValues values) {
    properties.keySet().stream()
        .filter(CredentialSettings::isSecret)
        .sorted()
        .forEach(
            name ->
                values.reject(
                    "-D"
                        + name
                        + " shows a secret to everyone who can list processes; set it in the"
                        + " environment or in the SDKs' credentials file"));
  }

  /**
   * The properties of a process include the JVM's and Maven's, so only a name that resembles a
   * setting, or begins like one, counts as misspelt.
   */
  private void rejectMisspeltProperties(SettingTable table, SettingValues values) {
    List<String> names = table.names();
    properties.keySet().stream()
        .filter(name -> !names.contains(name) && !CredentialSettings.isSecret(name))
        .filter(name -> beginsLikeOne(name, names) || NameSuggestion.of(name, names).isPresent())
        .sorted()
        .forEach(name -> values.reject(unknown(name, table)));
  }

  private static boolean beginsLikeOne(String name, List<String> names) {
    return name.matches("[\\w-]+\\.endpoint")
        || names.stream()
            .filter(known -> known.contains("."))
            .anyMatch(known -> name.startsWith(known.substring(0, known.indexOf('.') + 1)));
  }

  /** Every variable with the prefix is meant for this harness. */
  private void rejectMisspeltVariables(SettingTable table, SettingValues values) {
    List<String> variables = new ArrayList<>(table.all().stream().map(Setting::variable).toList());
    environment.keySet().stream()
        .filter(name -> name.toUpperCase(Locale.ROOT).startsWith(Setting.PREFIX))
        .filter(name -> !variables.contains(name))
        .sorted()
        .forEach(name -> values.reject(unknownVariable(name, variables)));
  }

  static String unknownVariable(String name, List<String> known) {
    return "unknown setting %s in the environment%s"
        .formatted(name, NameSuggestion.hint(name, known));
  }

  private static String unknown(String name, SettingTable table) {
    return "unknown setting "
        + name
        + NameSuggestion.of(name, table.names())
            .map(known -> "; did you mean " + known + "?")
            .orElseGet(() -> "; the settings are " + String.join(", ", table.names()));
  }
}
