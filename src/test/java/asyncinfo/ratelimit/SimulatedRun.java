package asyncinfo.ratelimit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A protocol sent to a limiter in simulated time, with the round-trip times and the jitter that
 * were measured of a real client (facts: rate limit, fixed facts for the statistics).
 */
final class SimulatedRun {
  private static final double NANOS = 1e9;

  private final Random random;
  private final LimiterModel kind;
  private final double noise;
  private final double phase;
  private final double oneWay;
  private final double lossRate;
  private final Map<Object, Limiter> budgets = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private int calls;

  private SimulatedRun(LimiterModel kind, long seed, double noise) {
    this(kind, seed, noise, 5, 80, 0.001);
  }

  private SimulatedRun(
      LimiterModel kind, long seed, double noise, double least, double most, double lossRate) {
    this.random = new Random(seed * 1_000_003L + kind.name().hashCode());
    this.kind = kind;
    this.noise = noise;
    this.phase = random.nextDouble();
    this.oneWay = (least + (most - least) * random.nextDouble()) / 2000;
    this.lossRate = lossRate;
  }

  /**
   * Sends a protocol.
   *
   * @param noise 1 for the jitter that was measured
   */
  static List<Sample> of(Workload protocol, LimiterModel kind, long seed, double noise) {
    return new SimulatedRun(kind, seed, noise).send(protocol);
  }

  /**
   * Sends a protocol over another network.
   *
   * @param least the shortest round-trip time, in milliseconds
   * @param most the longest
   * @param lossRate the share of replies that are lost
   */
  static List<Sample> of(
      Workload protocol,
      LimiterModel kind,
      long seed,
      double noise,
      double least,
      double most,
      double lossRate) {
    return new SimulatedRun(kind, seed, noise, least, most, lossRate).send(protocol);
  }

  private List<Sample> send(Workload protocol) {
    long end = 0;
    for (int i = 0; i < Workload.PHASES; i++) {
      Workload.Phase stage = protocol.phase(i, end, List.copyOf(samples));
      send(stage.calls());
      end = Math.max(stage.end(), samples.stream().mapToLong(Sample::received).max().orElse(0));
    }
    return samples;
  }

  /** A call on its way: not yet sent, or about to arrive. */
  private record InFlightCall(
      double time, boolean arrives, PlannedCall call, double sent, int number) {}

  private void send(List<PlannedCall> calls) {
    Map<String, Deque<PlannedCall>> waiting = new HashMap<>();
    calls.forEach(call -> waiting.computeIfAbsent(line(call), l -> new ArrayDeque<>()).add(call));
    PriorityQueue<InFlightCall> flights =
        new PriorityQueue<>((a, b) -> Double.compare(a.time(), b.time()));
    waiting.values().forEach(line -> flights.add(leaving(line.poll(), 0)));
    while (!flights.isEmpty()) {
      InFlightCall flight = flights.poll();
      if (!flight.arrives()) {
        flights.add(
            new InFlightCall(
                flight.time() + way(), true, flight.call(), flight.time(), flight.number()));
        continue;
      }
      Sample sample = answer(flight);
      samples.add(sample);
      PlannedCall next = waiting.get(line(flight.call())).poll();
      if (next != null) {
        flights.add(leaving(next, sample.received() / NANOS));
      }
    }
  }

  private static String line(PlannedCall call) {
    return call.api() + " " + call.connection();
  }

  private InFlightCall leaving(PlannedCall call, double free) {
    double late = Math.abs(random.nextGaussian()) * 0.002 + random.nextDouble() * 0.02;
    if (random.nextInt(20) == 0) {
      late -= 0.010 * Math.log(1 - random.nextDouble());
    }
    double due = call.at() / NANOS + late * noise;
    return new InFlightCall(Math.max(due, free + 0.0005), false, call, 0, calls++);
  }

  private double way() {
    double extra = -(0.08 * oneWay + 0.0005) * Math.log(1 - random.nextDouble());
    if (random.nextInt(200) == 0) {
      extra += 0.03 + 0.12 * random.nextDouble();
    }
    return oneWay + noise * extra;
  }

  private Sample answer(InFlightCall flight) {
    PlannedCall call = flight.call();
    Sample sample =
        Sample.of(
            call,
            "shape " + flight.number() % 4,
            "subject " + flight.number() % 3,
            Math.round(flight.sent() * NANOS),
            0,
            CallOutcome.ACCEPTED,
            "");
    double wait =
        budgets
            .computeIfAbsent(
                kind.scope().key(sample.key()), key -> kind.maker().make(phase, random))
            .admit(flight.time());
    double received = flight.time() + Math.max(0, wait) + way();
    boolean lost = random.nextDouble() < lossRate;
    CallOutcome reception =
        lost
            ? CallOutcome.LOST
            : wait == Limiter.REFUSED ? CallOutcome.THROTTLED : CallOutcome.ACCEPTED;
    return new Sample(
        sample.api(),
        sample.probe(),
        sample.identity(),
        sample.connection(),
        sample.format(),
        sample.subject(),
        sample.planned(),
        sample.sent(),
        Math.round(received * NANOS),
        reception,
        lost ? "no reply" : "");
  }
}
