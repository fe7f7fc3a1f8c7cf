package asyncinfo.simulation;

import asyncinfo.ratelimit.PlannedCall;
import asyncinfo.ratelimit.Sample;
import asyncinfo.ratelimit.Workload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Where a run stands in its protocol. Virtual users, one for each connection, ask what to send
 * next; a stage begins when the one before it is over and all its replies are there.
 */
final class Schedule {
  /** Leaves time for all users to be there before the first call of a stage is due. */
  private static final long HEADSTART = Duration.ofMillis(500).toNanos();

  private static final Duration OFTEN = Duration.ofMillis(50);

  private final Workload protocol;
  private final LongSupplier clock;
  private final List<Sample> samples = new ArrayList<>();
  private final Map<String, Deque<PlannedCall>> waiting = new HashMap<>();
  private final Runnable stageBegins;
  private long origin;
  private int next;
  private int open;
  private long end;

  /**
   * A course that has not begun.
   *
   * @param clock nanoseconds from anywhere
   * @param stageBegins told when a stage begins that sends something
   */
  Schedule(Workload protocol, LongSupplier clock, Runnable stageBegins) {
    this.protocol = protocol;
    this.clock = clock;
    this.stageBegins = stageBegins;
  }

  /** What a user has to do next: send, wait and ask again, or go. */
  record Step(Optional<PlannedCall> call, Duration pause, boolean over) {}

  /** The next step of a connection. */
  synchronized Step next(String api, int connection) {
    if (origin == 0) {
      origin = clock.getAsLong() + HEADSTART;
    }
    long now = now();
    while (open == 0 && (next == 0 || now >= end) && next < Workload.PHASES) {
      begin(now);
    }
    PlannedCall call = waiting.getOrDefault(line(api, connection), new ArrayDeque<>()).poll();
    if (call != null) {
      return new Step(Optional.of(call), Duration.ofNanos(Math.max(0, call.at() - now)), false);
    }
    if (over()) {
      return new Step(Optional.empty(), Duration.ZERO, true);
    }
    Duration left = Duration.ofNanos(Math.max(0, end - now));
    return new Step(Optional.empty(), left.compareTo(OFTEN) > 0 ? left : OFTEN, false);
  }

  private void begin(long now) {
    Workload.Phase stage =
        protocol.phase(next, next == 0 ? 0 : now + HEADSTART, List.copyOf(samples));
    next++;
    if (stage.calls().isEmpty()) {
      return;
    }
    stage
        .calls()
        .forEach(
            call ->
                waiting
                    .computeIfAbsent(line(call.api(), call.connection()), l -> new ArrayDeque<>())
                    .add(call));
    open += stage.calls().size();
    end = stage.end();
    stageBegins.run();
  }

  private static String line(String api, int connection) {
    return api + " " + connection;
  }

  /** Nanoseconds since the run began. */
  long now() {
    return clock.getAsLong() - origin;
  }

  /** A call has come to its end. */
  synchronized void add(Sample sample) {
    samples.add(sample);
    open--;
  }

  /** Whether all has been sent, and all replies are there. */
  synchronized boolean over() {
    return open == 0 && next == Workload.PHASES;
  }

  /** All calls so far. */
  synchronized List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** How many stages have begun. */
  synchronized int begun() {
    return next;
  }

  /** How long the stages take that have begun, from now. */
  synchronized Duration left() {
    return Duration.ofNanos(Math.max(0, end - now()));
  }
}
