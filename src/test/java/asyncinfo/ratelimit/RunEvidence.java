package asyncinfo.ratelimit;

import asyncinfo.ratelimit.WindowClock.OverloadedWindow;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The evidence of a run about one API, as the rules read it. */
final class RunEvidence {
  private final ProbeStatistics statistics;
  private final Collection<ProbeStatistics> allApis;
  private final QueueingDelay delay;
  private final ObservedCalls calls;
  private final WindowClock.Reading reading;
  private final List<OverloadedWindow> overloadedWindows;

  RunEvidence(ProbeStatistics statistics, Collection<ProbeStatistics> allApis) {
    this.statistics = statistics;
    this.allApis = allApis;
    this.delay = QueueingDelay.of(statistics);
    this.calls = new ObservedCalls(statistics, delay.found());
    this.reading = clock().read(calls);
    this.overloadedWindows = clock().overloaded(calls, reading.phase());
  }

  ProbeStatistics statistics() {
    return statistics;
  }

  LimitedApi limitedApi() {
    return statistics.limitedApi();
  }

  int promised() {
    return limitedApi().requests();
  }

  /** Returns the statistics of all APIs, this one among them. */
  Collection<ProbeStatistics> allApis() {
    return allApis;
  }

  QueueingDelay delay() {
    return delay;
  }

  ObservedCalls calls() {
    return calls;
  }

  /** Returns the documented window, of a clock whose phase is unknown. */
  WindowClock clock() {
    return new WindowClock(promised(), limitedApi().seconds(), 1);
  }

  WindowClock.Reading reading() {
    return reading;
  }

  List<OverloadedWindow> overloadedWindows() {
    return overloadedWindows;
  }

  /** Returns in how many overloaded windows a small leak would have been seen. */
  int exactWindows() {
    return (int) overloadedWindows.stream().filter(OverloadedWindow::exact).count();
  }

  List<ProbeStatistics.ProbeCount> bursts() {
    return bursts(statistics);
  }

  static List<ProbeStatistics.ProbeCount> bursts(ProbeStatistics statistics) {
    return burstProbes().map(statistics::count).toList();
  }

  static Stream<ProbeId> burstProbes() {
    return IntStream.rangeClosed(1, Workload.BURSTS).mapToObj(i -> ProbeId.of(Probe.BURST, i));
  }

  /** Returns the bursts before which no call was sent for two periods. */
  List<ProbeStatistics.ProbeCount> isolatedBursts() {
    return Stream.concat(
            burstProbes(),
            Stream.of(ProbeId.of(Probe.AFTER_REST), new ProbeId(Probe.RECOVERY, 1, 0)))
        .map(statistics::count)
        .filter(count -> count.sent() > 0)
        .toList();
  }

  /** Returns the fewest that were accepted of a burst; a window's boundary only adds to them. */
  int fewestAtOnce() {
    return fewestAtOnce(statistics);
  }

  static int fewestAtOnce(ProbeStatistics statistics) {
    return bursts(statistics).stream()
        .mapToInt(ProbeStatistics.ProbeCount::atMost)
        .min()
        .orElseThrow();
  }

  /** Returns whether more than promised is accepted of each burst; no boundary falls into all. */
  boolean exceedsInEachBurst() {
    return bursts().stream().allMatch(burst -> burst.accepted() > promised());
  }

  List<ProbeStatistics.ProbeCount> batches(int round) {
    return IntStream.rangeClosed(1, Workload.RECOVERY_BATCHES)
        .mapToObj(k -> statistics.count(new ProbeId(Probe.RECOVERY, round, k)))
        .toList();
  }

  String period() {
    return LimiterModel.period(limitedApi().seconds());
  }
}
