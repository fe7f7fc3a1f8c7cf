package asyncinfo.ratelimit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;

/** Limiters that do not treat all windows, calls or moments alike. */
final class IrregularLimiters {
  private IrregularLimiters() {}

  /** Returns a limiter whose clock is not the true one. */
  static Limiter onClock(Limiter inner, DoubleUnaryOperator clock) {
    return new Limiter() {
      private double last = Double.NEGATIVE_INFINITY;

      @Override
      public double admit(double time) {
        last = Math.max(last, clock.applyAsDouble(time));
        return inner.admit(last);
      }
    };
  }

  /** Returns a clock that steps forth and back. */
  static DoubleUnaryOperator steppingClock(double step, double seconds) {
    return time -> time + (Math.floorMod((long) Math.floor(time / seconds), 2L) == 1 ? step : 0);
  }

  /**
   * Returns fixed windows of a size that changes from window to window.
   *
   * @param sizes the size of a window, by its number
   */
  static Limiter unevenWindows(LongUnaryOperator sizes, double seconds, double phase) {
    return new WindowLimiter(seconds, phase) {
      private long size;

      @Override
      void opens(long window, double passed) {
        size = sizes.applyAsLong(window);
      }

      @Override
      double decide(double time) {
        return count() <= size ? 0 : REFUSED;
      }
    };
  }

  /** Returns a limiter that accepts everything in the first seconds of an overload. */
  static Limiter late(Limiter inner, double grace, double rest) {
    return new Limiter() {
      private double began;
      private double last = Double.NEGATIVE_INFINITY;

      @Override
      public double admit(double time) {
        if (inner.admit(time) != REFUSED) {
          return 0;
        }
        if (time - last >= rest) {
          began = time;
        }
        last = time;
        return time - began < grace ? 0 : REFUSED;
      }
    };
  }

  /** Returns a limiter with a second budget that serves calls above the first. */
  static Limiter withSecondBudget(Limiter first, Limiter second) {
    return time -> first.admit(time) == Limiter.REFUSED ? second.admit(time) : 0;
  }

  /** Returns fixed windows that check a call first and count it up to a while later. */
  static Limiter race(
      int requests, double seconds, double phase, double longest, RandomGenerator random) {
    return new WindowLimiter(seconds, phase) {
      private final Deque<Double> uncounted = new ArrayDeque<>();
      private int counted;

      @Override
      void opens(long window, double passed) {
        uncounted.clear();
        counted = 0;
      }

      @Override
      double decide(double time) {
        while (!uncounted.isEmpty() && uncounted.peek() <= time) {
          uncounted.poll();
          counted++;
        }
        if (counted >= requests) {
          return REFUSED;
        }
        uncounted.add(time + longest * (0.5 + random.nextDouble() / 2));
        return 0;
      }
    };
  }

  /**
   * Returns a limiter that accepts a call with the probability that keeps the mean at the limit.
   */
  static Limiter sheddingAbove(int requests, double seconds, RandomGenerator random) {
    Deque<Double> log = new ArrayDeque<>();
    return time -> {
      log.removeIf(earlier -> earlier <= time - seconds);
      log.add(time);
      return log.size() <= requests || random.nextDouble() < requests / (double) log.size()
          ? 0
          : Limiter.REFUSED;
    };
  }

  /** Returns a limiter that refuses some calls at random that it could accept. */
  static Limiter sheddingBelow(Limiter inner, double share, RandomGenerator random) {
    return time ->
        inner.admit(time) == Limiter.REFUSED || random.nextDouble() < share ? Limiter.REFUSED : 0;
  }

  /** Returns fixed windows that refuse at random once most of the limit is used. */
  static Limiter sheddingNear(int requests, double seconds, double phase, RandomGenerator random) {
    return new WindowLimiter(seconds, phase) {
      private int used;

      @Override
      void opens(long window, double passed) {
        used = 0;
      }

      @Override
      double decide(double time) {
        if (used >= requests || (used >= 0.75 * requests && random.nextInt(3) == 0)) {
          return REFUSED;
        }
        used++;
        return 0;
      }
    };
  }

  /** Returns fixed windows that answer the accepted calls evenly over the window. */
  static Limiter delayingEvenly(int requests, double seconds, double phase) {
    return new WindowLimiter(seconds, phase) {
      @Override
      double decide(double time) {
        return count() > requests
            ? REFUSED
            : Math.max(0, begin() + (count() - 1) * seconds / requests - time);
      }
    };
  }

  /** Returns fixed windows that answer the second half of the accepted calls half a period late. */
  static Limiter delayingHalf(int requests, double seconds, double phase) {
    return new WindowLimiter(seconds, phase) {
      @Override
      double decide(double time) {
        return count() > requests ? REFUSED : 2 * count() > requests ? seconds / 2 : 0;
      }
    };
  }

  /** Returns a limit of the calls in flight. */
  static Limiter concurrency(int most, double serviceTime) {
    return new Limiter() {
      private final Deque<Double> inFlight = new ArrayDeque<>();

      @Override
      public double admit(double time) {
        while (!inFlight.isEmpty() && inFlight.peek() <= time) {
          inFlight.poll();
        }
        if (inFlight.size() >= most) {
          return REFUSED;
        }
        inFlight.add(time + serviceTime);
        return serviceTime;
      }
    };
  }

  /** Returns fixed windows that grow from a quarter of the limit while they are used. */
  static Limiter growing(int requests, double seconds, double phase) {
    return new WindowLimiter(seconds, phase) {
      private int used;

      @Override
      void opens(long window, double passed) {
        used = passed == 1 ? used + 1 : 1;
      }

      @Override
      double decide(double time) {
        return count() <= Math.min(requests, requests * used / 4) ? 0 : REFUSED;
      }
    };
  }

  /** Returns fixed windows that halve after each overloaded one. */
  static Limiter halving(int requests, double seconds, double phase) {
    return new WindowLimiter(seconds, phase) {
      private double size = requests;

      @Override
      void opens(long window, double passed) {
        size =
            passed > 2
                ? requests
                : count() > size
                    ? Math.max(requests / 4.0, size / 2)
                    : Math.min(requests, size + requests / 10.0);
      }

      @Override
      double decide(double time) {
        return count() <= (int) size ? 0 : REFUSED;
      }
    };
  }

  /** Returns windows of random lengths, each opened by the first call after the one before it. */
  static Limiter wandering(int requests, double seconds, RandomGenerator random) {
    return new Limiter() {
      private double until = Double.NEGATIVE_INFINITY;
      private int count;

      @Override
      public double admit(double time) {
        if (time >= until) {
          until = time + seconds * random.nextDouble(0.8, 1.2);
          count = 0;
        }
        count++;
        return count <= requests ? 0 : REFUSED;
      }
    };
  }
}
