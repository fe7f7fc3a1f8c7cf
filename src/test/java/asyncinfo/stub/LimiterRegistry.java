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
import java.util.concurrent.atomic.AtomicLong;

/**
 * Applies limiter models on the server's clock, with one budget for each key of their scope.
 * Budgets that were unused for two minutes are removed.
 */
final class LimiterRegistry {
  private static final long IDLE_SECONDS = 120;

  private final InstantSource clock;
  private final double phase;
  private final Map<Object, Budget> budgets = new ConcurrentHashMap<>();
  private final SplittableRandom random = new SplittableRandom(20);
  private final AtomicLong nextSweep = new AtomicLong();

  LimiterRegistry(InstantSource clock, double phase) {
    this.clock = clock;
    this.phase = phase;
  }

  /**
   * The decision about a call.
   *
   * @param refused whether it is refused
   * @param delay how long an accepted call is delayed
   * @param count the number of the call within its window, from 1; 0 for models without a window
   */
  record Decision(boolean refused, Duration delay, int count) {}

  /** A budget, and the time of its last call in seconds. */
  private static final class Budget {
    private final Limiter limiter;
    private double used = Double.NEGATIVE_INFINITY;

    Budget(Limiter limiter) {
      this.limiter = limiter;
    }

    /** Decides about a call; a limiter expects calls in the order of their times. */
    Decision admit(double time) {
      used = Math.max(used, time);
      double delay = limiter.admit(used);
      boolean refused = delay == Limiter.REFUSED;
      return new Decision(
          refused,
          refused ? Duration.ZERO : Duration.ofNanos(Math.round(delay * 1e9)),
          limiter.count());
    }
  }

  /** Decides whether a call passes. */
  Decision admit(LimiterModel model, LimitKey key) {
    Instant instant = clock.instant();
    double now = instant.getEpochSecond() + instant.getNano() / 1e9;
    sweep(instant.getEpochSecond());
    Decision[] decision = new Decision[1];
    // Decides while the map holds the entry, so that a budget in use is not removed as idle.
    budgets.compute(
        List.of(model.scope().key(key), model.description()),
        (budgetKey, existing) -> {
          Budget budget =
              existing == null ? new Budget(model.maker().make(phase, split())) : existing;
          decision[0] = budget.admit(now);
          return budget;
        });
    return decision[0];
  }

  private synchronized SplittableRandom split() {
    return random.split();
  }

  private void sweep(long now) {
    long due = nextSweep.get();
    if (now >= due && nextSweep.compareAndSet(due, now + IDLE_SECONDS)) {
      for (Object key : budgets.keySet()) {
        budgets.computeIfPresent(
            key, (k, budget) -> budget.used < now - IDLE_SECONDS ? null : budget);
      }
    }
  }

  /** Returns the number of budgets. */
  int size() {
    return budgets.size();
  }
}
