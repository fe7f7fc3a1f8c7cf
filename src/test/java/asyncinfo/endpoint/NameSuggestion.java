package asyncinfo.endpoint;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests the known name that a misspelt one resembles. */
public final class NameSuggestion {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private NameSuggestion() {}

  /**
   * Returns the known name that a given one resembles: it differs only in case and punctuation, in
   * at most one character of four and two in total, or in two swapped characters.
   */
  public static Optional<String> of(String given, Collection<String> known) {
    String normalized = normalized(given);
    return known.stream()
        .filter(name -> resembles(normalized, normalized(name)))
        .min(Comparator.comparingInt(name -> DISTANCE.apply(normalized, normalized(name))));
  }

  /** Returns the suggestion as the end of an error line; empty without one. */
  public static String hint(String given, Collection<String> known) {
    return of(given, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  private static boolean resembles(String given, String name) {
    int distance = DISTANCE.apply(given, name);
    return distance <= Math.min(2, name.length() / 4)
        || (distance == 2 && sorted(given).equals(sorted(name)));
  }

  private static String normalized(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static String sorted(String normalized) {
    return normalized.chars().sorted().mapToObj(Character::toString).collect(Collectors.joining());
  }
}
