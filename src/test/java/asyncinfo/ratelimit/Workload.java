package asyncinfo.ratelimit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The calls of a limit simulation: a plan that distinguishes limiters by what they accept. It comes
 * in phases, because a later phase may depend on the outcomes of an earlier one; all APIs are
 * probed concurrently. Times are in periods of an API's limit, so that the same workload serves any
 * limit.
 *
 * <ul>
 *   <li>{@link Probe#WARM_UP}: opens the connections, below the limit, where they are not open yet;
 *   <li>{@link Probe#BURST}: half as much again as the limit at once, three times. The first one is
 *       the first overload after a rest;
 *   <li>only where the first burst alone was accepted whole: {@link Probe#AFTER_REST}, a burst
 *       after a longer rest. A window's boundary cannot fall into both;
 *   <li>only where all calls of all bursts are accepted: {@link Probe#WIDE}, {@link Probe#SINGLE},
 *       {@link Probe#HUGE}, {@link Probe#REPEAT}: more at once, over one connection, and whether
 *       the number is the same each time;
 *   <li>{@link Probe#RECOVERY}: a burst, then a batch each quarter of a period, twice, half a
 *       period apart: the manner in which capacity returns;
 *   <li>{@link Probe#WINDOW_EDGE}: half a limit, a limit, a limit: whether a window follows a
 *       clock, the first request, or each request;
 *   <li>{@link Probe#SUSTAINED}: twice the limit for {@value #SUSTAINED_PERIODS} periods, at all
 *       APIs concurrently: the steady state, and whether they share a budget;
 *   <li>{@link Probe#BELOW}: three quarters of the limit: all calls are accepted again;
 *   <li>{@link Probe#SCOPE}: regions and accounts at the same instant, where there are several.
 * </ul>
 */
public final class Workload {
  /** The number of phases; some may be empty. */
  public static final int PHASES = 4;

  static final int BURSTS = 3;
  static final int REPEATS = 4;
  static final int RECOVERIES = 2;
  static final int RECOVERY_BATCHES = 5;
  static final int WINDOW_EDGES = 3;
  static final int SUSTAINED_PERIODS = 14;
  static final int EXTENDED_PERIODS = 44;
  static final int SCOPES = 2;

  /** The distance in periods by which the probes of one API follow those of the one before it. */
  private static final double STAGGER = 1.2;

  /** The amount of calls. */
  public enum WorkloadSize {
    /** Decides; about 36 periods for two APIs, 38 with a second region or account. */
    STANDARD,
    /** Sustains the overload for 30 more periods, which shows what happens in few of them. */
    EXTENDED
  }

  private final WorkloadSize size;
  private final List<LimitedApi> limitedApis;
  private final Set<Probe> omitted;

  /**
   * A workload.
   *
   * @param limitedApis the APIs to probe concurrently
   */
  public Workload(WorkloadSize size, List<LimitedApi> limitedApis) {
    this(size, limitedApis, EnumSet.noneOf(Probe.class));
  }

  private Workload(WorkloadSize size, List<LimitedApi> limitedApis, Set<Probe> omitted) {
    this.size = size;
    this.limitedApis = List.copyOf(limitedApis);
    this.omitted = omitted;
  }

  /** Returns the workload without a probe, to measure what the verdict loses without it. */
  Workload without(Probe probe) {
    EnumSet<Probe> all = EnumSet.of(probe);
    all.addAll(omitted);
    return new Workload(size, limitedApis, all);
  }

  /** Returns the workload for connections that are open already: it does not open them. */
  public Workload overOpenConnections() {
    return without(Probe.WARM_UP);
  }

  /** Returns the probes that are left out. */
  Set<Probe> omitted() {
    return omitted;
  }

  /** Returns the APIs that are probed. */
  public List<LimitedApi> limitedApis() {
    return limitedApis;
  }

  /** Returns the amount of calls. */
  public WorkloadSize size() {
    return size;
  }

  /**
   * One phase.
   *
   * @param calls the calls, by time
   * @param end the time at which it is over and the next may begin, in nanoseconds from the start
   */
  public record Phase(List<PlannedCall> calls, long end) {}

  /**
   * Plans a phase.
   *
   * @param number from 0
   * @param start when it begins, in nanoseconds from the start of the run: when the phase before it
   *     is over and all its responses have arrived
   * @param samples the samples of the phases before it
   */
  public Phase phase(int number, long start, List<Sample> samples) {
    return switch (number) {
      case 0 -> plan(start, this::bursts, limitedApi -> true);
      case 1 ->
          plan(
              start,
              (schedule, limitedApi) -> {
                if (acceptsAllBursts(limitedApi, samples)) {
                  wideBursts(schedule, limitedApi);
                } else {
                  burstAfterRest(schedule, limitedApi);
                }
              },
              limitedApi ->
                  acceptsAllBursts(limitedApi, samples)
                      || onlyFirstBurstIsWhole(limitedApi, samples));
      case 2 ->
          plan(
              start,
              (schedule, limitedApi) -> hugeBursts(schedule, limitedApi, samples),
              limitedApi -> acceptsAllBursts(limitedApi, samples));
      case 3 -> plan(start, this::recoveryAndSustained, limitedApi -> true);
      default -> throw new IllegalArgumentException("there is no phase " + number);
    };
  }

  private void bursts(ScheduleBuilder schedule, LimitedApi limitedApi) {
    if (!omitted.contains(Probe.WARM_UP)) {
      schedule.evenly(
          ProbeId.of(Probe.WARM_UP), limitedApi.connections(), limitedApi.requests() * 0.75);
      schedule.rest(0.8);
    }
    schedule.rest(0.3);
    for (int i = 1; i <= BURSTS; i++) {
      schedule.atOnce(ProbeId.of(Probe.BURST, i), limitedApi.burst(), 0);
      schedule.rest(2.13);
    }
  }

  private static void wideBursts(ScheduleBuilder schedule, LimitedApi limitedApi) {
    schedule.atOnce(ProbeId.of(Probe.WIDE), wideBurst(limitedApi), 0);
    schedule.rest(3.2);
    schedule.overOneConnection(ProbeId.of(Probe.SINGLE), limitedApi.burst());
    schedule.rest(3.2);
  }

  /** The rest before it, together with the one of the phase before, is at least five periods. */
  private static void burstAfterRest(ScheduleBuilder schedule, LimitedApi limitedApi) {
    schedule.rest(3.3);
    schedule.atOnce(ProbeId.of(Probe.AFTER_REST), limitedApi.burst(), 0);
    schedule.rest(2.13);
  }

  private static void hugeBursts(
      ScheduleBuilder schedule, LimitedApi limitedApi, List<Sample> samples) {
    ProbeStatistics.ProbeCount wide =
        new ProbeStatistics(limitedApi, samples).count(ProbeId.of(Probe.WIDE));
    if (wide.throttled() == 0) {
      schedule.atOnce(ProbeId.of(Probe.HUGE), 13 * limitedApi.requests(), 0);
      schedule.rest(1.5);
      schedule.atOnce(ProbeId.of(Probe.AFTER_HUGE), 2 * limitedApi.requests(), 0);
      schedule.rest(2.5);
      return;
    }
    for (int i = 1; i <= REPEATS; i++) {
      schedule.atOnce(new ProbeId(Probe.REPEAT, i, 0), wide.accepted(), 0);
      schedule.rest(0.1 + 0.5 * i);
      schedule.atOnce(new ProbeId(Probe.REPEAT, i, 1), (wide.accepted() + 2) / 3, 0);
      schedule.rest(2.37);
    }
  }

  private void recoveryAndSustained(ScheduleBuilder schedule, LimitedApi limitedApi) {
    if (!omitted.contains(Probe.RECOVERY)) {
      recoveries(schedule, limitedApi);
    }
    if (!omitted.contains(Probe.WINDOW_EDGE)) {
      windowEdge(schedule, limitedApi);
    }
    if (!omitted.contains(Probe.SUSTAINED)) {
      for (int i = 1; i <= sustainedPeriods(); i++) {
        schedule.evenly(
            ProbeId.of(Probe.SUSTAINED, i), 2 * limitedApi.requests(), 2.0 * limitedApi.requests());
      }
      schedule.rest(1.2);
    }
    if (!omitted.contains(Probe.BELOW)) {
      schedule.evenly(ProbeId.of(Probe.BELOW), limitedApi.requests(), limitedApi.requests() * 0.75);
    }
    if (limitedApi.secondRegion() || limitedApi.secondAccount()) {
      for (int i = 1; i <= SCOPES; i++) {
        schedule.rest(1.5);
        schedule.inAllScopes(ProbeId.of(Probe.SCOPE, i));
      }
    }
    schedule.rest(0.2);
  }

  private static void recoveries(ScheduleBuilder schedule, LimitedApi limitedApi) {
    for (int j = 1; j <= RECOVERIES; j++) {
      schedule.atOnce(new ProbeId(Probe.RECOVERY, j, 0), limitedApi.burst(), 0);
      schedule.rest(0.22);
      for (int k = 1; k <= RECOVERY_BATCHES; k++) {
        schedule.atOnce(
            new ProbeId(Probe.RECOVERY, j, k), limitedApi.batch(), k * limitedApi.batch());
        schedule.rest(0.25);
      }
      // The two begin half a period apart: 2.5 periods.
      schedule.rest(1.03);
    }
  }

  private static void windowEdge(ScheduleBuilder schedule, LimitedApi limitedApi) {
    schedule.atOnce(ProbeId.of(Probe.WINDOW_EDGE, 1), limitedApi.half(), 0);
    schedule.rest(0.85);
    schedule.atOnce(ProbeId.of(Probe.WINDOW_EDGE, 2), limitedApi.requests(), limitedApi.half());
    schedule.rest(0.27);
    schedule.atOnce(ProbeId.of(Probe.WINDOW_EDGE, 3), limitedApi.requests(), 0);
    schedule.rest(1.3);
  }

  int sustainedPeriods() {
    return size == WorkloadSize.STANDARD ? SUSTAINED_PERIODS : EXTENDED_PERIODS;
  }

  static int wideBurst(LimitedApi limitedApi) {
    return limitedApi.requests() * 7 / 2;
  }

  private static boolean onlyFirstBurstIsWhole(LimitedApi limitedApi, List<Sample> samples) {
    ProbeStatistics statistics = new ProbeStatistics(limitedApi, samples);
    return statistics.count(ProbeId.of(Probe.BURST, 1)).whole()
        && IntStream.rangeClosed(2, BURSTS)
            .allMatch(
                i ->
                    statistics.count(ProbeId.of(Probe.BURST, i)).accepted()
                        <= limitedApi.requests());
  }

  /** More at once would add nothing where calls are queued, and would be queued for long. */
  private static boolean acceptsAllBursts(LimitedApi limitedApi, List<Sample> samples) {
    ProbeStatistics statistics = new ProbeStatistics(limitedApi, samples);
    return IntStream.rangeClosed(1, BURSTS)
        .mapToObj(i -> statistics.count(ProbeId.of(Probe.BURST, i)))
        .allMatch(
            b ->
                b.throttled() == 0
                    && b.lost() * 10 <= b.sent()
                    && b.slow() < Math.max(1, limitedApi.requests() / 4));
  }

  private Phase plan(
      long start, BiConsumer<ScheduleBuilder, LimitedApi> plan, Predicate<LimitedApi> applies) {
    List<PlannedCall> calls = new ArrayList<>();
    long end = start;
    int staggered = 0;
    for (LimitedApi limitedApi : limitedApis) {
      if (!applies.test(limitedApi)) {
        continue;
      }
      ScheduleBuilder schedule =
          new ScheduleBuilder(
              limitedApi, start + Math.round(STAGGER * staggered * limitedApi.period()));
      staggered++;
      plan.accept(schedule, limitedApi);
      calls.addAll(schedule.calls());
      end = Math.max(end, schedule.now());
    }
    return new Phase(
        calls.stream().sorted(Comparator.comparingLong(PlannedCall::at)).toList(), end);
  }
}
