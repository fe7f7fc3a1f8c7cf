package asyncinfo.ratelimit;

import java.util.ArrayList;
import java.util.List;

/** Lays the calls of one API one after another. Times are in periods of its limit. */
final class ScheduleBuilder {
  private final LimitedApi limitedApi;
  private final long start;
  private final List<PlannedCall> calls = new ArrayList<>();
  private double now;

  /**
   * A schedule without calls.
   *
   * @param start the time of its first call, in nanoseconds from the start of the run
   */
  ScheduleBuilder(LimitedApi limitedApi, long start) {
    this.limitedApi = limitedApi;
    this.start = start;
  }

  List<PlannedCall> calls() {
    return calls;
  }

  /** Returns the time of the next call, in nanoseconds from the start of the run. */
  long now() {
    return start + Math.round(now * limitedApi.period());
  }

  void rest(double periods) {
    now += periods;
  }

  void evenly(ProbeId probe, int count, double eachPeriod) {
    for (int i = 0; i < count; i++) {
      add(probe, CallerIdentity.FIRST, i);
      now += 1 / eachPeriod;
    }
  }

  void atOnce(ProbeId probe, int count, int firstConnection) {
    for (int i = 0; i < count; i++) {
      add(probe, CallerIdentity.FIRST, firstConnection + i);
    }
  }

  void overOneConnection(ProbeId probe, int count) {
    for (int i = 0; i < count; i++) {
      add(probe, CallerIdentity.FIRST, 0);
    }
  }

  /** Gives each connection calls of each identity, so that none comes later than another. */
  void inAllScopes(ProbeId probe) {
    List<CallerIdentity> identities = new ArrayList<>(List.of(CallerIdentity.FIRST));
    if (limitedApi.secondRegion()) {
      identities.add(CallerIdentity.SECOND_REGION);
    }
    if (limitedApi.secondAccount()) {
      identities.add(CallerIdentity.SECOND_ACCOUNT);
    }
    for (int i = 0; i < limitedApi.over(); i++) {
      for (int j = 0; j < identities.size(); j++) {
        add(probe, identities.get(j), i * identities.size() + j);
      }
    }
  }

  private void add(ProbeId probe, CallerIdentity identity, int connection) {
    calls.add(
        new PlannedCall(
            limitedApi.api(),
            probe,
            identity,
            Math.floorMod(connection, limitedApi.connections()),
            now()));
  }
}
