package asyncinfo.ratelimit;

import asyncinfo.ratelimit.ObservedCalls.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Compares what was observed with windows of a limiter, call by call. A contradiction is counted
 * only where no moments at which the calls may have been decided avoid it: more calls than the
 * limit lie in one window with certainty, or a call was refused while fewer than the limit can have
 * been accepted in its window.
 *
 * @param over the number of calls above the limit
 * @param under the number of calls below the limit, summed over the refused calls
 */
record WindowFit(int over, int under) {
  static final WindowFit WORST = new WindowFit(1_000_000, 1_000_000);

  boolean fits() {
    return over == 0 && under == 0;
  }

  int sum() {
    return over + under;
  }

  WindowFit and(WindowFit other) {
    return new WindowFit(over + other.over, under + other.under);
  }

  // ---- calls after a rest

  /**
   * Compares calls before which none was sent for two periods with any window that no clock begins:
   * in the first period as many as the limit are accepted, and only after them calls are refused.
   */
  static WindowFit afterRest(ObservedCalls calls, int limit, double period) {
    int over = 0;
    int under = 0;
    List<Call> all = calls.all();
    double lastEnd = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < all.size(); i++) {
      double begin = all.get(i).from();
      if (begin >= lastEnd + 2 * period) {
        int accepted = 0;
        double firstRefusal = Double.MAX_VALUE;
        for (int k = i; k < all.size() && all.get(k).from() < begin + period; k++) {
          Call call = all.get(k);
          accepted += call.accepted() && call.to() < begin + period ? 1 : 0;
          firstRefusal = call.refused() ? Math.min(firstRefusal, call.to()) : firstRefusal;
        }
        over += Math.max(0, accepted - limit);
        if (firstRefusal < Double.MAX_VALUE) {
          under += Math.max(0, limit - calls.possiblyAccepted(begin, firstRefusal));
        }
      }
      lastEnd = Math.max(lastEnd, all.get(i).to());
    }
    return new WindowFit(over, under);
  }

  // ---- a log of calls

  /** Compares with a log: a limit in any stretch of a period. */
  static WindowFit slidingLog(ObservedCalls calls, int limit, double period) {
    int under = 0;
    for (Call call : calls.refused()) {
      under += Math.max(0, limit - calls.possiblyAccepted(call.from() - period, call.to()));
    }
    return new WindowFit(overInAnyPeriod(calls.accepted(), limit, period), under);
  }

  /**
   * Returns whether a limiter without a clock explains each refusal, whatever it lets through: a
   * log, or windows that a call opens.
   */
  static boolean explainsRefusalsWithoutClock(ObservedCalls calls, int limit, double period) {
    return slidingLog(calls, limit, period).under() == 0
        || openedByFirstCall(calls, limit, Integer.MAX_VALUE, period).fits();
  }

  /** Compares with a log in which refused calls count too. */
  static WindowFit slidingLogOfAllCalls(ObservedCalls calls, int limit, double period) {
    int under = 0;
    for (Call call : calls.refused()) {
      // The call itself is one of them.
      under += Math.max(0, limit + 1 - calls.possiblyArrived(call.from() - period, call.to()));
    }
    int over = 0;
    for (Call call : calls.accepted()) {
      int before = 0;
      for (Call other : calls.all()) {
        if (other.from() >= call.from()) {
          break;
        }
        before += other.from() >= call.to() - period && other.to() < call.from() ? 1 : 0;
      }
      over += Math.max(0, before + 1 - limit);
    }
    return new WindowFit(over + overInAnyPeriod(calls.accepted(), limit, period), under)
        .and(afterRest(calls, limit, period));
  }

  private static int overInAnyPeriod(List<Call> accepted, int limit, double period) {
    int over = 0;
    for (int i = 0; i < accepted.size(); i++) {
      double begin = accepted.get(i).from();
      int count = 0;
      for (int j = i; j < accepted.size() && accepted.get(j).from() < begin + period; j++) {
        count += accepted.get(j).to() < begin + period ? 1 : 0;
      }
      over += Math.max(0, count - limit);
    }
    return over;
  }

  // ---- a window that a call opens

  /** Compares with windows each of which the first call after the one before it opens. */
  static WindowFit openedByFirstCall(ObservedCalls calls, int limit, double period) {
    WindowFit fit = openedByFirstCall(calls, limit, limit, period);
    return fit.and(new WindowFit(overSinceRest(calls, limit, period), 0));
  }

  /**
   * Returns how many accepted calls are too many for windows that follow each other after a rest,
   * one in each period. A small leak, which the boundary of each single window explains, shows in
   * the windows together.
   */
  private static int overSinceRest(ObservedCalls calls, int limit, double period) {
    int most = 0;
    int over = 0;
    double begin = 0;
    double lastEnd = Double.NEGATIVE_INFINITY;
    List<Double> ends = new ArrayList<>();
    for (Call call : calls.all()) {
      if (call.from() >= lastEnd + period) {
        over += most;
        most = 0;
        ends.clear();
        begin = call.from();
      }
      lastEnd = Math.max(lastEnd, call.to());
      if (call.accepted()) {
        int at = Collections.binarySearch(ends, call.to());
        ends.add(at < 0 ? -at - 1 : at, call.to());
        // Those that end later than this call may count in more windows.
        for (int i = at < 0 ? -at - 1 : at; i < ends.size(); i++) {
          int windows = (int) Math.floor((ends.get(i) - begin) / period) + 1;
          most = Math.max(most, i + 1 - limit * windows);
        }
      }
    }
    return over + most;
  }

  /**
   * Compares with such windows.
   *
   * @param least the number of accepted calls after which a window may refuse
   * @param most the number of calls that a window may accept
   */
  private static WindowFit openedByFirstCall(
      ObservedCalls calls, int least, int most, double period) {
    List<Call> all = calls.all();
    int n = all.size();
    int[] cost = new int[n];
    int[] costOver = new int[n];
    double[] earlierEnd = new double[n];
    Arrays.fill(cost, Integer.MAX_VALUE);
    if (n == 0) {
      return new WindowFit(0, 0);
    }
    double firstEnd = all.stream().mapToDouble(Call::to).min().orElse(0);
    for (int i = 0; i < n && all.get(i).from() <= firstEnd; i++) {
      cost[i] = 0;
      earlierEnd[i] = Double.NEGATIVE_INFINITY;
    }
    WindowFit best = WORST;
    for (int i = 0; i < n; i++) {
      if (cost[i] == Integer.MAX_VALUE) {
        continue;
      }
      WindowFit window = opened(calls, i, earlierEnd[i], least, most, period);
      int sum = cost[i] + window.sum();
      int over = costOver[i] + window.over();
      double latestNext = Double.MAX_VALUE;
      boolean followed = false;
      for (int j = i + 1; j < n && all.get(j).from() <= latestNext; j++) {
        Call next = all.get(j);
        if (next.to() < all.get(i).from() + period) {
          continue;
        }
        if (next.from() >= all.get(i).to() + period) {
          latestNext = Math.min(latestNext, next.to());
          followed = true;
        }
        double end = all.get(i).to() + period;
        if (sum < cost[j] || (sum == cost[j] && end > earlierEnd[j])) {
          cost[j] = sum;
          costOver[j] = over;
          earlierEnd[j] = end;
        }
      }
      if (!followed && sum < best.sum()) {
        best = new WindowFit(over, sum - over);
      }
    }
    return best;
  }

  private static WindowFit opened(
      ObservedCalls calls, int opener, double earlierEnd, int least, int most, double period) {
    List<Call> all = calls.all();
    Call first = all.get(opener);
    double certainTo = first.from() + period;
    int through = 0;
    int under = 0;
    int begin = opener;
    // What comes after the window before comes after the opener, too.
    while (begin > 0 && all.get(begin - 1).from() >= earlierEnd) {
      begin--;
    }
    for (int k = begin; k < all.size() && all.get(k).from() < certainTo; k++) {
      Call call = all.get(k);
      if (call.from() < earlierEnd || call.to() >= certainTo) {
        continue;
      }
      if (call.accepted()) {
        through++;
      } else if (call.refused()) {
        under += Math.max(0, least - calls.possiblyAccepted(first.from(), call.to()));
      }
    }
    return new WindowFit(Math.max(0, through - most), under);
  }

  // ---- a bucket

  /**
   * Compares with a bucket of tokens.
   *
   * @param perSecond the number of tokens that are added each second
   */
  static WindowFit tokenBucket(ObservedCalls calls, int size, double perSecond) {
    int over = 0;
    List<Call> accepted = calls.accepted();
    for (int i = 0; i < accepted.size(); i++) {
      double begin = accepted.get(i).from();
      double latest = 0;
      double worst = 0;
      for (int j = i; j < accepted.size(); j++) {
        latest = Math.max(latest, accepted.get(j).to());
        worst = Math.max(worst, j - i + 1 - size - perSecond * (latest - begin));
      }
      over += (int) Math.ceil(worst - 1e-6);
    }
    return new WindowFit(over, underBucket(calls, size, perSecond));
  }

  private static int underBucket(ObservedCalls calls, int size, double perSecond) {
    List<Call> possible = calls.all().stream().filter(c -> !c.refused()).toList();
    int under = 0;
    for (int refusal = 0; refusal < calls.refused().size(); refusal++) {
      double from = calls.refused().get(refusal).from();
      double used = 0;
      int before = calls.possiblyAcceptedBeforeRefusal(refusal);
      for (int i = before - 1; i >= 0; i--) {
        used = Math.max(used, before - i - perSecond * Math.max(0, from - possible.get(i).to()));
      }
      under += (int) Math.max(0, Math.floor(size - used + 1e-6));
    }
    return under;
  }
}
