package asyncinfo.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.ratelimit.LimitKey;
import asyncinfo.ratelimit.Limiter;
import asyncinfo.ratelimit.LimiterModel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limiters of any kind on a clock that the test moves. */
class LimiterRegistryTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00.250Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final LimiterRegistry limiters = new LimiterRegistry(now::get, 0.5);

  @Test
  void followsAClockThatIsOffByItsPhase() {
    assertThat(accepted("fixed", 30, "one", "1")).isEqualTo(20);

    now.set(START.plusMillis(249));
    assertThat(accepted("fixed", 30, "one", "1")).isZero();

    now.set(START.plusMillis(250));
    assertThat(accepted("fixed", 30, "one", "1")).isEqualTo(20);
  }

  @Test
  void keepsABudgetForEachKeyOfItsScope() {
    assertThat(accepted("per-connection", 30, "one", "1")).isEqualTo(20);
    assertThat(accepted("per-connection", 30, "one", "2")).isEqualTo(20);
    assertThat(accepted("shared", 15, "one", "1")).isEqualTo(15);
    assertThat(accepted("shared", 15, "other", "1")).isEqualTo(5);
  }

  @Test
  void saysHowLongACallHasToWait() {
    LimiterModel queue = LimiterModel.named("queue", 20, 1).orElseThrow();

    assertThat(limiters.admit(queue, caller("one", "1"))).isZero();
    assertThat(LimiterRegistry.wait(limiters.admit(queue, caller("one", "1"))))
        .isCloseTo(Duration.ofMillis(50), Duration.ofMillis(1));
  }

  @Test
  void forgetsIdleBudgets() {
    IntStream.range(0, 100).forEach(i -> accepted("per-connection", 1, "one", "" + i));
    assertThat(limiters.size()).isEqualTo(100);

    now.set(START.plusSeconds(300));
    accepted("per-connection", 1, "one", "another");

    assertThat(limiters.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "25, 25 requests per period",
    "none, none",
    "sliding-log, sliding-log",
    "fixed@0.5, fixed@0.5"
  })
  void readsAChoice(String text, String read) {
    assertThat(LimiterOption.parse(text)).hasToString(read);
  }

  @ParameterizedTest
  @CsvSource({"few", "0", "-1", "sliding", "fixed@2", "fixed@", "''"})
  void refusesAChoiceThatItDoesNotKnow(String text) {
    assertThatThrownBy(() -> LimiterOption.parse(text))
        .hasMessageStartingWith("\"" + text + "\" is neither a positive number nor none nor a kind")
        .hasMessageContaining("sliding-log, ");
  }

  private long accepted(String kind, int calls, String api, String connection) {
    LimiterModel limiter = LimiterModel.named(kind, 20, 1).orElseThrow();
    return IntStream.range(0, calls)
        .filter(i -> limiters.admit(limiter, caller(api, connection)) != Limiter.REFUSED)
        .count();
  }

  private static LimitKey caller(String api, String connection) {
    return new LimitKey(api, "region", "account", connection, "shape", "subject");
  }
}
