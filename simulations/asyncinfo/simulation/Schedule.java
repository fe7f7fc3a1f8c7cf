package asyncinfo.simulation;

import asyncinfo.ratelimit.PlannedCall;
import asyncinfo.ratelimit.Sample;
import asyncinfo.ratelimit.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The planned calls of a run, phase by phase, and the samples on which later phases depend. All
 * times are absolute, so that a late call does not delay the calls after it.
 */
final class Schedule {
  /** Leaves time for all users to wait for their first call of a phase before it is due. */
  private static final long LEAD = Duration.ofMillis(500).toNanos();

  private final Workload workload;
  private final LongSupplier clock;
  private final Listener listener;
  private final List<PlannedPhase> phases = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private long origin;

  private record Connection(String api, int number) {}

  /** A phase with its calls by connection: sessions ask for theirs anew before each call. */
  private record PlannedPhase(long end, Map<Connection, List<PlannedCall>> calls) {}

  /** Receives the start of each phase that sends calls. */
  interface Listener {
    /**
     * Handles the start of a phase.
     *
     * @param number the phase, from 0
     * @param left the time until its planned end
     */
    void phaseBegins(int number, Duration left);
  }

  /**
   * Creates a schedule; its time zero is shortly after the first phase is planned.
   *
   * @param clock nanoseconds from any origin
   */
  Schedule(Workload workload, LongSupplier clock, Listener listener) {
    this.workload = workload;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Returns the calls of a connection in a phase. The first request for a phase plans it, from all
   * samples so far; its callers have to wait until all calls of the phase before it have ended.
   */
  synchronized List<PlannedCall> calls(int phase, String api, int connection) {
    while (phases.size() <= phase) {
      plan(phases.size());
    }
    return phases.get(phase).calls().getOrDefault(new Connection(api, connection), List.of());
  }

  private void plan(int number) {
    if (number == 0) {
      origin = clock.getAsLong() + LEAD;
    }
    long start = number == 0 ? 0 : Math.max(now(), phases.get(number - 1).end()) + LEAD;
    Workload.Phase phase = workload.phase(number, start, List.copyOf(samples));
    long end = phase.end();
    if (phase.calls().isEmpty()) {
      // Keeps the start of the next phase where this one would have begun.
      end = number == 0 ? 0 : phases.get(number - 1).end();
    } else {
      listener.phaseBegins(number, Duration.ofNanos(end - now()));
    }
    phases.add(
        new PlannedPhase(
            end,
            phase.calls().stream()
                .collect(
                    Collectors.groupingBy(call -> new Connection(call.api(), call.connection())))));
  }

  /** Returns the time since the run began, in nanoseconds. */
  long now() {
    return clock.getAsLong() - origin;
  }

  /** Returns the time until a call is due; zero when it is late. */
  Duration untilDue(PlannedCall call) {
    return Duration.ofNanos(Math.max(0, call.at() - now()));
  }

  /** Adds the sample of a call that has ended. */
  synchronized void add(Sample sample) {
    samples.add(sample);
  }

  /** Returns the samples of all calls that have ended, in that order. */
  synchronized List<Sample> samples() {
    return List.copyOf(samples);
  }
}
