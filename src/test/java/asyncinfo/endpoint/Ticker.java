package asyncinfo.endpoint;

import java.util.concurrent.locks.LockSupport;

/** A clock to measure spans of time with, and to wait on. */
public interface Ticker {
  /** This machine's. */
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

  /** Nanoseconds since some fixed moment. */
  long nanos();

  /** Waits for some nanoseconds; not at all when there are none. */
  void sleep(long nanos);
}
