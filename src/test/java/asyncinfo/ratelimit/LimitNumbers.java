package asyncinfo.ratelimit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The counts that decide, as lines of text. */
final class LimitNumbers {
  private LimitNumbers() {}

  /** Returns the accepted calls of several probes: {@code 20/20/21}. */
  static String list(List<ProbeStatistics.ProbeCount> counts) {
    return counts.stream().map(c -> "" + c.accepted()).collect(Collectors.joining("/"));
  }

  /** Returns a line for each group of probes that was sent. */
  static List<String> of(RunEvidence evidence) {
    ProbeStatistics statistics = evidence.statistics();
    LimitedApi limitedApi = evidence.limitedApi();
    List<String> lines = new ArrayList<>();
    lines.add("%s of %d accepted at once".formatted(list(evidence.bursts()), limitedApi.burst()));
    for (Probe probe : List.of(Probe.AFTER_REST, Probe.WIDE, Probe.SINGLE, Probe.HUGE)) {
      ProbeStatistics.ProbeCount count = statistics.count(ProbeId.of(probe));
      if (count.sent() > 0) {
        lines.add("%d of %d accepted: %s".formatted(count.accepted(), count.sent(), probe));
      }
    }
    for (int i = 1; i <= Workload.REPEATS; i++) {
      ProbeStatistics.ProbeCount first = statistics.count(new ProbeId(Probe.REPEAT, i, 0));
      ProbeStatistics.ProbeCount later = statistics.count(new ProbeId(Probe.REPEAT, i, 1));
      if (first.sent() > 0) {
        lines.add(
            "%d of %d accepted at once, and %d of %d a while later"
                .formatted(first.accepted(), first.sent(), later.accepted(), later.sent()));
      }
    }
    for (int j = 1; j <= Workload.RECOVERIES; j++) {
      if (statistics.has(new ProbeId(Probe.RECOVERY, j, 0))) {
        lines.add(
            "after a burst, of %d each quarter of a period: %s"
                .formatted(limitedApi.batch(), list(evidence.batches(j)).replace('/', ' ')));
      }
    }
    List<ProbeStatistics.ProbeCount> edges =
        IntStream.rangeClosed(1, Workload.WINDOW_EDGES)
            .mapToObj(i -> statistics.count(ProbeId.of(Probe.WINDOW_EDGE, i)))
            .toList();
    lines.add("half, whole, whole: " + list(edges).replace('/', ' '));
    lines.addAll(sustained(evidence));
    ProbeStatistics.ProbeCount below = statistics.count(ProbeId.of(Probe.BELOW));
    lines.add(
        "%d of %d accepted at three quarters of the limit"
            .formatted(below.accepted(), below.sent()));
    return lines;
  }

  private static List<String> sustained(RunEvidence evidence) {
    List<String> lines = new ArrayList<>();
    evidence.allApis().stream()
        .sorted(Comparator.comparing(api -> api.limitedApi().api()))
        .forEach(
            api ->
                lines.add(
                    "%s: %d accepted in %d periods of twice the limit"
                        .formatted(
                            api.limitedApi().api(),
                            api.count(Probe.SUSTAINED).accepted(),
                            api.rounds(Probe.SUSTAINED))));
    Map<Integer, Long> counts =
        evidence.overloadedWindows().stream()
            .map(WindowClock.OverloadedWindow::accepted)
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    lines.add(
        "accepted in each overloaded window of a clock: "
            + counts.entrySet().stream()
                .map(e -> "%d (%d times)".formatted(e.getKey(), e.getValue()))
                .collect(Collectors.joining(", ")));
    return lines;
  }
}
