package asyncinfo.ratelimit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The samples of one API, probe by probe, and the counts of their outcomes. */
final class ProbeStatistics {
  private static final ProbeCount NOTHING = new ProbeCount(0, 0, 0, 0, 0);
  private static final double NANOS = 1e9;

  private final LimitedApi limitedApi;
  private final List<Sample> own;
  private final long roundTrip;
  private final long network;
  private final long refusal;
  private final Map<ProbeId, List<Sample>> byProbe = new LinkedHashMap<>();

  /**
   * The outcomes of the calls of a probe.
   *
   * @param slow how many of the accepted calls were queued
   */
  record ProbeCount(int sent, int accepted, int throttled, int lost, int slow) {
    /** Returns how many may have been accepted: a call without a response may be one of them. */
    int atMost() {
      return accepted + lost;
    }

    /** Returns whether no call was refused. */
    boolean whole() {
      return sent > 0 && throttled == 0;
    }
  }

  ProbeStatistics(LimitedApi limitedApi, List<Sample> all) {
    this.limitedApi = limitedApi;
    this.own = all.stream().filter(s -> s.api().equals(limitedApi.api())).toList();
    own.forEach(s -> byProbe.computeIfAbsent(s.probe(), p -> new ArrayList<>()).add(s));
    this.roundTrip = quick(own.stream().filter(Sample::accepted).toList());
    this.refusal = quick(own.stream().filter(s -> s.outcome() == CallOutcome.THROTTLED).toList());
    this.network = quick(own.stream().filter(s -> s.outcome() != CallOutcome.LOST).toList());
  }

  LimitedApi limitedApi() {
    return limitedApi;
  }

  List<Sample> own() {
    return own;
  }

  /** Returns the judged samples: all but those that warm up. */
  List<Sample> judged() {
    return own.stream().filter(s -> !s.belongsTo(Probe.WARM_UP)).toList();
  }

  List<Sample> of(ProbeId probe) {
    return byProbe.getOrDefault(probe, List.of());
  }

  boolean has(ProbeId probe) {
    return byProbe.containsKey(probe);
  }

  /** Returns the time that an accepted call takes where nothing delays it, in nanoseconds. */
  long roundTrip() {
    return roundTrip;
  }

  /** Returns the time that any call takes where nothing delays it, in nanoseconds. */
  long network() {
    return network;
  }

  /** Returns the time that a refused call takes where nothing delays it, in nanoseconds. */
  long quickestRefusal() {
    return refusal;
  }

  /** Returns the time beyond which a call was queued, in nanoseconds. */
  long longWait() {
    return roundTrip * 8 / 5 + 300_000_000L * Math.max(1, limitedApi.seconds());
  }

  ProbeCount count(ProbeId probe) {
    return has(probe) ? count(of(probe)) : NOTHING;
  }

  /** Returns the counts of all probes of a kind. */
  ProbeCount count(Probe kind) {
    return count(own.stream().filter(s -> s.belongsTo(kind)).toList());
  }

  /** Returns the number of probes of a kind. */
  int rounds(Probe kind) {
    return (int) byProbe.keySet().stream().filter(id -> id.probe() == kind).count();
  }

  ProbeCount count(ProbeId probe, CallerIdentity identity) {
    return count(of(probe).stream().filter(s -> s.identity() == identity).toList());
  }

  ProbeCount count(List<Sample> samples) {
    int accepted = 0;
    int throttled = 0;
    int lost = 0;
    int slow = 0;
    for (Sample s : samples) {
      switch (s.outcome()) {
        case ACCEPTED -> {
          accepted++;
          slow += s.latency() > longWait() ? 1 : 0;
        }
        case THROTTLED -> throttled++;
        case LOST, OTHER -> lost++;
      }
    }
    return new ProbeCount(samples.size(), accepted, throttled, lost, slow);
  }

  /**
   * Returns the longest time by which a call was sent late, in nanoseconds, although its connection
   * was free to carry it. A connection that waits for a response is the endpoint's doing.
   */
  long latest() {
    Map<Integer, Long> free = new HashMap<>();
    long latest = 0;
    for (Sample s : own.stream().sorted(Comparator.comparingLong(Sample::sent)).toList()) {
      long due = Math.max(s.planned(), free.getOrDefault(s.connection(), 0L));
      if (!s.belongsTo(Probe.WARM_UP)) {
        latest = Math.max(latest, s.sent() - due);
      }
      free.merge(s.connection(), s.received(), Math::max);
    }
    return latest;
  }

  /** Returns the time from the first call to the last response, in seconds. */
  double seconds() {
    long first = own.stream().mapToLong(Sample::sent).min().orElse(0);
    long last = own.stream().mapToLong(Sample::received).max().orElse(0);
    return (last - first) / NANOS;
  }

  /** Returns the second percentile: quicker ones are outliers. */
  private static long quick(List<Sample> samples) {
    List<Long> latencies = samples.stream().map(Sample::latency).sorted().toList();
    return latencies.isEmpty() ? 0 : latencies.get(latencies.size() / 50);
  }
}
