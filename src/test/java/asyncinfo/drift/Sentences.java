package asyncinfo.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Texts compared by their sentences. */
final class Sentences {
  private Sentences() {}

  /**
   * A sentence that one text has instead of another; empty where a text has none in its place.
   *
   * @param found the page's
   * @param promised that of {@code schemas/}
   */
  record Change(String found, String promised) {}

  static List<String> split(String text) {
    return Stream.of(text.strip().split("(?<=[.!?])\\s+|(?<=。)|\\n+", -1))
        .map(String::strip)
        .filter(sentence -> !sentence.isEmpty())
        .toList();
  }

  /** Returns the changes; a new sentence replaces the lost one that it resembles most. */
  static List<Change> compare(String found, String promised) {
    List<String> added = new ArrayList<>(without(split(found), split(promised)));
    List<Change> changes = new ArrayList<>();
    for (String lost : without(split(promised), split(found))) {
      String instead =
          added.stream()
              .max(Comparator.comparingDouble(each -> resemblance(each, lost)))
              .orElse("");
      added.remove(instead);
      changes.add(new Change(instead, lost));
    }
    added.forEach(each -> changes.add(new Change(each, "")));
    return changes;
  }

  private static List<String> without(List<String> sentences, List<String> more) {
    List<String> others = new ArrayList<>(more.stream().map(PageTemplate::plain).toList());
    return sentences.stream()
        .filter(sentence -> !others.remove(PageTemplate.plain(sentence)))
        .toList();
  }

  /** From 0 to 1, by the words that both have. */
  private static double resemblance(String one, String other) {
    Set<String> both = words(one);
    Set<String> all = words(other);
    both.retainAll(all);
    all.addAll(words(one));
    return (double) both.size() / Math.max(1, all.size());
  }

  private static Set<String> words(String sentence) {
    return new HashSet<>(List.of(sentence.toLowerCase(Locale.ROOT).split("\\W+", -1)));
  }
}
