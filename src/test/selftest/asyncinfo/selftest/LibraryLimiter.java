package asyncinfo.selftest;

import asyncinfo.ratelimit.Limiter;
import asyncinfo.ratelimit.LimiterModel;
import asyncinfo.ratelimit.LimiterModel.Compliance;
import asyncinfo.ratelimit.Scope;
import com.google.common.util.concurrent.RateLimiter;
import io.github.bucket4j.BandwidthBuilder.BandwidthBuilderBuildStage;
import io.github.bucket4j.BandwidthBuilder.BandwidthBuilderCapacityStage;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Rate limiters of Java libraries, configured for 20 requests per second. Compliance follows from
 * the documentation of each library, not from our verdict; {@link LibraryLimiterIT} verifies the
 * documented behaviour before it judges.
 */
enum LibraryLimiter {
  /** A token bucket that refills one token each 50 ms (bucket4j reference, "Greedy"). */
  BUCKET4J_GREEDY(
      Compliance.COMPLIANT_WITH_REMARK,
      20,
      bucket4j(limit -> limit.capacity(20).refillGreedy(20, Duration.ofSeconds(1)))),
  /** All tokens at once, each second from the first call on (bucket4j reference, "Intervally"). */
  BUCKET4J_INTERVALLY(
      Compliance.COMPLIANT,
      20,
      bucket4j(limit -> limit.capacity(20).refillIntervally(20, Duration.ofSeconds(1)))),
  /** Up to 40 at once after two quiet seconds (bucket4j reference, "capacity"). */
  BUCKET4J_CAPACITY_40(
      Compliance.WRONG,
      40,
      bucket4j(limit -> limit.capacity(40).refillGreedy(20, Duration.ofSeconds(1)))),
  /** One call each 50 ms, so that the second of two calls at once is refused. */
  BUCKET4J_WITHOUT_BURST(
      Compliance.WRONG,
      1,
      bucket4j(limit -> limit.capacity(1).refillGreedy(1, Duration.ofMillis(50)))),
  /** Cycles of a second from its creation, 20 permits each; refuses at once. */
  RESILIENCE4J_NO_WAIT(Compliance.COMPLIANT, 20, () -> resilience4j(Duration.ZERO)),
  /** The same with the default timeout of 5 s: calls over the limit wait for later cycles. */
  RESILIENCE4J_DEFAULT(Compliance.WRONG, 20, () -> resilience4j(Duration.ofSeconds(5))),
  /**
   * Stores the permits of one unused second, and grants one more in advance, for which the next
   * call has to wait (Javadoc of {@code RateLimiter}): 21 at once.
   */
  GUAVA(Compliance.WRONG, 21, LibraryLimiter::guava);

  private final Compliance compliance;
  private final int atOnce;

  @SuppressWarnings("ImmutableEnumChecker") // A reference to a static method.
  private final Supplier<Limiter> limiters;

  LibraryLimiter(Compliance compliance, int atOnce, Supplier<Limiter> limiters) {
    this.compliance = compliance;
    this.atOnce = atOnce;
    this.limiters = limiters;
  }

  /** Returns whether 20 calls per second get through, and no more. */
  boolean compliant() {
    return compliance != Compliance.WRONG;
  }

  /** Returns how many calls at once it accepts without delay after a long rest. */
  int atOnce() {
    return atOnce;
  }

  /** Returns whether it delays calls over the limit instead of refusing them. */
  boolean delays() {
    return this == RESILIENCE4J_DEFAULT;
  }

  /** Returns whether it reads the system clock; others take the time of each call. */
  boolean inRealTime() {
    return !name().startsWith("BUCKET4J");
  }

  /** Creates a limiter. */
  Limiter create() {
    return limiters.get();
  }

  /** Returns it as a model, with a budget for each account, API and region. */
  LimiterModel model() {
    String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new LimiterModel(
        name, name, compliance, Scope.DOCUMENTED, 0, (phase, random) -> limiters.get());
  }

  private static Supplier<Limiter> bucket4j(
      Function<BandwidthBuilderCapacityStage, BandwidthBuilderBuildStage> bandwidth) {
    return () -> new Bucket4j(bandwidth);
  }

  /** A bucket on the clock of the calls, created at the first of them. */
  private static final class Bucket4j implements Limiter, TimeMeter {
    private final Function<BandwidthBuilderCapacityStage, BandwidthBuilderBuildStage> bandwidth;
    private Bucket bucket;
    private long nanos;

    Bucket4j(Function<BandwidthBuilderCapacityStage, BandwidthBuilderBuildStage> bandwidth) {
      this.bandwidth = bandwidth;
    }

    @Override
    public double admit(double time) {
      nanos = Math.round(time * 1e9);
      if (bucket == null) {
        bucket = Bucket.builder().addLimit(bandwidth).withCustomTimePrecision(this).build();
      }
      return bucket.tryConsume(1) ? 0 : REFUSED;
    }

    @Override
    public long currentTimeNanos() {
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  private static Limiter resilience4j(Duration timeout) {
    AtomicRateLimiter limiter =
        new AtomicRateLimiter(
            "resilience4j",
            RateLimiterConfig.custom()
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .limitForPeriod(20)
                .timeoutDuration(timeout)
                .build());
    return time -> {
      long delay = limiter.reservePermission(1);
      return delay < 0 ? Limiter.REFUSED : delay / 1e9;
    };
  }

  private static Limiter guava() {
    RateLimiter limiter = RateLimiter.create(20);
    return time -> limiter.tryAcquire() ? 0 : Limiter.REFUSED;
  }
}
