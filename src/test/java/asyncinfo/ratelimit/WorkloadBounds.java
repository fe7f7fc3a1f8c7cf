package asyncinfo.ratelimit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The size and duration of a workload, and what a compliant limiter accepts of it. */
public final class WorkloadBounds {
  private final Workload workload;

  /** Bounds of a workload. */
  public WorkloadBounds(Workload workload) {
    this.workload = workload;
  }

  /** Returns the calls that are sent where bursts are refused in part, as promised. */
  public List<PlannedCall> usualCalls() {
    return usual().stream().flatMap(phase -> phase.calls().stream()).toList();
  }

  /** Returns the duration of these calls, in nanoseconds. */
  public long usualDuration() {
    return usual().get(1).end();
  }

  private List<Workload.Phase> usual() {
    Workload.Phase first = workload.phase(0, 0, List.of());
    return List.of(first, workload.phase(Workload.PHASES - 1, first.end(), List.of()));
  }

  /** Returns the phases where no call is ever refused, which are the longest. */
  private List<Workload.Phase> longest() {
    List<Workload.Phase> phases = new ArrayList<>();
    long end = 0;
    for (int i = 0; i < Workload.PHASES; i++) {
      Workload.Phase phase = workload.phase(i, end, List.of());
      phases.add(phase);
      end = phase.end();
    }
    return phases;
  }

  /** Returns the longest duration, in nanoseconds. */
  public long longestDuration() {
    return longest().get(Workload.PHASES - 1).end();
  }

  /** Returns the largest number of calls that an API is sent. */
  public int mostCalls(LimitedApi limitedApi) {
    return (int)
        longest().stream()
            .flatMap(phase -> phase.calls().stream())
            .filter(call -> call.api().equals(limitedApi.api()))
            .count();
  }

  /**
   * A number of calls.
   *
   * @param least no fewer
   * @param most no more
   */
  public record Range(int least, int most) {}

  /**
   * Returns the number of accepted calls that every compliant limiter keeps to, for the probes that
   * allow to state it in advance; one response of each may be lost.
   */
  public Map<ProbeId, Range> accepted(LimitedApi limitedApi) {
    Map<ProbeId, Range> ranges = new LinkedHashMap<>();
    for (int i = 1; i <= Workload.BURSTS; i++) {
      // A window's boundary may fall into a burst.
      ranges.put(
          ProbeId.of(Probe.BURST, i),
          new Range(Math.max(1, limitedApi.requests() - 1), limitedApi.burst()));
    }
    ranges.put(
        ProbeId.of(Probe.WINDOW_EDGE, 1),
        new Range(Math.max(1, limitedApi.half() - 1), limitedApi.half()));
    ranges.put(
        ProbeId.of(Probe.BELOW),
        new Range(Math.max(1, limitedApi.requests() - 1), limitedApi.requests()));
    return ranges;
  }

  /**
   * Returns the number of accepted calls of the whole sustained overload: a limit for each period,
   * and at most one more where the windows do not begin with the overload; two responses may be
   * lost.
   */
  public Range sustained(LimitedApi limitedApi) {
    int periods = workload.sustainedPeriods();
    return new Range(periods * limitedApi.requests() - 2, (periods + 1) * limitedApi.requests());
  }
}
