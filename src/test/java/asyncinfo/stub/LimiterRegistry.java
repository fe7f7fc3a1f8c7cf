package asyncinfo.stub;

import asyncinfo.ratelimit.LimitKey;
import asyncinfo.ratelimit.Limiter;
import asyncinfo.ratelimit.LimiterModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limiters of any kind on the server's clock: one budget for each key of their scope; budgets that
 * were idle for two minutes are forgotten.
 */
final class LimiterRegistry {
  private static final double FORGOTTEN_SECONDS = 120;

  private final InstantSource clock;
  private final double phase;
  private final Map<Object, Budget> budgets = new ConcurrentHashMap<>();
  private final SplittableRandom random = new SplittableRandom(20);
  private volatile double swept;

  LimiterRegistry(InstantSource clock, double phase) {
    this.clock = clock;
    this.phase = phase;
  }

  /** One budget, and when it was last used. */
  private static final class Budget {
    private final Limiter limiter;
    private double used = Double.NEGATIVE_INFINITY;

    Budget(Limiter limiter) {
      this.limiter = limiter;
    }

    /** Calls are put in order where a limiter sees them: none arrives before the one before it. */
    synchronized double admit(double time) {
      used = Math.max(used, time);
      return limiter.admit(used);
    }
  }

  /**
   * Decides on a call.
   *
   * @return how long it has to wait, in seconds, or {@link Limiter#REFUSED}
   */
  double admit(LimiterModel kind, LimitKey caller) {
    Object key = List.of(kind.scope().key(caller), kind.description());
    double now = now();
    sweep(now);
    return budgets
        .computeIfAbsent(key, k -> new Budget(kind.maker().make(phase, split())))
        .admit(now);
  }

  private synchronized SplittableRandom split() {
    return random.split();
  }

  private double now() {
    Instant now = clock.instant();
    return now.getEpochSecond() + now.getNano() / 1e9;
  }

  private void sweep(double now) {
    if (now > swept + FORGOTTEN_SECONDS) {
      swept = now;
      budgets.values().removeIf(budget -> budget.used < now - FORGOTTEN_SECONDS);
    }
  }

  /** How many budgets there are. */
  int size() {
    return budgets.size();
  }

  /** A wait as a duration. */
  static Duration wait(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
