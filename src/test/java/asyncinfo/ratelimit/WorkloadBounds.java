package asyncinfo.ratelimit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The size and duration of a workload, and what a compliant limiter accepts of it. */
public final class WorkloadBounds {
  /** Requests in a period; jitter and the granularity of 1 / (2 limits) are below, 1 is above. */
  private static final double TOLERANCE = 0.6;

  private final Workload workload;

  /** Bounds of a workload. */
  public WorkloadBounds(Workload workload) {
    this.workload = workload;
  }

  /** Returns the calls that are sent where bursts are refused in part, as promised. */
  public List<PlannedCall> usualCalls() {
    return usual().stream().flatMap(phase -> phase.calls().stream()).toList();
  }

  /**
   * Returns how many calls a compliant limiter is sent: one more burst each where a window's
   * boundary falls into the first one.
   */
  public Range calls() {
    int usual = usualCalls().size();
    return new Range(
        usual, usual + workload.limitedApis().stream().mapToInt(LimitedApi::burst).sum());
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

  /** Returns the largest number of calls that the APIs are sent. */
  public int mostCalls() {
    return longest().stream().mapToInt(phase -> phase.calls().size()).sum();
  }

  /**
   * A number of calls.
   *
   * @param least no fewer
   * @param most no more
   */
  public record Range(int least, int most) {}

  /**
   * Returns the number of accepted calls, all rounds of a probe together, that a compliant limiter
   * keeps to; only for probes of which it can be stated in advance. Of {@link Probe#SUSTAINED} it
   * is about {@link #isSteady} rounds. One response in twenty-five may be lost.
   */
  public Map<Probe, Range> accepted(LimitedApi limitedApi) {
    int limit = limitedApi.requests();
    int burst = limitedApi.burst();
    Map<Probe, Range> ranges = new EnumMap<>(Probe.class);
    // The boundary of a window may fall into a burst, and the rest of it is accepted. Bursts come
    // at different phases of the window, so that one of them at least is without.
    ranges.put(
        Probe.BURST,
        new Range(
            Workload.BURSTS * limit - lost(Workload.BURSTS * burst),
            limit + (Workload.BURSTS - 1) * burst));
    // In the steady state each period adds a limit, whatever the limiter. One more or one less in
    // each period would be outside.
    int periods = workload.sustainedPeriods() - 1;
    ranges.put(
        Probe.SUSTAINED,
        new Range(
            (int) Math.ceil(periods * (limit - TOLERANCE)),
            (int) Math.floor(periods * (limit + TOLERANCE))));
    ranges.put(Probe.BELOW, new Range(limit - lost(limit), limit));
    int identities = 1 + (limitedApi.secondRegion() ? 1 : 0) + (limitedApi.secondAccount() ? 1 : 0);
    if (identities > 1) {
      int budgets = Workload.SCOPES * identities;
      int sent = budgets * limitedApi.over();
      ranges.put(Probe.SCOPE, new Range(budgets * limit - lost(sent), sent));
    }
    return ranges;
  }

  private static int lost(int sent) {
    return Math.max(2, sent / 25);
  }

  /**
   * Returns whether a probe belongs to the steady state of the sustained overload: its first period
   * may use what a window or a bucket has left.
   */
  public static boolean isSteady(ProbeId id) {
    return id.probe() == Probe.SUSTAINED && id.round() > 1;
  }
}
