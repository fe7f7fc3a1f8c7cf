package asyncinfo.limit;

import java.util.ArrayList;
import java.util.List;

/**
 * When to send what. A plan is made for a limit of some requests per period; all times scale with
 * the period.
 *
 * @param requests how many requests are promised in each period
 * @param periodNanos the length of a period in nanoseconds
 * @param connections how many connections the calls are spread over
 * @param shots the calls, by time
 */
public record Plan(int requests, long periodNanos, int connections, List<Shot> shots) {
  /** The probe that opens connections and warms both ends; its outcome is not judged. */
  public static final String WARM_UP = "warm-up";

  /** The probe below the limit. */
  public static final String BELOW = "below";

  /** The prefix of the probes that send half as much again as the limit at once. */
  public static final String BURST = "burst-";

  /** The probe that offers twice the limit for a while. */
  public static final String OVERLOAD = "overload";

  /** The probe that sends half the limit at once, as soon as an overload is over. */
  public static final String RECOVERY = "recovery";

  static final int BURSTS = 5;
  private static final int PHASES = 3;
  static final int BELOW_PERIODS = 5;
  static final int OVERLOAD_PERIODS = 6;

  /** A plan that keeps three quarters of the limit, after warming up. */
  public static Plan within(int requests, int seconds) {
    Builder plan = new Builder(requests, seconds);
    plan.warmUp();
    plan.rest(1.5);
    plan.evenly(BELOW, Math.max(1, requests * 3 / 4), BELOW_PERIODS);
    return plan.build();
  }

  /**
   * A plan that goes over the limit: bursts that start in three phases, a third of a period apart,
   * so that those of at most one phase can straddle the edge of a fixed window; an overload; and a
   * look at what comes after it.
   */
  public static Plan over(int requests, int seconds) {
    Builder plan = new Builder(requests, seconds);
    plan.warmUp();
    // The first burst of a run arrives spread out, so it is not one of those that count.
    plan.rest(0.5);
    plan.atOnce(WARM_UP, plan.connections);
    plan.rest(2);
    for (int i = 0; i < BURSTS; i++) {
      plan.atOnce(BURST + i, requests + (requests + 1) / 2);
      plan.rest(2.0 + 1.0 / PHASES);
    }
    plan.evenly(OVERLOAD, 2 * requests, OVERLOAD_PERIODS);
    plan.rest(2);
    plan.atOnce(RECOVERY, Math.max(1, requests / 2));
    return plan.build();
  }

  /** The period in words: {@code second}, {@code 10 seconds}. */
  String period() {
    long seconds = periodNanos / 1_000_000_000L;
    return seconds == 1 ? "second" : seconds + " seconds";
  }

  /** The calls of one connection, in order. */
  public List<Shot> of(int connection) {
    List<Shot> own = new ArrayList<>();
    for (int i = connection; i < shots.size(); i += connections) {
      own.add(shots.get(i));
    }
    return own;
  }

  /** How many calls a probe makes. */
  public int count(String probe) {
    return (int) shots.stream().filter(shot -> shot.probe().equals(probe)).count();
  }

  /** The probes whose outcome is judged, in order. */
  public List<String> probes() {
    return shots.stream().map(Shot::probe).filter(p -> !p.equals(WARM_UP)).distinct().toList();
  }

  /** When the last call is due, in nanoseconds from the start. */
  public long end() {
    return shots.get(shots.size() - 1).at();
  }

  private static final class Builder {
    private final int requests;
    private final long period;
    private final int connections;
    private final List<Shot> shots = new ArrayList<>();
    private double now;

    Builder(int requests, int seconds) {
      this.requests = requests;
      this.period = seconds * 1_000_000_000L;
      this.connections = requests + (requests + 1) / 2;
    }

    void warmUp() {
      int calls = 2 * connections;
      for (int i = 0; i < calls; i++) {
        shoot(WARM_UP, (double) i / requests);
      }
      now = (double) calls / requests;
    }

    void evenly(String probe, int eachPeriod, int periods) {
      for (int i = 0; i < eachPeriod * periods; i++) {
        shoot(probe, now + (double) i / eachPeriod);
      }
      now += periods;
    }

    void atOnce(String probe, int calls) {
      for (int i = 0; i < calls; i++) {
        shoot(probe, now);
      }
    }

    void rest(double periods) {
      now += periods;
    }

    private void shoot(String probe, double periods) {
      shots.add(new Shot(probe, Math.round(periods * period)));
    }

    Plan build() {
      return new Plan(requests, period, connections, List.copyOf(shots));
    }
  }
}
