package asyncinfo.ratelimit;

import asyncinfo.ratelimit.ObservedCalls.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Compares what was observed with windows of a limiter, call by call. A contradiction is counted
 * only where no moments at which the calls may have been decided avoid it: more calls than the
 * limit lie in one window with certainty, or a call was refused while fewer than the limit can have
 * been accepted in its window.
 *
 * <p>Longer than other classes: each manner of counting is a few lines, and they share how the
 * earliest and the latest moment of a call are chosen.
 *
 * @param over the number of calls above the limit
 * @param under the number of calls below the limit, summed over the refused calls
 */
record WindowFit(int over, int under) {
  /** The number of phases at which a clock is tried, for each second of its window. */
  private static final int PHASES_EACH_SECOND = 400;

  private static final WindowFit WORST = new WindowFit(1_000_000, 1_000_000);

  boolean fits() {
    return over == 0 && under == 0;
  }

  private int sum() {
    return over + under;
  }

  // ---- windows of a clock

  /**
   * A window that was sent more calls than the limit.
   *
   * @param begin in seconds from the start of the run
   * @param sent the number of calls that certainly lie in it
   * @param accepted the number of accepted calls in it; where that is uncertain, the one that is
   *     nearest to the limit
   */
  record OverloadedWindow(double begin, int sent, int accepted) {}

  /**
   * The clock of the endpoint, as far as the calls show it.
   *
   * @param phase the phase that agrees best with all calls, in seconds
   * @param evident whether a phase fits all refusals
   * @param excess the number of calls above the limit that no boundary of a window explains
   */
  record ClockReading(double phase, boolean evident, int excess) {}

  /** The windows of a clock: each begins a part of a period after the one before it. */
  record Clock(int limit, double period, int parts) {
    private double width() {
      return period / parts;
    }

    private int phases() {
      return Math.max(20, (int) Math.round(width() * PHASES_EACH_SECOND));
    }

    private double phase(int number) {
      return width() * number / phases();
    }

    /** Returns the best fit over all phases of the clock. */
    WindowFit best(ObservedCalls calls) {
      WindowFit best = WORST;
      for (int i = 0; i < phases() && !best.fits(); i++) {
        WindowFit fit = at(calls, phase(i), best.sum());
        best = fit.sum() < best.sum() ? fit : best;
      }
      return best;
    }

    /**
     * Reads the clock of the endpoint. The refusals at the end of a window and the acceptances
     * after them show its boundary: only a boundary that fits them all explains calls above the
     * limit. If none fits, any boundary may be the right one.
     */
    ClockReading read(ObservedCalls calls) {
      int[] under =
          IntStream.range(0, phases())
              .map(i -> under(calls, phase(i), Integer.MAX_VALUE))
              .toArray();
      int least = Arrays.stream(under).min().orElse(0);
      int[] over = new int[phases()];
      Arrays.setAll(
          over, i -> least > 0 || under[i] == 0 ? over(calls, phase(i)) : Integer.MAX_VALUE);
      int[] best = new int[phases()];
      Arrays.setAll(best, i -> under[i] == least ? over[i] : Integer.MAX_VALUE);
      return new ClockReading(
          phase(middleOfLongest(best, Arrays.stream(best).min().orElse(0))),
          least == 0,
          Arrays.stream(over).min().orElse(0));
    }

    /** Returns the middle of the longest stretch of a circle that has a value. */
    private static int middleOfLongest(int[] circle, int value) {
      int n = circle.length;
      int best = 0;
      int longest = 0;
      for (int i = 0; i < n; i++) {
        int length = 0;
        while (length < n && circle[(i + length) % n] == value) {
          length++;
        }
        if (length > longest) {
          longest = length;
          best = (i + length / 2) % n;
        }
      }
      return best;
    }

    private WindowFit at(ObservedCalls calls, double phase, int bound) {
      int over = over(calls, phase);
      return over >= bound ? WORST : new WindowFit(over, under(calls, phase, bound - over));
    }

