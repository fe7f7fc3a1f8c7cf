package asyncinfo.target;

import java.util.concurrent.locks.LockSupport;

/** Keeps calls apart, so that a functional run never reaches the limit itself. */
public final class Pace {
  private final long intervalNanos;
  private long next = System.nanoTime();

  /**
   * @param callsPerSecond how many calls may start in a second; 0 for any number
   */
  public Pace(int callsPerSecond) {
    this.intervalNanos = callsPerSecond == 0 ? 0 : 1_000_000_000L / callsPerSecond;
  }

  /** Waits until the next call may start. */
  public void await() {
    if (intervalNanos > 0) {
      LockSupport.parkNanos(reserve() - System.nanoTime());
    }
  }

  /** Lets no call start for some seconds, so that a budget that was used up is there again. */
  public synchronized void rest(int seconds) {
    next = Math.max(next, System.nanoTime() + seconds * 1_000_000_000L);
  }

  private synchronized long reserve() {
    next = Math.max(next + intervalNanos, System.nanoTime());
    return next;
  }
}
