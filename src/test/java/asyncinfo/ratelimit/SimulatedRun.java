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
 * A workload sent to a limiter in simulated time, with the round-trip times and the jitter that
 * were measured of a real client (facts: rate limit, fixed facts for the statistics).
 */
final class SimulatedRun {
  private static final double NANOS = 1e9;

  private final Random random;
  private final LimiterModel model;
  private final Network network;
  private final double phase;
  private final double oneWay;
  private final Map<Object, Limiter> budgets = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private int calls;

  /**
   * The way between client and endpoint.
   *
   * @param jitter 1 for the jitter that was measured
   * @param shortest the shortest round-trip time, in milliseconds
   * @param longest the longest
   * @param lost the share of responses that are lost
   * @param odd the share of responses with an unrelated error
   * @param reordering the longest time in milliseconds by which a response may fall behind others
   * @param multiplexed whether all calls share one connection, on which none waits for another
   * @param refusal the outcome of refused calls
   * @param refusalDetail what a refusal looks like if it is not the documented one
   */
  record Network(
      double jitter,
      double shortest,
      double longest,
      double lost,
      double odd,
      double reordering,
      boolean multiplexed,
      CallOutcome refusal,
      String refusalDetail) {
    /** Returns the network that was measured. */
    static Network measured(double jitter) {
      return new Network(jitter, 5, 80, 0.001, 0, 0, false, CallOutcome.THROTTLED, "");
    }

    Network withLost(double share) {
      return new Network(
          jitter, shortest, longest, share, odd, reordering, multiplexed, refusal, refusalDetail);
    }

    Network withOdd(double share) {
      return new Network(
          jitter, shortest, longest, lost, share, reordering, multiplexed, refusal, refusalDetail);
    }

    Network withReordering(double millis) {
      return new Network(
          jitter, shortest, longest, lost, odd, millis, multiplexed, refusal, refusalDetail);
    }

    Network overOneConnection() {
      return new Network(
          jitter, shortest, longest, lost, odd, reordering, true, refusal, refusalDetail);
    }

    Network withRefusals(CallOutcome outcome, String detail) {
      return new Network(
          jitter, shortest, longest, lost, odd, reordering, multiplexed, outcome, detail);
    }
  }

  private SimulatedRun(LimiterModel model, long seed, Network network) {
    this.random = new Random(seed * 1_000_003L + model.name().hashCode());
    this.model = model;
    this.network = network;
    this.phase = random.nextDouble();
    this.oneWay =
        (network.shortest() + (network.longest() - network.shortest()) * random.nextDouble())
            / 2000;
  }

  /** Sends a workload. */
  static List<Sample> of(Workload workload, LimiterModel model, long seed, Network network) {
    return new SimulatedRun(model, seed, network).send(workload);
  }

  private List<Sample> send(Workload workload) {
    long end = 0;
    for (int i = 0; i < Workload.PHASES; i++) {
      Workload.Phase next = workload.phase(i, end, List.copyOf(samples));
      send(next.calls());
      end = Math.max(next.end(), samples.stream().mapToLong(Sample::received).max().orElse(0));
    }
    return samples;
  }

  /** A call that is not yet sent, or about to arrive. */
  private record InFlightCall(
      double time, boolean arrives, PlannedCall call, double sent, int number) {}

  private void send(List<PlannedCall> planned) {
    Map<String, Deque<PlannedCall>> waiting = new HashMap<>();
    PriorityQueue<InFlightCall> inFlight =
        new PriorityQueue<>((a, b) -> Double.compare(a.time(), b.time()));
    if (network.multiplexed()) {
      planned.forEach(call -> inFlight.add(leaving(call, 0)));
    } else {
      planned.forEach(
          call -> waiting.computeIfAbsent(connection(call), l -> new ArrayDeque<>()).add(call));
      waiting.values().forEach(queue -> inFlight.add(leaving(queue.poll(), 0)));
    }
    while (!inFlight.isEmpty()) {
      InFlightCall next = inFlight.poll();
      if (!next.arrives()) {
        inFlight.add(
            new InFlightCall(next.time() + way(), true, next.call(), next.time(), next.number()));
        continue;
      }
      Sample sample = answer(next);
      samples.add(sample);
      Deque<PlannedCall> queue = waiting.get(connection(next.call()));
      if (queue != null && !queue.isEmpty()) {
        inFlight.add(leaving(queue.poll(), sample.received() / NANOS));
      }
    }
  }

  private static String connection(PlannedCall call) {
    return call.api() + " " + call.connection();
  }

  private InFlightCall leaving(PlannedCall call, double free) {
    double late = Math.abs(random.nextGaussian()) * 0.002 + random.nextDouble() * 0.02;
    if (random.nextInt(20) == 0) {
      late -= 0.010 * Math.log(1 - random.nextDouble());
    }
    double due = call.at() / NANOS + late * network.jitter();
    return new InFlightCall(Math.max(due, free + 0.0005), false, call, 0, calls++);
  }

  private double way() {
    double extra = -(0.08 * oneWay + 0.0005) * Math.log(1 - random.nextDouble());
    if (random.nextInt(200) == 0) {
      extra += 0.03 + 0.12 * random.nextDouble();
    }
    return oneWay + network.jitter() * extra;
  }

  private Sample answer(InFlightCall arriving) {
    Sample sample =
        Sample.of(
            arriving.call(),
            "format " + arriving.number() % 4,
            "subject " + arriving.number() % 3,
            Math.round(arriving.sent() * NANOS),
            0,
            CallOutcome.ACCEPTED,
            "");
    double wait =
        budgets
            .computeIfAbsent(
                model.scope().key(sample.key()), key -> model.maker().make(phase, random))
            .admit(arriving.time());
    double behind =
        network.reordering() == 0 ? 0 : random.nextDouble() * network.reordering() / 1000;
    double received = arriving.time() + Math.max(0, wait) + behind + way();
    double chance = random.nextDouble();
    boolean lost = chance < network.lost();
    boolean odd = !lost && chance < network.lost() + network.odd();
    boolean refused = wait == Limiter.REFUSED;
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
        lost
            ? CallOutcome.LOST
            : odd ? CallOutcome.OTHER : refused ? network.refusal() : CallOutcome.ACCEPTED,
        lost ? "no response" : odd ? "HTTP status 502" : refused ? network.refusalDetail() : "");
  }
}