    private int over(ObservedCalls calls, double phase) {
      return Arrays.stream(certain(calls.accepted(), phase))
          .map(count -> Math.max(0, count - limit))
          .sum();
    }

    /** Returns how many calls certainly lie in each window. */
    private int[] certain(List<Call> some, double phase) {
      double width = width();
      double end = some.stream().mapToDouble(Call::to).max().orElse(0);
      int windows = (int) (end / width) + 3;
      int[] counts = new int[windows + parts];
      for (Call call : some) {
        int first = (int) Math.floor((call.to() - phase) / width) - parts + 1;
        int last = (int) Math.floor((call.from() - phase) / width);
        for (int j = first; j <= last; j++) {
          counts[j + parts]++;
        }
      }
      return counts;
    }

    private int under(ObservedCalls calls, double phase, int bound) {
      double width = width();
      List<Call> refused = calls.refused();
      int under = 0;
      int current = Integer.MIN_VALUE;
      int before = 0;
      for (int i = 0; i < refused.size() && under <= bound; i++) {
        int window = (int) Math.floor((refused.get(i).from() - phase) / width);
        // Refusals are in order, so those of a window follow each other.
        if (window != current) {
          current = window;
          before = calls.certainlyAcceptedBefore((window - parts + 1) * width + phase);
        }
        under += Math.max(0, limit - (calls.possiblyAcceptedBeforeRefusal(i) - before));
      }
      return under;
    }

    /** Returns the windows that certainly were sent more calls than the limit. */
    List<OverloadedWindow> overloaded(ObservedCalls calls, double phase) {
      int[] sent = certain(calls.all(), phase);
      int[] least = certain(calls.accepted(), phase);
      return IntStream.range(0, sent.length)
          .filter(i -> sent[i] > limit)
          .mapToObj(
              i -> {
                double begin = (i - 1) * period + phase;
                int certainly = i < least.length ? least[i] : 0;
                int possibly = calls.possiblyAccepted(begin, begin + period);
                return new OverloadedWindow(
                    begin, sent[i], Math.max(certainly, Math.min(limit, possibly)));
              })
          .toList();
    }

    /**
     * Returns, for each window with refusals, how many calls were accepted that certainly arrived
     * after the first refusal, in the same window.
     */
    List<Integer> acceptedAfterRefusal(ObservedCalls calls, double phase) {
      Map<Integer, Double> firstRefusal = new TreeMap<>();
      Map<Integer, Integer> after = new TreeMap<>();
      for (Call call : calls.refused()) {
        int window = window(call, phase);
        if (window >= 0) {
          firstRefusal.merge(window, call.to(), Math::min);
          after.putIfAbsent(window, 0);
        }
      }
      for (Call call : calls.accepted()) {
        int window = window(call, phase);
        if (window >= 0 && call.from() > firstRefusal.getOrDefault(window, Double.MAX_VALUE)) {
          after.merge(window, 1, Integer::sum);
        }
      }
      return List.copyOf(after.values());
    }

    /** Returns the window in which a call certainly lies, or -1. */
    private int window(Call call, double phase) {
      int first = (int) Math.floor((call.from() - phase) / period);
      return first == (int) Math.floor((call.to() - phase) / period) ? first : -1;
    }

    // ---- a clock that steps

    private static final int SHORTEST_STRETCH = 2;
    private static final int LONGEST_STEP = 2;
    private static final double SMALLEST_CHANGE = 0.05;

