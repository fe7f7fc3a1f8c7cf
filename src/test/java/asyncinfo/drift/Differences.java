package asyncinfo.drift;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All differences of a comparison, the grave ones first.
 *
 * @param all the differences, by severity and then as they were found
 */
record Differences(List<Difference> all) {

  Differences {
    all = all.stream().sorted(Comparator.comparing(Difference::severity)).toList();
  }

  /** Returns whether the differences fail the build. */
  boolean red() {
    return all.stream().anyMatch(d -> d.severity().red());
  }

  /** A line for each difference. */
  List<String> lines() {
    return all.stream().map(Difference::toString).toList();
  }

  /** Returns the number of differences of each severity. */
  String counts() {
    return Stream.of(Severity.values())
        .map(
            severity -> all.stream().filter(d -> d.severity() == severity).count() + " " + severity)
        .collect(Collectors.joining(", "));
  }

  /**
   * Prints the differences and a last line.
   *
   * @param subject what was compared: {@code dts: the page of 2022-05-12 10:02:17}
   * @param extent how much of it was compared
   * @param out where to print them
   * @throws DriftException where they end the build; its message is the last line
   */
  void print(String subject, String extent, PrintStream out) {
    lines().forEach(out::println);
    String last =
        all.isEmpty()
            ? "%s matches schemas/; compared %s".formatted(subject, extent)
            : "%s differs from schemas/: %s; compared %s".formatted(subject, counts(), extent);
    if (red()) {
      throw new DriftException(last);
    }
    out.println(last);
  }

  /** A number of things: {@code 1 example}, {@code 6 codes}. */
  static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
