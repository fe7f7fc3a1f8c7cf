package asyncinfo.ratelimit;

import asyncinfo.ratelimit.ObservedCalls.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The windows of a clock of the endpoint, compared with the calls at every phase that it may have.
 *
 * @param limit the number of calls in each period
 * @param period in seconds
 * @param parts the number of windows in a period: each begins a part of a period after the one
 *     before it
 */
record WindowClock(int limit, double period, int parts) {
  /** The number of phases at which a clock is tried, for each second of its window. */
  private static final int PHASES_EACH_SECOND = 400;

  /**
   * A window that was sent more calls than the limit.
   *
   * @param begin in seconds from the start of the run
   * @param sent the number of calls that certainly lie in it
   * @param accepted the number of accepted calls in it; where that is uncertain, the one that is
   *     nearest to the limit
   * @param exact whether one call of twenty above the limit would have been seen: as many as the
   *     limit certainly lie in it
   */
  record OverloadedWindow(double begin, int sent, int accepted, boolean exact) {}

  /**
   * The clock of the endpoint, as far as the calls show it.
   *
   * @param phase the phase that agrees best with all calls, in seconds
   * @param evident whether a phase fits all refusals
   * @param excess the number of calls above the limit that no boundary of a window explains
   */
  record Reading(double phase, boolean evident, int excess) {}

  private double width() {
    return period / parts;
  }

  int phases() {
    return Math.max(20, (int) Math.round(width() * PHASES_EACH_SECOND));
  }

  double phase(int number) {
    return width() * number / phases();
  }

  /** Returns whether the calls contradict no window at one of the phases. */
  boolean fits(ObservedCalls calls) {
    return IntStream.range(0, phases()).anyMatch(i -> at(calls, phase(i), 1).fits());
  }

  /** Returns the best fit over all phases of the clock, or another one if none is better. */
  WindowFit best(ObservedCalls calls, WindowFit other) {
    WindowFit best = other;
    for (int i = 0; i < phases() && !best.fits(); i++) {
      WindowFit fit = at(calls, phase(i), best.sum());
      best = fit.sum() < best.sum() ? fit : best;
    }
    return best;
  }

  /**
   * Reads the clock of the endpoint. The refusals at the end of a window and the acceptances after
   * them show its boundary: only a boundary that fits them all explains calls above the limit. If
   * none fits, any boundary may be the right one.
   */
  Reading read(ObservedCalls calls) {
    int[] under =
        IntStream.range(0, phases()).map(i -> under(calls, phase(i), Integer.MAX_VALUE)).toArray();
    int least = Arrays.stream(under).min().orElse(0);
    int[] over = new int[phases()];
    Arrays.setAll(
        over,
        i ->
            least > 0 || under[i] == 0
                ? over(calls, phase(i), Integer.MAX_VALUE)
                : Integer.MAX_VALUE);
    int[] best = new int[phases()];
    Arrays.setAll(best, i -> under[i] == least ? over[i] : Integer.MAX_VALUE);
    return new Reading(
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
    int over = over(calls, phase, bound);
    return over >= bound ? WindowFit.WORST : new WindowFit(over, under(calls, phase, bound - over));
  }

  /**
   * Returns how many accepted calls at least lie above the limit of their windows; the bound or
   * more, if there are as many.
   */
  private int over(ObservedCalls calls, double phase, int bound) {
    return parts == 1
        ? unplaced(calls, phase, bound)
        : Arrays.stream(certain(calls.accepted(), calls.end(), phase))
            .map(count -> Math.max(0, count - limit))
            .sum();
  }

  /**
   * Returns how many calls find no place if each takes one in a window in which it may lie. Windows
   * are filled in order, first with the calls that may not lie in a later one, so none could find
   * more places. A small leak, which each single boundary explains, shows in the windows together.
   */
  private int unplaced(ObservedCalls calls, double phase, int bound) {
    List<Call> accepted = calls.accepted();
    int windows = (int) (calls.end() / period) + 3;
    int[] waiting = new int[windows];
    int unplaced = 0;
    int next = 0;
    int furthest = 0;
    for (int window = 0; window < windows && unplaced < bound; window++) {
      // The calls are in order of the earliest moment at which they may have been decided.
      while (next < accepted.size() && windowOf(accepted.get(next).from(), phase) == window) {
        int latest = windowOf(accepted.get(next++).to(), phase);
        waiting[latest]++;
        furthest = Math.max(furthest, latest);
      }
      int free = limit;
      for (int last = window; last <= furthest && free > 0; last++) {
        int placed = Math.min(free, waiting[last]);
        waiting[last] -= placed;
        free -= placed;
      }
      unplaced += waiting[window];
    }
    return unplaced;
  }

  /** Returns the number of the window of a moment, from 0. */
  private int windowOf(double time, double phase) {
    return Math.max(0, (int) Math.floor((time - phase) / period) + 1);
  }

  /**
   * Returns how many calls certainly lie in each window.
   *
   * @param end the latest moment of any call
   */
  int[] certain(List<Call> some, double end, double phase) {
    double width = width();
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
    int[] sent = certain(calls.all(), calls.end(), phase);
    int[] least = certain(calls.accepted(), calls.end(), phase);
    return IntStream.range(0, sent.length)
        .filter(i -> sent[i] > limit)
        .mapToObj(
            i -> {
              double begin = (i - 1) * period + phase;
              int certainly = i < least.length ? least[i] : 0;
              int possibly = calls.possiblyAccepted(begin, begin + period);
              return new OverloadedWindow(
                  begin,
                  sent[i],
                  Math.max(certainly, Math.min(limit, possibly)),
                  certainly > limit - Math.max(1, limit / 20));
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
    int steps = (int) (calls.end() / period) + 2;
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
    int[] certain = certain(calls.accepted(), calls.end(), phase);
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