    /**
     * Returns whether the clock explains everything if it steps now and then: each stretch between
     * two steps lasts several periods and has an overload, and its windows begin at another phase
     * than those before. The windows around a step are left aside.
     */
    boolean fitsInStretches(ObservedCalls calls, double phase) {
      int n = phases();
      double end = calls.all().stream().mapToDouble(Call::to).max().orElse(0);
      int steps = (int) (end / period) + 2;
      int[][] contradictions = new int[n][];
      for (int i = 0; i < n; i++) {
        contradictions[i] = sums(contradictions(calls, phase(i)), steps);
      }
      int[] overloads =
          sums(
              overloaded(calls, phase).stream().mapToDouble(OverloadedWindow::begin).toArray(),
              steps);
      boolean[][] explained = new boolean[steps + 1][];
      for (int to = 0; to <= steps; to++) {
        explained[to] = new boolean[n];
        for (int from = 0; from + SHORTEST_STRETCH <= to; from++) {
          if (overloads[to] == overloads[from] && to < steps) {
            continue;
          }
          int[] before = new int[n];
          for (int gap = 1; gap <= LONGEST_STEP && gap <= from; gap++) {
            for (int i = 0; i < n; i++) {
              before[i] += explained[from - gap][i] ? 1 : 0;
            }
          }
          boolean[] mayFollow = from == 0 ? null : farFrom(before);
          for (int i = 0; i < n; i++) {
            explained[to][i] |=
                contradictions[i][to] == contradictions[i][from]
                    && (mayFollow == null || mayFollow[i]);
          }
        }
      }
      for (boolean one : explained[steps]) {
        if (one) {
          return true;
        }
      }
      return false;
    }

    /** Returns, for each phase, whether one before the step is different enough. */
    private static boolean[] farFrom(int[] before) {
      int n = before.length;
      int least = (int) (SMALLEST_CHANGE * n);
      int all = Arrays.stream(before).sum();
      boolean[] far = new boolean[n];
      int near = 0;
      for (int d = -least; d <= least; d++) {
        near += before[Math.floorMod(d, n)];
      }
      for (int i = 0; i < n; i++) {
        far[i] = all > near;
        near += before[(i + least + 1) % n] - before[Math.floorMod(i - least, n)];
      }
      return far;
    }

    /** Returns how many times come before the beginning of each period. */
    private int[] sums(double[] times, int periods) {
      int[] sums = new int[periods + 1];
      for (double time : times) {
        int step = Math.min(periods - 1, Math.max(0, (int) Math.floor(time / period)));
        sums[step + 1]++;
      }
      for (int i = 1; i <= periods; i++) {
        sums[i] += sums[i - 1];
      }
      return sums;
    }

