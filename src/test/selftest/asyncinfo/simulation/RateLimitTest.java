package asyncinfo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.endpoint.Ticker;
import asyncinfo.verdict.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests when the limit simulation waits for the suites of its run. */
class RateLimitTest {
  @TempDir private Path evidence;

  /** A clock on which each sleep lasts a minute, and a suite ends at each, or none ever does. */
  private final class Suites implements Ticker {
    private final int count;
    private final boolean end;
    private int sleeps;
    private long now;

    Suites(int count, boolean end) {
      this.count = count;
      this.end = end;
      write();
    }

    private void write() {
      Progress.Suite waiting = Progress.Suite.planned("OneIT", 1);
      Progress.Suite ended = new Progress.Suite("OneIT", 1, 1, 0, 0, 0, true);
      List<Progress.Suite> suites =
          IntStream.range(0, count).mapToObj(i -> end && i < sleeps ? ended : waiting).toList();
      new Progress(suites).write(evidence);
    }

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void sleep(long nanos) {
      now += Duration.ofMinutes(1).toNanos();
      sleeps++;
      write();
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "10, 0", "11, 3", "25, 3"})
  void waitsForTheSuitesWithMoreThanTenApis(int apis, int sleeps) {
    Suites suites = new Suites(3, true);

    RateLimitIT.awaitSuites(apis, evidence, suites);

    assertThat(suites.sleeps).isEqualTo(sleeps);
  }

  @Test
  void doesNotWaitWhereNoSuiteRuns() {
    Suites suites = new Suites(0, true);

    RateLimitIT.awaitSuites(25, evidence, suites);

    assertThat(suites.sleeps).isZero();
  }

  @Test
  void doesNotWaitForEver() {
    Suites suites = new Suites(1, false);

    RateLimitIT.awaitSuites(25, evidence, suites);

    assertThat(Duration.ofNanos(suites.now)).isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
  }
}
