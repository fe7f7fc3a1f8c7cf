package asyncinfo.endpoint;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known name a misspelt one was meant to be. */
public final class NameSuggestion {
  private NameSuggestion() {}

  /**
   * The known name that a given one comes near to: it differs in case and punctuation alone, or in
   * one letter of four at most, and in two letters in all.
   */
  public static Optional<String> nearest(String given, Collection<String> known) {
    String letters = letters(given);
    return known.stream()
        .filter(name -> distance(letters, letters(name)) <= tolerated(name))
        .min(Comparator.comparingInt(name -> distance(letters, letters(name))));
  }

  /** The guess as the end of an error line; empty without one. */
  public static String hint(String given, Collection<String> known) {
    return nearest(given, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  private static int tolerated(String name) {
    return Math.min(2, letters(name).length() / 4);
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** How many letters must be put in, left out, replaced or swapped with their neighbour. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
