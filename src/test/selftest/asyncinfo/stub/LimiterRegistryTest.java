package asyncinfo.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.ratelimit.LimitKey;
import asyncinfo.ratelimit.LimiterModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limiter models on a clock that the test sets. */
@Tag("slow")
class LimiterRegistryTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00.250Z");
  private static final LimiterModel FIXED = LimiterModel.documented(20, 1);

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final LimiterRegistry limiters = new LimiterRegistry(now::get, 0);

  @Test
  void countsFromOneInEachSecondOfTheServer() {
    assertThat(counts(FIXED, 3)).containsExactly(1, 2, 3);

    now.set(START.plusMillis(749));
    assertThat(counts(FIXED, 1)).containsExactly(4);

    now.set(START.plusMillis(750));
    assertThat(counts(FIXED, 2)).containsExactly(1, 2);
  }

  @Test
  void countsRefusedCalls() {
    assertThat(counts(FIXED, 25)).endsWith(25);
    assertThat(admit(FIXED, "api", "1").refused()).isTrue();
  }

  @Test
  void countsInPeriodsOfTheLimit() {
    LimiterModel perTenSeconds = LimiterModel.documented(200, 10);
    counts(perTenSeconds, 1);

    now.set(START.plusMillis(9_749));
    assertThat(counts(perTenSeconds, 1)).containsExactly(2);

    now.set(START.plusMillis(9_750));
    assertThat(counts(perTenSeconds, 1)).containsExactly(1);
  }

  @Test
  void followsAClockWithAPhase() {
    LimiterRegistry late = new LimiterRegistry(now::get, 0.5);
    assertThat(accepted(late, "fixed", 30, "one", "1")).isEqualTo(20);

    now.set(START.plusMillis(249));
    assertThat(accepted(late, "fixed", 30, "one", "1")).isZero();

    now.set(START.plusMillis(250));
    assertThat(accepted(late, "fixed", 30, "one", "1")).isEqualTo(20);
  }

  @Test
  void keepsABudgetForEachKeyOfItsScope() {
    assertThat(accepted(limiters, "per-connection", 30, "one", "1")).isEqualTo(20);
    assertThat(accepted(limiters, "per-connection", 30, "one", "2")).isEqualTo(20);
    assertThat(accepted(limiters, "shared", 15, "one", "1")).isEqualTo(15);
    assertThat(accepted(limiters, "shared", 15, "other", "1")).isEqualTo(5);
    assertThat(accepted(limiters, "shared-by-actions", 15, "vm", "1")).isEqualTo(15);
    assertThat(accepted(limiters, "shared-by-actions", 15, "vm-DescribeZones", "1")).isEqualTo(5);
    assertThat(accepted(limiters, "shared-by-actions", 15, "dts", "1")).isEqualTo(15);
    assertThat(accepted(limiters, "fixed", 30, "one", "1")).isEqualTo(20);
    assertThat(accepted(limiters, "fixed", 30, "other", "1")).isEqualTo(20);
  }

  @Test
  void returnsTheDelayOfACall() {
    LimiterModel queue = LimiterModel.named("queue", 20, 1).orElseThrow();

    assertThat(admit(queue, "one", "1").delay()).isZero();
    assertThat(admit(queue, "one", "1").delay())
        .isCloseTo(Duration.ofMillis(50), Duration.ofMillis(1));
  }

  @Test
  void removesIdleBudgets() {
    IntStream.range(0, 100).forEach(i -> accepted(limiters, "fixed", 1, "one" + i, "1"));
    assertThat(limiters.size()).isEqualTo(100);

    now.set(START.plusSeconds(300));
    accepted(limiters, "fixed", 1, "another", "1");

    assertThat(limiters.size()).isEqualTo(1);
  }

  @Test
  void keepsBudgetsThatAreInUse() {
    accepted(limiters, "fixed", 1, "one", "1");
    now.set(START.plusSeconds(100));
    accepted(limiters, "fixed", 1, "one", "1");
    now.set(START.plusSeconds(130));
    accepted(limiters, "fixed", 1, "another", "1");

    assertThat(limiters.size()).isEqualTo(2);
  }

  @Test
  void losesNoCallUnderConcurrentLoad() throws Exception {
    int threads = 8;
    int each = 5_000;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int second = 0; second < 3; second++) {
        now.set(START.plusSeconds(second));
        Callable<List<Integer>> client = () -> counts(FIXED, each);
        List<Integer> all = new ArrayList<>();
        for (Future<List<Integer>> done :
            pool.invokeAll(IntStream.range(0, threads).mapToObj(i -> client).toList())) {
          all.addAll(done.get());
        }

        assertThat(all.stream().sorted())
            .containsExactlyElementsOf(IntStream.rangeClosed(1, threads * each).boxed().toList());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "25, 25 requests per period",
    "none, none",
    "sliding-log, sliding-log",
    "fixed@0.5, fixed@0.5"
  })
  void parsesAnOption(String text, String read) {
    assertThat(LimiterOption.parse(text)).hasToString(read);
  }

  @ParameterizedTest
  @CsvSource({"few", "0", "-1", "sliding", "fixed@2", "fixed@", "''"})
  void rejectsAnUnknownOption(String text) {
    assertThatThrownBy(() -> LimiterOption.parse(text))
        .hasMessageStartingWith("\"" + text + "\" is neither a positive number nor none nor a")
        .hasMessageContaining("sliding-log, ");
  }

  private static long accepted(
      LimiterRegistry limiters, String model, int calls, String api, String connection) {
    LimiterModel limiter = LimiterModel.named(model, 20, 1).orElseThrow();
    return IntStream.range(0, calls)
        .filter(i -> !limiters.admit(limiter, key(api, connection)).refused())
        .count();
  }

  private List<Integer> counts(LimiterModel model, int calls) {
    return IntStream.range(0, calls).mapToObj(i -> admit(model, "api", "1").count()).toList();
  }

  private LimiterRegistry.Decision admit(LimiterModel model, String api, String connection) {
    return limiters.admit(model, key(api, connection));
  }

  private static LimitKey key(String api, String connection) {
    return new LimitKey(api, "region", "account", connection, "format", "subject");
  }
}
