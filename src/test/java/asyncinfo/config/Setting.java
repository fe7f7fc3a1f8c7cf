package asyncinfo.config;

import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * A setting of a run.
 *
 * @param name the name on the command line ({@code -D}) and in a settings file
 * @param targets the kinds of target to which it applies
 * @param defaultText the value that holds when it is not set, as documentation shows it; empty for
 *     none
 * @param help the meaning in one line of Markdown
 * @param parser converts its text; throws {@link IllegalArgumentException} with the reason
 */
record Setting<T>(
    String name,
    Set<TargetKind> targets,
    String defaultText,
    String help,
    Function<String, T> parser) {
  /** Starts the name of each environment variable that is a setting. */
  static final String PREFIX = "CONFORMANCE_";

  /** Returns the environment variable of the same meaning. */
  String variable() {
    return PREFIX + name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }

  boolean appliesTo(TargetKind kind) {
    return targets.contains(kind);
  }

  @Override
  public String toString() {
    return name;
  }
}
