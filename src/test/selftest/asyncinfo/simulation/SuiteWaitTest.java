package asyncinfo.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import asyncinfo.verdict.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests when the last phase of the limit simulation waits for the suites of its run. */
class SuiteWaitTest {
  private static final int SUITES = 3;

  @TempDir private Path evidence;
  private long now = 1;
  private int begun;

  private void progress(int suites, int ended) {
    List<Progress.Suite> all =
        IntStream.range(0, suites)
            .mapToObj(
                i ->
                    i < ended
                        ? new Progress.Suite("OneIT", 1, 1, 0, 0, 0, true)
                        : Progress.Suite.planned("OneIT", 1))
            .toList();
    new Progress(all).write(evidence);
  }

  private SuiteWait suiteWait(int apis) {
    return new SuiteWait(apis, evidence, () -> now, () -> begun++);
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "10, 0", "11, 1", "25, 1"})
  void waitsForTheSuitesWithMoreThanTenApis(int apis, int waits) {
    progress(SUITES, 2);
    SuiteWait suites = suiteWait(apis);

    assertThat(suites.isOver()).isEqualTo(waits == 0);
    assertThat(begun).isEqualTo(waits);

    progress(SUITES, SUITES);
    now += SuiteWait.STEP.toNanos();
    assertThat(suites.isOver()).isTrue();
    assertThat(begun).isEqualTo(waits);
    assertThat(SuiteWait.longest(apis).isZero()).isEqualTo(waits == 0);
  }

  /** Hundreds of connections ask. */
  @Test
  void looksOnceInEachStep() {
    progress(SUITES, 2);
    SuiteWait suites = suiteWait(25);
    suites.isOver();
    progress(SUITES, SUITES);

    now += SuiteWait.STEP.toNanos() - 1;
    assertThat(suites.isOver()).isFalse();
    now++;
    assertThat(suites.isOver()).isTrue();
  }

  @Test
  void doesNotWaitWhereNoSuiteRuns() {
    progress(0, 0);

    assertThat(suiteWait(25).isOver()).isTrue();
    assertThat(begun).isZero();
  }

  @Test
  void doesNotWaitForEver() {
    progress(SUITES, 0);
    SuiteWait suites = suiteWait(25);
    suites.isOver();

    now += SuiteWait.longest(25).toNanos() - 1;
    assertThat(suites.isOver()).isFalse();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(suites.isOver()).isTrue();
  }

  /** In a pool of one thread, a suite ends only if the wait leaves that thread to it. */
  @Test
  void leavesItsThreadToASuite() throws Exception {
    ForkJoinPool pool =
        new ForkJoinPool(
            1,
            ForkJoinPool.defaultForkJoinWorkerThreadFactory,
            null,
            false,
            1,
            2,
            1,
            null,
            1,
            TimeUnit.MINUTES);
    CompletableFuture<String> end = new CompletableFuture<>();
    CountDownLatch waits = new CountDownLatch(0);
    try {
      Future<?> limit =
          pool.submit(
              () -> {
                RateLimitIT.await(end, waits, Duration.ofMinutes(1));
                return null;
              });
      Future<?> suite = pool.submit(() -> end.complete("a suite has run"));

      assertThatCode(() -> limit.get(1, TimeUnit.MINUTES)).doesNotThrowAnyException();
      assertThatCode(() -> suite.get(1, TimeUnit.MINUTES)).doesNotThrowAnyException();
    } finally {
      pool.shutdownNow();
    }
  }
}
