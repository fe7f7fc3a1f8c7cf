package asyncinfo.limit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A limiter in simulated time, documented or not. */
interface SimulatedLimiter {
  /** Said of a call that is refused. */
  double REFUSED = -1;

  /**
   * Decides on a call.
   *
   * @param time when it arrives, in seconds, never before the one before it
   * @param connection which connection carries it
   * @return how long it is kept waiting, in seconds, or {@link #REFUSED}
   */
  double admit(double time, int connection);

  /** So many in each window of a clock that is off by a phase. */
  static SimulatedLimiter fixedWindow(int requests, double seconds, double phase) {
    return new SimulatedLimiter() {
      private double window = Double.NaN;
      private int count;

      @Override
      public double admit(double time, int connection) {
        double now = Math.floor((time - phase) / seconds);
        count = now == window ? count + 1 : 1;
        window = now;
        return count <= requests ? 0 : REFUSED;
      }
    };
  }

  /** So many in a window that the first request opens. */
  static SimulatedLimiter anchoredWindow(int requests, double seconds) {
    return new SimulatedLimiter() {
      private double opened = Double.NEGATIVE_INFINITY;
      private int count;

      @Override
      public double admit(double time, int connection) {
        if (time >= opened + seconds) {
          opened = time;
          count = 0;
        }
        count++;
        return count <= requests ? 0 : REFUSED;
      }
    };
  }

  /** So many in any stretch of time; refused calls may count too. */
  static SimulatedLimiter slidingLog(int requests, double seconds, boolean countsRefused) {
    Deque<Double> log = new ArrayDeque<>();
    return (time, connection) -> {
      while (!log.isEmpty() && log.peekFirst() <= time - seconds) {
        log.removeFirst();
      }
      boolean accepted = log.size() < requests;
      if (accepted || countsRefused) {
        log.addLast(time);
      }
      while (log.size() > requests) {
        log.removeFirst();
      }
      return accepted ? 0 : REFUSED;
    };
  }

  /** A fixed window that also counts the one before it, by the part of it that is not yet past. */
  static SimulatedLimiter slidingCounter(int requests, double seconds, double phase) {
    return new SimulatedLimiter() {
      private double window = Double.NEGATIVE_INFINITY;
      private double count;
      private double before;

      @Override
      public double admit(double time, int connection) {
        double position = (time - phase) / seconds;
        double now = Math.floor(position);
        if (now != window) {
          before = now == window + 1 ? count : 0;
          count = 0;
          window = now;
        }
        if (before * (1 - (position - now)) + count + 1 > requests) {
          return REFUSED;
        }
        count++;
        return 0;
      }
    };
  }

  /** A bucket of tokens that refills all the time. */
  static SimulatedLimiter tokenBucket(double perSecond, double size) {
    return new SimulatedLimiter() {
      private double tokens = size;
      private double last;

      @Override
      public double admit(double time, int connection) {
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

  /** Calls wait in a queue that is served evenly, and are refused when it is full. */
  static SimulatedLimiter queue(double perSecond, int places) {
    return new SimulatedLimiter() {
      private double free;

      @Override
      public double admit(double time, int connection) {
        double start = Math.max(free, time);
        if (start - time > places / perSecond) {
          return REFUSED;
        }
        free = start + 1 / perSecond;
        return start - time;
      }
    };
  }

  /** Each refusal bars the caller for a while. */
  static SimulatedLimiter ban(SimulatedLimiter inner, double seconds) {
    return new SimulatedLimiter() {
      private double until = Double.NEGATIVE_INFINITY;

      @Override
      public double admit(double time, int connection) {
        if (time < until || inner.admit(time, connection) == REFUSED) {
          until = time + seconds;
          return REFUSED;
        }
        return 0;
      }
    };
  }

  /** A budget for each connection. */
  static SimulatedLimiter perConnection(Supplier<SimulatedLimiter> inner) {
    Map<Integer, SimulatedLimiter> each = new HashMap<>();
    return (time, connection) ->
        each.computeIfAbsent(connection, c -> inner.get()).admit(time, connection);
  }

  /** A budget for each of some nodes, which take turns. */
  static SimulatedLimiter nodes(int nodes, Supplier<SimulatedLimiter> inner) {
    return new SimulatedLimiter() {
      private final Map<Integer, SimulatedLimiter> each = new HashMap<>();
      private int turn;

      @Override
      public double admit(double time, int connection) {
        turn = (turn + 1) % nodes;
        return each.computeIfAbsent(turn, n -> inner.get()).admit(time, connection);
      }
    };
  }

  /** A budget from which another caller takes as much at the same time. */
  static SimulatedLimiter shared(SimulatedLimiter inner) {
    return (time, connection) -> {
      double own = inner.admit(time, connection);
      inner.admit(time, connection);
      return own;
    };
  }

  /** No limit at all. */
  static SimulatedLimiter none() {
    return (time, connection) -> 0;
  }
}
