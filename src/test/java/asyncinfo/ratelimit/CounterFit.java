package asyncinfo.ratelimit;

import asyncinfo.ratelimit.ObservedCalls.Call;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Compares what was observed with a sliding counter: a window that also counts the one before it,
 * by the part of it that lies within the last period.
 */
final class CounterFit {
  /** The number of moments at which the first call of an anchored clock is tried. */
  private static final int ANCHORS = 5;

  /** A microsecond, in seconds: keeps calls at the anchor within its first window. */
  private static final double AFTER_ANCHOR = 1e-6;

  private final ObservedCalls calls;
  private final int limit;
  private final double period;
  private final boolean ofAllCalls;
  private final List<Call> judged;
  private final CallTimes counted;
  private final CallTimes accepted;

  private CounterFit(
      ObservedCalls calls, List<Call> judged, int limit, double period, boolean ofAllCalls) {
    this.calls = calls;
    this.limit = limit;
    this.period = period;
    this.ofAllCalls = ofAllCalls;
    this.judged = judged;
    this.accepted = new CallTimes(judged.stream().filter(Call::accepted).toList());
    this.counted = ofAllCalls ? new CallTimes(judged) : accepted;
  }

  /** Counts the calls that certainly lie between two moments; most counts take two searches. */
  private static final class CallTimes {
    private final double[] from;
    private final double[] to;
    private final double[] sortedTo;

    /** The latest moment of any call up to each. */
    private final double[] latest;

    /** The times of calls in order of their earliest moments. */
    CallTimes(List<Call> calls) {
      this.from = calls.stream().mapToDouble(Call::from).toArray();
      this.to = calls.stream().mapToDouble(Call::to).toArray();
      this.sortedTo = to.clone();
      Arrays.sort(sortedTo);
      this.latest = to.clone();
      Arrays.parallelPrefix(latest, Math::max);
    }

    int certainly(double begin, double end) {
      int before = ObservedCalls.below(from, begin, false);
      int count = ObservedCalls.below(sortedTo, end, true) - before;
      // Of the calls before the beginning, those that end later were not among the counted.
      for (int i = before - 1; i >= 0 && latest[i] > end; i--) {
        count += to[i] > end ? 1 : 0;
      }
      return count;
    }
  }

  /**
   * Returns whether a counter on a clock of its own contradicts no call.
   *
   * @param ofAllCalls whether refused calls count too
   */
  static boolean fitsSlidingCounter(
      ObservedCalls calls, int limit, double period, boolean ofAllCalls) {
    // Where a window begins in the first period after a rest, more than the limit may get through.
    if (WindowFit.afterRest(calls, limit, period).under() > 0) {
      return false;
    }
    CounterFit counter = new CounterFit(calls, calls.all(), limit, period, ofAllCalls);
    WindowClock clock = new WindowClock(limit, period, 1);
    return IntStream.range(0, clock.phases()).anyMatch(i -> counter.fitsAt(clock.phase(i)));
  }

  /**
   * Returns whether a counter whose clock starts with the first call after a window without calls
   * contradicts no call.
   *
   * @param ofAllCalls whether refused calls count too
   */
  static boolean fitsAnchoredCounter(
      ObservedCalls calls, int limit, double period, boolean ofAllCalls) {
    List<Call> all = calls.all();
    boolean fits = WindowFit.afterRest(calls, limit, period).fits();
    int begin = 0;
    while (fits && begin < all.size()) {
      double earliest = all.get(begin).from();
      double latest = all.subList(begin, all.size()).stream().mapToDouble(Call::to).min().orElse(0);
      fits = false;
      for (int i = 0; i < ANCHORS && !fits; i++) {
        double anchor = earliest + (latest - earliest) * i / (ANCHORS - 1);
        int end = endOfClock(all, anchor, begin, period);
        // No call comes before the one that starts the clock.
        List<Call> segment =
            all.subList(begin, end).stream().map(c -> c.notBefore(anchor + AFTER_ANCHOR)).toList();
        fits = new CounterFit(calls, segment, limit, period, ofAllCalls).fitsAt(anchor % period);
        if (fits) {
          begin = end;
        }
      }
    }
    return fits;
  }

  /** Returns the number of the first call that comes after a window without calls. */
  private static int endOfClock(List<Call> all, double anchor, int begin, double period) {
    int window = 0;
    for (int i = begin; i < all.size(); i++) {
      int next = (int) Math.floor((all.get(i).from() - anchor) / period);
      if (next > window + 1) {
        return i;
      }
      window = Math.max(window, next);
    }
    return all.size();
  }

  /** Returns whether windows at a phase contradict no call. */
  private boolean fitsAt(double phase) {
    int counting = Integer.MIN_VALUE;
    int earlier = 0;
    for (Call call : judged) {
      double position = (call.to() - phase) / period;
      int window = (int) Math.floor(position);
      if (window != (int) Math.floor((call.from() - phase) / period)) {
        continue;
      }
      double begin = window * period + phase;
      if (call.accepted()) {
        // Calls are in order, so those of a window follow each other.
        if (window != counting) {
          counting = window;
          earlier = counted.certainly(begin - period, begin);
        }
        // Of the calls at about the same time, those that were refused may have come after it.
        int before = accepted.certainly(begin, call.to());
        if (ofAllCalls) {
          before = Math.max(before, counted.certainly(begin, call.from()) + 1);
        }
        double least = before + earlier * (1 - (position - window));
        if (Math.floor(least - limit + 1e-6) > 0) {
          return false;
        }
      } else if (call.refused()) {
        double share = 1 - ((call.from() - phase) / period - window);
        double most = possibly(begin, call.to()) + share * possibly(begin - period, begin);
        // The refused call itself would have been one more.
        if (Math.floor(limit - most + (ofAllCalls ? 1 : 0) + 1e-6) > 0) {
          return false;
        }
      }
    }
    return true;
  }

  private int possibly(double begin, double end) {
    return ofAllCalls ? calls.possiblyArrived(begin, end) : calls.possiblyAccepted(begin, end);
  }
}
