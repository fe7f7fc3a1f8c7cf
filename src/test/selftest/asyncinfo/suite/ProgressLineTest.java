package asyncinfo.suite;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.verdict.Progress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ProgressLine line = new ProgressLine();

  private static Progress.Suite suite(String name, int expected, int run, boolean ended) {
    return new Progress.Suite(name, expected, run, 0, 0, 0, ended);
  }

  private static List<Progress.Suite> suites(int run) {
    return List.of(
        suite("FirstIT", 20, 20, true),
        suite("SecondIT", 100, run, false),
        suite("LastIT", 30, 0, false));
  }

  private String at(int seconds, List<Progress.Suite> suites) {
    return line.due(Duration.ofSeconds(seconds), suites).orElse("");
  }

  @Test
  void namesTheRunningSuiteItsCasesAndTheTimeLeft() {
    assertThat(at(10, suites(20)))
        .isEqualTo("suites 2 of 3: SecondIT, 20 of 100 cases so far, about 27 s left for all");
    assertThat(at(180, suites(40)))
        .isEqualTo("suites 2 of 3: SecondIT, 40 of 100 cases so far, about 5 min left for all");
  }

  @Test
  void isDueTenSecondsAfterTheLastLine() {
    assertThat(at(9, suites(20))).isEmpty();
    assertThat(at(10, suites(20))).isNotEmpty();
    assertThat(at(19, suites(50))).isEmpty();
    line.printed(Duration.ofSeconds(19));
    assertThat(at(20, suites(50))).isEmpty();
    assertThat(at(29, suites(50))).isNotEmpty();
  }

  @Test
  void hasNothingToSayBetweenSuites() {
    assertThat(at(60, suites(0))).isEmpty();
    assertThat(at(60, List.of(suite("OnlyIT", 20, 20, true)))).isEmpty();
  }
}