    /** Returns the beginnings of the windows in which a contradiction lies, in order. */
    private double[] contradictions(ObservedCalls calls, double phase) {
      List<Double> begins = new ArrayList<>();
      int[] certain = certain(calls.accepted(), phase);
      for (int i = 0; i < certain.length; i++) {
        if (certain[i] > limit) {
          begins.add((i - parts) * width() + phase);
        }
      }
      for (Call call : calls.refused()) {
        double begin = Math.floor((call.from() - phase) / period) * period + phase;
        if (calls.possiblyAccepted(begin, call.to()) < limit) {
          begins.add(begin);
        }
      }
      return begins.stream().mapToDouble(d -> d).sorted().toArray();
    }
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
    return new WindowFit(over + overInAnyPeriod(calls.accepted(), limit, period), under);
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
      WindowFit window = opened(calls, i, earlierEnd[i], limit, period);
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
        if (sum < cost[j]) {
          cost[j] = sum;
          costOver[j] = over;
          earlierEnd[j] = all.get(i).to() + period;
        }
      }
      if (!followed && sum < best.sum()) {
        best = new WindowFit(over, sum - over);
      }
    }
    return best;
  }

  private static WindowFit opened(
      ObservedCalls calls, int opener, double earlierEnd, int limit, double period) {
    List<Call> all = calls.all();
    Call first = all.get(opener);
    double certainFrom = Math.max(first.from(), earlierEnd);
    double certainTo = first.from() + period;
    int through = 0;
    int under = 0;
    for (int k = opener; k < all.size() && all.get(k).from() < certainTo; k++) {
      Call call = all.get(k);
      if (call.from() < certainFrom || call.to() >= certainTo) {
        continue;
      }
      if (call.accepted()) {
        through++;
      } else if (call.refused()) {
        under += Math.max(0, limit - calls.possiblyAccepted(first.from(), call.to()));
      }
    }
    return new WindowFit(Math.max(0, through - limit), under);
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
      double latest = 0;
      int worst = 0;
      for (int j = i; j < accepted.size(); j++) {
        latest = Math.max(latest, accepted.get(j).to());
        double most = size + perSecond * (latest - accepted.get(i).from());
        worst = Math.max(worst, (int) Math.ceil(j - i + 1 - most - 1e-6));
      }
      over += worst;
    }
    return new WindowFit(over, underBucket(calls, size, perSecond));
  }

  private static int underBucket(ObservedCalls calls, int size, double perSecond) {
    List<Call> possible = calls.all().stream().filter(c -> !c.refused()).toList();
    int under = 0;
    for (Call call : calls.refused()) {
      double used = 0;
      int count = 0;
      for (int i = possible.size() - 1; i >= 0; i--) {
        Call earlier = possible.get(i);
        if (earlier.from() > call.to()) {
          continue;
        }
        count++;
        used = Math.max(used, count - perSecond * Math.max(0, call.from() - earlier.to()));
      }
      under += (int) Math.max(0, Math.floor(size - used + 1e-6));
    }
    return under;
  }

  // ---- two windows, weighted

  /**
   * Compares with a window of a clock that also counts the one before it, by the part of it that
   * lies within the last period.
   *
   * @param ofAllCalls whether refused calls count too
   */
  static WindowFit slidingCounter(
      ObservedCalls calls, int limit, double period, boolean ofAllCalls) {
    WindowFit best = WORST;
    Clock clock = new Clock(limit, period, 1);
    for (int i = 0; i < clock.phases() && !best.fits(); i++) {
      WindowFit fit = weighted(calls, clock, clock.phase(i), ofAllCalls, best.sum());
      best = fit.sum() < best.sum() ? fit : best;
    }
    return best;
  }

  private static WindowFit weighted(
      ObservedCalls calls, Clock clock, double phase, boolean ofAllCalls, int bound) {
    double period = clock.period();
    List<Call> counted = ofAllCalls ? calls.all() : calls.accepted();
    double[] from = counted.stream().mapToDouble(Call::from).toArray();
    int[] least = clock.certain(counted, phase);
    int over = 0;
    int under = 0;
    for (Call call : calls.all()) {
      if (over + under > bound) {
        break;
      }
      double position = (call.to() - phase) / period;
      int window = (int) Math.floor(position);
      if (window != (int) Math.floor((call.from() - phase) / period)) {
        continue;
      }
      double begin = window * period + phase;
      if (call.accepted()) {
        int before = 0;
        int first = Arrays.binarySearch(from, begin);
        for (int k = first < 0 ? -first - 1 : first; k < from.length && from[k] <= call.to(); k++) {
          before += counted.get(k).to() <= call.to() ? 1 : 0;
        }
        int earlier = window >= 0 && window < least.length ? least[window] : 0;
        double estimate = before + earlier * (1 - (position - window));
        over += (int) Math.max(0, Math.floor(estimate - clock.limit() + 1e-6));
      } else if (call.refused()) {
        double share = 1 - ((call.from() - phase) / period - window);
        double most =
            ofAllCalls
                ? calls.possiblyArrived(begin, call.to())
                    + share * calls.possiblyArrived(begin - period, begin)
                : calls.possiblyAccepted(begin, call.to())
                    + 1
                    + share * calls.possiblyAccepted(begin - period, begin);
        under += (int) Math.max(0, Math.floor(clock.limit() - most + 1 - 1e-6));
      }
    }
    return new WindowFit(over, under);
  }
}
