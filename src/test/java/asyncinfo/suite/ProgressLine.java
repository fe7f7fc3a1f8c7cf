package asyncinfo.suite;

import asyncinfo.verdict.Progress;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Words a line about the suite that is running, for long suites that would otherwise be silent: the
 * cases that have run and, from their rate so far, the time that the others take.
 */
final class ProgressLine {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private Duration last = Duration.ZERO;

  /** Notes that another line was printed, so that the next one is not due for a while. */
  void printed(Duration elapsed) {
    last = elapsed;
  }

  /**
   * Returns the line if one is due.
   *
   * @param elapsed the time since the run began
   * @param suites all suites of the run
   * @return empty if a line was printed in the last ten seconds, or no suite is running
   */
  Optional<String> due(Duration elapsed, Collection<Progress.Suite> suites) {
    String running =
        suites.stream()
            .filter(suite -> suite.run() > 0 && !suite.ended())
            .map(s -> "%s, %d of %d cases so far".formatted(s.name(), s.run(), s.expected()))
            .collect(Collectors.joining("; "));
    if (running.isEmpty() || elapsed.minus(last).compareTo(INTERVAL) < 0) {
      return Optional.empty();
    }
    last = elapsed;
    long ended = suites.stream().filter(Progress.Suite::ended).count();
    return Optional.of(
        "suites %d of %d: %s%s"
            .formatted(ended + 1, suites.size(), running, timeLeft(elapsed, suites)));
  }

  /** Assumes that the cases to come take as long as those that have run. */
  private static String timeLeft(Duration elapsed, Collection<Progress.Suite> suites) {
    long run = suites.stream().mapToLong(Progress.Suite::run).sum();
    long left =
        suites.stream()
            .filter(suite -> !suite.ended())
            .mapToLong(suite -> Math.max(0, suite.expected() - suite.run()))
            .sum();
    long seconds = elapsed.multipliedBy(left).dividedBy(run).toSeconds();
    return left == 0
        ? ""
        : ", about %s left for all"
            .formatted(seconds < 90 ? seconds + " s" : (seconds + 30) / 60 + " min");
  }
}
