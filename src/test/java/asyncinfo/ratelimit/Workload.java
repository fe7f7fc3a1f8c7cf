package asyncinfo.ratelimit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What is sent when, so that the answers tell one limiter from another. Stage by stage, for what
 * comes next may depend on what was seen; all APIs side by side. Times are in periods of an API's
 * limit, so that the same protocol serves any limit.
 *
 * <ul>
 *   <li>{@link #WARM_UP}: opens connections and warms both ends, never above the limit; not judged;
 *   <li>{@link #BELOW}: three quarters of the limit, evenly: nothing may be refused;
 *   <li>{@link #BURST}: bursts of half as much again at three phases of the second: how many get
 *       through at once;
 *   <li>where all of them did: {@link #WIDE}, {@link #SINGLE}, {@link #HUGE}, {@link #REPEAT}: more
 *       at once, over one connection, and whether the number is the same each time;
 *   <li>{@link #RECOVERY}: a burst, then feelers every quarter of a period, twice, half a period
 *       apart: how capacity comes back;
 *   <li>{@link #WINDOW_EDGE}: half a limit, a limit, a limit: whether a window follows a clock, the
 *       first request, or each request;
 *   <li>{@link #TOGETHER}: all APIs at the same instant: whether they share a budget;
 *   <li>{@link #SCOPE}: regions and accounts at the same instant, where there are several;
 *   <li>{@link #SUSTAINED} (full protocol): twice the limit for three periods, and a burst after
 *       it.
 * </ul>
 */
public final class Workload {
  /** Opens connections and warms both ends. */
  public static final String WARM_UP = "warm-up";

  /** Three quarters of the limit. */
  public static final String BELOW = "below";

  /** Bursts of half as much again as the limit: {@code burst 1} to {@code burst 3}. */
  public static final String BURST = "burst";

  /** Three and a half limits at once. */
  public static final String WIDE = "wide burst";

  /** A burst over a single connection, one call after another. */
  public static final String SINGLE = "one connection";

  /** Thirteen limits at once. */
  public static final String HUGE = "huge burst";

  /** Two limits at once, a while after the thirteen. */
  public static final String AFTER_HUGE = "after huge burst";

  /**
   * As many at once as got through of the wide burst, and a third of it a while later: {@code
   * repeat 1.0}, {@code repeat 1.1} and so on.
   */
  public static final String REPEAT = "repeat";

  /** A burst and what comes after it: {@code trace 1.0} is the burst, {@code trace 1.1} follows. */
  public static final String RECOVERY = "trace";

  /** Half a limit, a limit and a limit: {@code halves 1} to {@code halves 3}. */
  public static final String WINDOW_EDGE = "halves";

  /** All APIs at the same instant: {@code together 1} and {@code together 2}. */
  public static final String TOGETHER = "together";

  /** Regions and accounts at the same instant: {@code scope 1} and {@code scope 2}. */
  public static final String SCOPE = "scope";

  /** Twice the limit for three periods, by quarters of a period: {@code sustained 1} and so on. */
  public static final String SUSTAINED = "hammer";

  /** A burst after the hammer. */
  public static final String AFTER_SUSTAINED = "after hammer";

  /** The number of stages; some may be empty. */
  public static final int STAGES = 4;

  static final int BURSTS = 3;
  static final int REPEATS = 4;
  static final int RECOVERIES = 2;
  static final int RECOVERY_BATCHES = 8;
  static final int TOGETHERS = 2;
  static final int SCOPES = 2;
  static final int QUARTERS = 12;

  /** How far one API's probes lie behind those of the one before it, in periods. */
  private static final double STAGGER = 1.2;

  /** How much is sent. */
  public enum WorkloadSize {
    /** Decides; about half a minute. */
    STANDARD,
    /** Also hammers, which costs 8 more periods and shows counters that are shared lazily. */
    EXTENDED
  }

  private final WorkloadSize size;
  private final List<LimitedApi> limitedApis;

  /**
   * A protocol.
   *
   * @param limitedApis the APIs to probe side by side
   */
  public Workload(WorkloadSize size, List<LimitedApi> limitedApis) {
    this.size = size;
    this.limitedApis = List.copyOf(limitedApis);
  }

  /** The APIs that are probed. */
  public List<LimitedApi> limitedApis() {
    return limitedApis;
  }

  /** How much is sent. */
  public WorkloadSize size() {
    return size;
  }

  /**
   * One stage.
   *
   * @param calls the calls, by time
   * @param end when it is over, and the next may be asked for, in nanoseconds from the start
   */
  public record Phase(List<PlannedCall> calls, long end) {}

  /**
   * The shots of a stage.
   *
   * @param number from 0
   * @param start when it begins, in nanoseconds from the start of the run: when the one before it
   *     is over and all its replies are there
   * @param seen the samples of the stages before it
   */
  public Phase stage(int number, long start, List<Sample> seen) {
    return switch (number) {
      case 0 -> open(start);
      case 1 -> wide(start, seen);
      case 2 -> huge(start, seen);
      case 3 -> rest(start);
      default -> throw new IllegalArgumentException("there is no stage " + number);
    };
  }

  private Phase open(long start) {
    return each(
        start,
        (script, limitedApi) -> {
          script.evenly(WARM_UP, limitedApi.connections(), limitedApi.requests() * 0.75);
          script.rest(1.1);
          int half = (limitedApi.connections() + 1) / 2;
          script.atOnce(WARM_UP, half, 0);
          script.rest(1.1);
          script.atOnce(WARM_UP, limitedApi.connections() - half, half);
          script.rest(1.1);
          script.evenly(BELOW, limitedApi.below(), Math.max(1, limitedApi.requests() * 0.75));
          script.rest(2.3);
          for (int i = 1; i <= BURSTS; i++) {
            script.atOnce(BURST + " " + i, limitedApi.burst(), 0);
            script.rest(2.37);
          }
        },
        limitedApi -> true);
  }

  private Phase wide(long start, List<Sample> seen) {
    return each(
        start,
        (script, limitedApi) -> {
          script.atOnce(WIDE, wideBurst(limitedApi), 0);
          script.rest(3.2);
          script.overOne(SINGLE, limitedApi.burst());
          script.rest(3.2);
        },
        limitedApi -> acceptsAllBursts(limitedApi, seen));
  }

  private Phase huge(long start, List<Sample> seen) {
    return each(
        start,
        (script, limitedApi) -> {
          ProbeStatistics.ProbeCount wide = new ProbeStatistics(limitedApi, seen).count(WIDE);
          if (wide.throttled() == 0) {
            script.atOnce(HUGE, 13 * limitedApi.requests(), 0);
            script.rest(1.5);
            script.atOnce(AFTER_HUGE, 2 * limitedApi.requests(), 0);
            script.rest(2.5);
          } else {
            for (int i = 1; i <= REPEATS; i++) {
              script.atOnce(REPEAT + " " + i + ".0", wide.accepted(), 0);
              script.rest(0.1 + 0.5 * i);
              script.atOnce(REPEAT + " " + i + ".1", (wide.accepted() + 2) / 3, 0);
              script.rest(2.37);
            }
          }
        },
        limitedApi -> acceptsAllBursts(limitedApi, seen));
  }

  private Phase rest(long start) {
    Phase alone =
        each(
            start,
            (script, limitedApi) -> {
              traces(script, limitedApi);
              halves(script, limitedApi);
              if (size == WorkloadSize.EXTENDED) {
                sustained(script, limitedApi);
              }
            },
            limitedApi -> true);
    List<PlannedCall> calls = new ArrayList<>(alone.calls());
    Phase together = together(alone.end());
    calls.addAll(together.calls());
    Phase scopes = scopes(together.end());
    calls.addAll(scopes.calls());
    return new Phase(sorted(calls), scopes.end());
  }

  private static void traces(ScheduleBuilder script, LimitedApi limitedApi) {
    for (int j = 1; j <= RECOVERIES; j++) {
      script.atOnce(RECOVERY + " " + j + ".0", limitedApi.burst(), 0);
      script.rest(0.22);
      for (int k = 1; k <= RECOVERY_BATCHES; k++) {
        script.atOnce(RECOVERY + " " + j + "." + k, limitedApi.batch(), k * limitedApi.batch());
        script.rest(0.25);
      }
      // The two begin half a period apart: 3.5 periods.
      script.rest(1.28);
    }
  }

  private static void halves(ScheduleBuilder script, LimitedApi limitedApi) {
    script.atOnce(WINDOW_EDGE + " 1", limitedApi.half(), 0);
    script.rest(0.85);
    script.atOnce(WINDOW_EDGE + " 2", limitedApi.requests(), limitedApi.half());
    script.rest(0.27);
    script.atOnce(WINDOW_EDGE + " 3", limitedApi.requests(), 0);
    script.rest(1.4);
  }

  private static void sustained(ScheduleBuilder script, LimitedApi limitedApi) {
    int quarter = limitedApi.half();
    for (int i = 1; i <= QUARTERS; i++) {
      script.evenly(SUSTAINED + " " + i, quarter, 4.0 * quarter);
    }
    script.rest(1.25);
    script.atOnce(AFTER_SUSTAINED, limitedApi.burst(), 0);
    script.rest(2.4);
  }

  private Phase together(long start) {
    List<PlannedCall> calls = new ArrayList<>();
    long now = start;
    long period = longestPeriod();
    for (int i = 1; i <= TOGETHERS; i++) {
      for (LimitedApi limitedApi : limitedApis) {
        ScheduleBuilder script = new ScheduleBuilder(limitedApi, now, calls);
        script.atOnce(TOGETHER + " " + i, limitedApi.over(), 0);
      }
      now += Math.round(2.5 * period);
    }
    return new Phase(calls, now);
  }

  private Phase scopes(long start) {
    return each(
        start,
        (script, limitedApi) -> {
          for (int i = 1; i <= SCOPES; i++) {
            script.inAllScopes(SCOPE + " " + i);
            script.rest(2.5);
          }
        },
        limitedApi -> limitedApi.secondRegion() || limitedApi.secondAccount());
  }

  private long longestPeriod() {
    return limitedApis.stream()
        .mapToLong(limitedApi -> limitedApi.seconds() * 1_000_000_000L)
        .max()
        .orElse(0);
  }

  // ---- what was seen

  static int wideBurst(LimitedApi limitedApi) {
    return limitedApi.requests() * 7 / 2;
  }

  /** More at once would say nothing where calls are kept waiting, and would wait for long. */
  private static boolean acceptsAllBursts(LimitedApi limitedApi, List<Sample> seen) {
    ProbeStatistics reading = new ProbeStatistics(limitedApi, seen);
    return IntStream.rangeClosed(1, BURSTS)
        .mapToObj(i -> reading.count(BURST + " " + i))
        .allMatch(b -> b.throttled() == 0 && b.slow() < Math.max(1, limitedApi.requests() / 4));
  }

  // ---- how shots are laid

  private interface PhasePlan {
    void play(ScheduleBuilder script, LimitedApi limitedApi);
  }

  private Phase each(long start, PhasePlan scene, Predicate<LimitedApi> wanted) {
    List<PlannedCall> calls = new ArrayList<>();
    long end = start;
    int staggered = 0;
    for (LimitedApi limitedApi : limitedApis) {
      if (!wanted.test(limitedApi)) {
        continue;
      }
      long period = limitedApi.seconds() * 1_000_000_000L;
      ScheduleBuilder script =
          new ScheduleBuilder(limitedApi, start + Math.round(STAGGER * staggered * period), calls);
      staggered++;
      scene.play(script, limitedApi);
      end = Math.max(end, script.now());
    }
    return new Phase(sorted(calls), end);
  }

  private static List<PlannedCall> sorted(List<PlannedCall> calls) {
    return calls.stream().sorted(Comparator.comparingLong(PlannedCall::at)).toList();
  }

  /** Lays the shots of one API one after another. */
  private static final class ScheduleBuilder {
    private final LimitedApi limitedApi;
    private final long start;
    private final long period;
    private final List<PlannedCall> calls;
    private double now;

    ScheduleBuilder(LimitedApi limitedApi, long start, List<PlannedCall> calls) {
      this.limitedApi = limitedApi;
      this.start = start;
      this.period = limitedApi.seconds() * 1_000_000_000L;
      this.calls = calls;
    }

    long now() {
      return start + Math.round(now * period);
    }

    void rest(double periods) {
      now += periods;
    }

    void evenly(String probe, int calls, double eachPeriod) {
      for (int i = 0; i < calls; i++) {
        add(probe, CallerIdentity.FIRST, i);
        now += 1 / eachPeriod;
      }
    }

    void atOnce(String probe, int calls, int firstConnection) {
      for (int i = 0; i < calls; i++) {
        add(probe, CallerIdentity.FIRST, firstConnection + i);
      }
    }

    void overOne(String probe, int calls) {
      for (int i = 0; i < calls; i++) {
        add(probe, CallerIdentity.FIRST, 0);
      }
    }

    /** Each connection carries calls of each origin, so that none comes later than another. */
    void inAllScopes(String probe) {
      List<CallerIdentity> origins = new ArrayList<>(List.of(CallerIdentity.FIRST));
      if (limitedApi.secondRegion()) {
        origins.add(CallerIdentity.SECOND_REGION);
      }
      if (limitedApi.secondAccount()) {
        origins.add(CallerIdentity.SECOND_ACCOUNT);
      }
      for (int i = 0; i < limitedApi.over(); i++) {
        for (int j = 0; j < origins.size(); j++) {
          add(probe, origins.get(j), i * origins.size() + j);
        }
      }
    }

    private void add(String probe, CallerIdentity origin, int connection) {
      calls.add(
          new PlannedCall(
              limitedApi.api(),
              probe,
              origin,
              Math.floorMod(connection, limitedApi.connections()),
              now()));
    }
  }

  /** What is sent where bursts are refused in part, as promised. */
  public List<PlannedCall> usual() {
    return usualCourse().stream().flatMap(stage -> stage.calls().stream()).toList();
  }

  /** How long that takes, in nanoseconds. */
  public long usualLength() {
    return usualCourse().get(1).end();
  }

  private List<Phase> usualCourse() {
    Phase first = stage(0, 0, List.of());
    return List.of(first, stage(STAGES - 1, first.end(), List.of()));
  }

  /** The course that is taken where nothing is ever refused, which is the longest. */
  private List<Phase> longestCourse() {
    List<Phase> course = new ArrayList<>();
    long end = 0;
    for (int i = 0; i < STAGES; i++) {
      Phase stage = stage(i, end, List.of());
      course.add(stage);
      end = stage.end();
    }
    return course;
  }

  /** How long the longest course takes, in nanoseconds. */
  public long longest() {
    return longestCourse().get(STAGES - 1).end();
  }

  /** The most calls that an API is sent. */
  public int most(LimitedApi limitedApi) {
    return (int)
        longestCourse().stream()
            .flatMap(stage -> stage.calls().stream())
            .filter(call -> call.api().equals(limitedApi.api()))
            .count();
  }

  /**
   * How many calls.
   *
   * @param least no fewer
   * @param most no more
   */
  public record Range(int least, int most) {}

  /**
   * How many calls of a probe a limiter accepts that keeps the promise, for the probes of which
   * that can be said beforehand; a reply of each may be lost.
   */
  public Map<String, Range> accepted(LimitedApi limitedApi) {
    Map<String, Range> ranges = new LinkedHashMap<>();
    ranges.put(BELOW, new Range(Math.max(1, limitedApi.below() - 1), limitedApi.below()));
    for (int i = 1; i <= BURSTS; i++) {
      // An edge of a window may fall into a burst.
      ranges.put(
          BURST + " " + i, new Range(Math.max(1, limitedApi.requests() - 1), limitedApi.burst()));
    }
    ranges.put(
        WINDOW_EDGE + " 1", new Range(Math.max(1, limitedApi.half() - 1), limitedApi.half()));
    return ranges;
  }
}
