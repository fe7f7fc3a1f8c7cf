package asyncinfo.endpoint;

import java.util.concurrent.locks.LockSupport;

/** A monotonic clock for measuring durations and waiting. */
public interface Ticker {
  /** The system clock. */
  Ticker SYSTEM =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) {
          LockSupport.parkNanos(nanos);
        }
      };

  /** Returns the nanoseconds since an arbitrary fixed instant. */
  long nanos();

  /** Waits for the given nanoseconds; returns at once if the number is not positive. */
  void sleep(long nanos);
}
