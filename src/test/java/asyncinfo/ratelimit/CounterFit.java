package asyncinfo.ratelimit;

import asyncinfo.ratelimit.ObservedCalls.Call;
import java.util.Arrays;
import java.util.List;

/**
 * Compares what was observed with a sliding counter: a window that also counts the one before it,
 * by the part of it that lies within the last period.
 */
final class CounterFit {
  /** The number of moments at which the first call of an anchored clock is tried. */
  private static final int ANCHORS = 5;

  private final ObservedCalls calls;
  private final int limit;
  private final double period;
  private final boolean ofAllCalls;
  private final List<Call> counted;
  private final double[] countedFrom;

  private CounterFit(ObservedCalls calls, int limit, double period, boolean ofAllCalls) {
    this.calls = calls;
    this.limit = limit;
    this.period = period;
    this.ofAllCalls = ofAllCalls;
    this.counted = ofAllCalls ? calls.all() : calls.accepted();
    this.countedFrom = counted.stream().mapToDouble(Call::from).toArray();
  }

  /**
   * Compares with a counter on a clock of its own.
   *
   * @param ofAllCalls whether refused calls count too
   */
  static WindowFit slidingCounter(
      ObservedCalls calls, int limit, double period, boolean ofAllCalls) {
    CounterFit counter = new CounterFit(calls, limit, period, ofAllCalls);
    WindowClock clock = new WindowClock(limit, period, 1);
    WindowFit best = WindowFit.WORST;
    for (int i = 0; i < clock.phases() && !best.fits(); i++) {
      WindowFit fit = counter.at(clock.phase(i), calls.all(), best.sum());
      best = fit.sum() < best.sum() ? fit : best;
    }
    return best;
  }

  /**
   * Compares with a counter whose clock starts with the first call after a window without calls.
   *
   * @param ofAllCalls whether refused calls count too
   */
  static WindowFit anchoredCounter(
      ObservedCalls calls, int limit, double period, boolean ofAllCalls) {
    CounterFit counter = new CounterFit(calls, limit, period, ofAllCalls);
    List<Call> all = calls.all();
    int over = 0;
    int under = 0;
    int begin = 0;
    while (begin < all.size()) {
      double earliest = all.get(begin).from();
      double latest = all.subList(begin, all.size()).stream().mapToDouble(Call::to).min().orElse(0);
      WindowFit best = WindowFit.WORST;
      int bestEnd = begin + 1;
      for (int i = 0; i < ANCHORS && !best.fits(); i++) {
        double anchor = earliest + (latest - earliest) * i / (ANCHORS - 1);
        int end = counter.endOfClock(anchor, begin);
        WindowFit fit = counter.at(anchor % period, all.subList(begin, end), best.sum());
        if (fit.sum() < best.sum()) {
          best = fit;
          bestEnd = end;
        }
      }
      over += best.over();
      under += best.under();
      begin = bestEnd;
    }
    return new WindowFit(over, under);
  }

  /** Returns the number of the first call that comes after a window without calls. */
  private int endOfClock(double anchor, int begin) {
    List<Call> all = calls.all();
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

  /** Compares some calls with the windows at a phase, until there are too many contradictions. */
  private WindowFit at(double phase, List<Call> judged, int bound) {
    int[] certain = new WindowClock(limit, period, 1).certain(counted, phase);
    int over = 0;
    int under = 0;
    for (int i = 0; i < judged.size() && over + under <= bound; i++) {
      Call call = judged.get(i);
      double position = (call.to() - phase) / period;
      int window = (int) Math.floor(position);
      if (window != (int) Math.floor((call.from() - phase) / period)) {
        continue;
      }
      double begin = window * period + phase;
      if (call.accepted()) {
        int earlier = window >= 0 && window < certain.length ? certain[window] : 0;
        // Of the calls at about the same time, those that were refused may have come after it.
        int before = ofAllCalls ? certainly(begin, call.from()) + 1 : certainly(begin, call.to());
        double least = before + earlier * (1 - (position - window));
        over += (int) Math.max(0, Math.floor(least - limit + 1e-6));
      } else if (call.refused()) {
        double share = 1 - ((call.from() - phase) / period - window);
        double most = possibly(begin, call.to()) + share * possibly(begin - period, begin);
        // The refused call itself would have been one more.
        under += (int) Math.max(0, Math.floor(limit - most + (ofAllCalls ? 1 : 0) + 1e-6));
      }
    }
    return new WindowFit(over, under);
  }

  private int certainly(double begin, double end) {
    int first = Arrays.binarySearch(countedFrom, begin);
    int count = 0;
    for (int i = first < 0 ? -first - 1 : first;
        i < countedFrom.length && countedFrom[i] <= end;
        i++) {
      count += counted.get(i).to() <= end ? 1 : 0;
    }
    return count;
  }

  private int possibly(double begin, double end) {
    return ofAllCalls ? calls.possiblyArrived(begin, end) : calls.possiblyAccepted(begin, end);
  }
}
