package asyncinfo.ratelimit;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * One budget of a limiter, documented or not, on a clock that its caller moves. Not safe for
 * threads.
 */
public interface Limiter {
  /** The result for a call that is refused. */
  double REFUSED = -1;

  /**
   * Decides on a call.
   *
   * @param time when it arrives, in seconds, never before the one before it
   * @return the time in seconds for which its response waits, or {@link #REFUSED}
   */
  double admit(double time);

  /**
   * Returns the number of the last call within its window, from 1, refused calls included; 0 for
   * limiters that do not count so.
   */
  default int count() {
    return 0;
  }

  /**
   * A number in each window of a clock.
   *
   * @param phase the part of a window by which the clock is off, from 0 to 1
   */
  static Limiter fixedWindow(int requests, double seconds, double phase) {
    return new WindowLimiter(seconds, phase) {
      @Override
      double decide(double time) {
        return count() <= requests ? 0 : REFUSED;
      }
    };
  }

  /** A number in a window that the first request opens. */
  static Limiter anchoredWindow(int requests, double seconds) {
    return new Limiter() {
      private double opened = Double.NEGATIVE_INFINITY;
      private int count;

      @Override
      public double admit(double time) {
        if (time >= opened + seconds) {
          opened = time;
          count = 0;
        }
        count++;
        return count <= requests ? 0 : REFUSED;
      }
    };
  }

  /** A number in any stretch of time; refused calls may count too. */
  static Limiter slidingLog(int requests, double seconds, boolean countsRefused) {
    double[] log = new double[requests];
    Arrays.fill(log, Double.NEGATIVE_INFINITY);
    return new Limiter() {
      private int oldest;

      @Override
      public double admit(double time) {
        boolean accepted = log[oldest] <= time - seconds;
        if (accepted || countsRefused) {
          log[oldest] = time;
          oldest = (oldest + 1) % requests;
        }
        return accepted ? 0 : REFUSED;
      }
    };
  }

  /**
   * A fixed window that also counts the one before it, by the part of it that is not yet past;
   * refused calls may count too.
   */
  static Limiter slidingCounter(int requests, double seconds, double phase, boolean countsRefused) {
    return new WindowLimiter(seconds, phase) {
      private int used;
      private int before;

      @Override
      void opens(long window, double passed) {
        before = passed == 1 ? used : 0;
        used = 0;
      }

      @Override
      double decide(double time) {
        boolean accepted = before * (1 - past(time)) + used + 1 <= requests;
        used += accepted || countsRefused ? 1 : 0;
        return accepted ? 0 : REFUSED;
      }
    };
  }

  /**
   * A sliding counter whose clock starts with the first call after a window without calls, as the
   * rate counters of HAProxy do.
   */
  static Limiter anchoredCounter(int requests, double seconds, boolean countsRefused) {
    return new Limiter() {
      private Limiter counter = none();
      private double started = Double.NEGATIVE_INFINITY;
      private double last = Double.NEGATIVE_INFINITY;

      @Override
      public double admit(double time) {
        double windows = Math.floor((time - started) / seconds);
        if (!(windows <= Math.floor((last - started) / seconds) + 1)) {
          started = time;
          counter = slidingCounter(requests, seconds, time / seconds, countsRefused);
        }
        last = time;
        return counter.admit(time);
      }
    };
  }

  /** A bucket of tokens that refills all the time. */
  static Limiter tokenBucket(double perSecond, double size) {
    return new Limiter() {
      private double tokens = size;
      private double last = Double.NEGATIVE_INFINITY;

      @Override
      public double admit(double time) {
        tokens = Math.min(size, tokens + (time - last) * perSecond);
        last = time;
        if (tokens < 1) {
          return REFUSED;
        }
        tokens--;
        return 0;
      }
    };
  }

  /** A sliding window in parts: this part of the clock and those before it within a period. */
  static Limiter slidingParts(int requests, double seconds, int parts, double phase) {
    int[] counts = new int[parts];
    return new Limiter() {
      private double part = Double.NEGATIVE_INFINITY;
      private int used;

      @Override
      public double admit(double time) {
        double now = Math.floor((time / seconds - phase) * parts);
        for (double p = Math.max(part + 1, now - parts + 1); p <= now; p++) {
          int past = (int) Math.floorMod((long) p, (long) parts);
          used -= counts[past];
          counts[past] = 0;
        }
        part = now;
        if (used >= requests) {
          return REFUSED;
        }
        counts[(int) Math.floorMod((long) now, (long) parts)]++;
        used++;
        return 0;
      }
    };
  }

  /** The generic cell rate algorithm: a time of arrival that moves on by an interval a call. */
  static Limiter gcra(double perSecond, int burst) {
    return new Limiter() {
      private double theoretical = Double.NEGATIVE_INFINITY;

      @Override
      public double admit(double time) {
        double arrival = Math.max(theoretical, time);
        if (arrival - time > (burst - 1) / perSecond + 1e-9) {
          return REFUSED;
        }
        theoretical = arrival + 1 / perSecond;
        return 0;
      }
    };
  }

  /** A queue that is served evenly; calls are refused when it is full. */
  static Limiter queue(double perSecond, int places) {
    return new Limiter() {
      private double free = Double.NEGATIVE_INFINITY;

      @Override
      public double admit(double time) {
        double start = Math.max(free, time);
        if (start - time > places / perSecond) {
          return REFUSED;
        }
        free = start + 1 / perSecond;
        return start - time;
      }
    };
  }

  /** A ban of the caller after each refusal. */
  static Limiter ban(Limiter inner, double seconds) {
    return new Limiter() {
      private double until = Double.NEGATIVE_INFINITY;

      @Override
      public double admit(double time) {
        if (inner.admit(time) == REFUSED || time < until) {
          until = time + seconds;
          return REFUSED;
        }
        return 0;
      }
    };
  }

  /** Several nodes with a budget each; calls go to each in turn, or to any at random. */
  static Limiter nodes(Limiter[] each, RandomGenerator random, boolean inTurn) {
    return new Limiter() {
      private int turn;

      @Override
      public double admit(double time) {
        turn = inTurn ? (turn + 1) % each.length : random.nextInt(each.length);
        return each[turn].admit(time);
      }
    };
  }

  /**
   * A fixed window whose counter is shared with a lag: that it is full becomes known later.
   *
   * @param lag in seconds
   */
  static Limiter lazyWindow(int requests, double seconds, double phase, double lag) {
    return new WindowLimiter(seconds, phase) {
      private double full;

      @Override
      double decide(double time) {
        if (count() == requests) {
          full = time;
        }
        return count() <= requests || time < full + lag ? 0 : REFUSED;
      }
    };
  }

  /** A budget that others use too, at random moments. */
  static Limiter withOthers(Limiter inner, double perSecond, RandomGenerator random) {
    return new Limiter() {
      private double next = Double.NaN;

      @Override
      public double admit(double time) {
        if (Double.isNaN(next) || next < time - 60) {
          next = time - 2;
        }
        while (next <= time) {
          inner.admit(next);
          next -= Math.log(1 - random.nextDouble()) / perSecond;
        }
        return inner.admit(time);
      }
    };
  }

  /** No limit at all. */
  static Limiter none() {
    return time -> 0;
  }
}
