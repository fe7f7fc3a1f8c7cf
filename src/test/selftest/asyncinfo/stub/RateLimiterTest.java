package asyncinfo.stub;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Limit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The counter of the gateway's limit, on a clock that the test moves. */
class RateLimiterTest {
  private static final Limit LIMIT = new Limit(20, 1);
  private static final Instant START = Instant.parse("2026-11-21T12:00:00.250Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final RateLimiter limiter = new RateLimiter(now::get);

  @Test
  void countsFromOneInEachSecondOfTheServer() {
    assertThat(counts("key", 3)).containsExactly(1, 2, 3);

    now.set(START.plusMillis(749));
    assertThat(counts("key", 1)).containsExactly(4);

    now.set(START.plusMillis(750));
    assertThat(counts("key", 2)).containsExactly(1, 2);
  }

  @Test
  void countsInPeriodsOfTheLimit() {
    Limit perTenSeconds = new Limit(200, 10);
    limiter.count("key", perTenSeconds);

    now.set(START.plusMillis(9_749));
    assertThat(limiter.count("key", perTenSeconds)).isEqualTo(2);

    now.set(START.plusMillis(9_750));
    assertThat(limiter.count("key", perTenSeconds)).isEqualTo(1);
  }

  @Test
  void countsEachKeyApart() {
    assertThat(counts("one", 25)).endsWith(25);
    assertThat(counts("other", 1)).containsExactly(1);
  }

  @Test
  void forgetsIdleKeys() {
    IntStream.range(0, 1_000).forEach(key -> limiter.count(key, LIMIT));
    assertThat(limiter.keys()).isEqualTo(1_000);

    now.set(START.plusSeconds(5));
    limiter.count("another", LIMIT);

    assertThat(limiter.keys()).isEqualTo(1);
  }

  @Test
  void losesNoneAndCountsNoneTwiceUnderConcurrentLoad() throws Exception {
    int threads = 8;
    int each = 5_000;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int second = 0; second < 3; second++) {
        now.set(START.plusSeconds(second));
        Callable<List<Integer>> caller = () -> counts("key", each);
        List<Integer> all = new ArrayList<>();
        for (Future<List<Integer>> done :
            pool.invokeAll(IntStream.range(0, threads).mapToObj(i -> caller).toList())) {
          all.addAll(done.get());
        }

        assertThat(all.stream().sorted())
            .containsExactlyElementsOf(IntStream.rangeClosed(1, threads * each).boxed().toList());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private List<Integer> counts(Object key, int calls) {
    return IntStream.range(0, calls).mapToObj(i -> limiter.count(key, LIMIT)).toList();
  }
}
