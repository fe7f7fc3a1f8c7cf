package asyncinfo.stub;

import asyncinfo.contract.Limit;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The documented limiter: in each period of the server's clock the first requests pass, the others
 * are refused, and refused ones count in the number that the refusal states. One budget per key,
 * one counter each; keys that were idle for a period are forgotten.
 */
final class RateLimiter {
  private final InstantSource clock;
  private final Map<Object, Window> windows = new ConcurrentHashMap<>();
  private volatile long swept;

  RateLimiter(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Counts a request.
   *
   * @return its number within the current period, from 1; it passes when the number is at most the
   *     limit's
   */
  int count(Object key, Limit limit) {
    long now = Math.floorDiv(clock.millis(), limit.seconds() * 1000L);
    Window window =
        windows.compute(
            key,
            (k, old) ->
                old == null || old.period != now || old.seconds != limit.seconds()
                    ? new Window(limit.seconds(), now, 1)
                    : new Window(limit.seconds(), now, old.count + 1));
    sweep();
    return window.count;
  }

  int keys() {
    return windows.size();
  }

  private void sweep() {
    long second = clock.millis() / 1000;
    if (second != swept) {
      swept = second;
      windows.values().removeIf(w -> (w.period + 2) * w.seconds < second);
    }
  }

  private record Window(int seconds, long period, int count) {}
}
