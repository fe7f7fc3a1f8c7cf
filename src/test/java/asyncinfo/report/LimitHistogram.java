package asyncinfo.report;

import asyncinfo.contract.Api;
import asyncinfo.ratelimit.CallOutcome;
import asyncinfo.ratelimit.CallerIdentity;
import asyncinfo.ratelimit.LimitLog;
import asyncinfo.ratelimit.LimitVerdict;
import asyncinfo.ratelimit.Probe;
import asyncinfo.ratelimit.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/**
 * Histogram of the calls that the limit simulation recorded for one API, with one column per period
 * of the limit, and the verdict of the classifier.
 *
 * <p>An endpoint may begin its periods with the clock, with the first request, or at any other
 * time. The columns therefore begin where the fullest of them has the fewest accepted calls: a
 * limiter that keeps its promise by windows of any kind is shown to keep it, and one that accepts
 * more exceeds the line wherever the columns begin.
 *
 * @param word the verdict in one word; empty where there is none
 * @param sentence the verdict in one sentence; empty where there is none
 * @param remarks compliant behavior that is worth knowing
 * @param notTested scopes that the simulation could not test
 * @param calls how many calls the columns count
 * @param leftOut how many recorded calls they do not count: those of the warm-up and of other
 *     accounts and regions
 * @param alignment where the columns begin, in words; empty where there are none
 * @param columns the calls by period, from the first call to the last
 * @param missing what is missing, in one sentence; empty where nothing is
 */
record LimitHistogram(
    String word,
    String sentence,
    List<String> remarks,
    List<String> notTested,
    int calls,
    int leftOut,
    String alignment,
    List<Column> columns,
    String missing) {
  private static final int PHASES = 20;
  private static final int LONGEST = 180;
  private static final long SECOND = 1_000_000_000L;

  /**
   * Calls of one period, by when they were sent.
   *
   * @param at when the period begins, in seconds after the first column
   * @param offered calls sent
   * @param accepted calls of them that were accepted
   * @param throttled calls that were refused with the error of the limit
   * @param other calls with another error, or without a reply
   */
  record Column(double at, int offered, int accepted, int throttled, int other) {}

  /** Returns a histogram without calls. */
  static LimitHistogram absent(String why) {
    return new LimitHistogram("", "", List.of(), List.of(), 0, 0, "", List.of(), why);
  }

  /**
   * Reads the log of an API. A log that is absent or unreadable gives a histogram that says so in
   * {@link #missing}.
   */
  static LimitHistogram read(Path folder, Api api) {
    Path file = folder.resolve(api.id() + ".json");
    if (!Files.exists(file)) {
      return absent("No call was recorded: " + file + " does not exist.");
    }
    try {
      return of(LimitLog.readOwn(file), LimitLog.readVerdict(file), api);
    } catch (IOException e) {
      return absent("The recorded calls are incomplete: " + e.getMessage() + ".");
    }
  }

  private static LimitHistogram of(LimitLog log, Optional<LimitVerdict> verdict, Api api) {
    List<Sample> own =
        log.samples().stream()
            .filter(sample -> sample.api().equals(api.id()))
            .filter(sample -> sample.probe().probe() != Probe.WARM_UP)
            .filter(sample -> sample.identity() == CallerIdentity.FIRST)
            .sorted(Comparator.comparingLong(Sample::sent))
            .toList();
    Layout layout = Layout.best(own, api.limit().seconds() * SECOND, began(log));
    String missing =
        verdict.isEmpty()
            ? "The simulation was cut short before its verdict."
            : own.isEmpty() ? "No call was recorded." : "";
    return new LimitHistogram(
        verdict.map(LimitVerdict::status).map(Enum::name).orElse(""),
        verdict.map(LimitVerdict::sentence).orElse(""),
        verdict.map(LimitVerdict::remarks).orElse(List.of()),
        verdict.map(LimitVerdict::notTested).orElse(List.of()),
        own.size(),
        log.samples().size() - own.size(),
        own.isEmpty() ? "" : layout.alignment(),
        layout.columns(),
        missing);
  }

  private static Optional<Instant> began(LimitLog log) {
    try {
      return Optional.of(Instant.parse(log.began()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** One way to divide calls into columns. */
  private record Layout(String alignment, List<Column> columns) {

    static Layout best(List<Sample> calls, long period, Optional<Instant> began) {
      List<Layout> all = new ArrayList<>();
      // Offset of the start of the run within a period of the clock, in nanoseconds.
      long into =
          began
              .map(b -> Math.floorMod(b.getEpochSecond() * SECOND + b.getNano(), period))
              .orElse(0L);
      for (int i = 0; i < PHASES; i++) {
        long phase = period * i / PHASES;
        String alignment =
            i == 0 && began.isPresent()
                ? "with the clock"
                : "%.2f s after %s"
                    .formatted(
                        phase / (double) SECOND,
                        began.isPresent() ? "the clock's second" : "the start of the run");
        all.add(
            new Layout(
                alignment,
                columns(calls, period, sent -> Math.floorDiv(sent + into - phase, period))));
      }
      all.add(
          new Layout("with the first call after the one before", fromFirstCalls(calls, period)));
      return all.stream().min(Comparator.comparingInt(Layout::fullest)).orElseThrow();
    }

    private static List<Column> fromFirstCalls(List<Sample> calls, long period) {
      List<Column> columns = new ArrayList<>();
      long first = calls.isEmpty() ? 0 : calls.get(0).sent();
      for (int i = 0; i < calls.size() && columns.size() < LONGEST; ) {
        long from = calls.get(i).sent();
        int end = i;
        while (end < calls.size() && calls.get(end).sent() < from + period) {
          end++;
        }
        columns.add(column((from - first) / (double) SECOND, calls.subList(i, end)));
        i = end;
      }
      return columns;
    }

    private static List<Column> columns(List<Sample> calls, long period, LongUnaryOperator number) {
      if (calls.isEmpty()) {
        return List.of();
      }
      Map<Long, List<Sample>> byNumber =
          calls.stream().collect(Collectors.groupingBy(call -> number.applyAsLong(call.sent())));
      long first = number.applyAsLong(calls.get(0).sent());
      long last = number.applyAsLong(calls.get(calls.size() - 1).sent());
      List<Column> columns = new ArrayList<>();
      for (long n = first; n <= last && columns.size() < LONGEST; n++) {
        columns.add(
            column((n - first) * period / (double) SECOND, byNumber.getOrDefault(n, List.of())));
      }
      return columns;
    }

    private static Column column(double at, List<Sample> calls) {
      int accepted = (int) calls.stream().filter(c -> c.accepted()).count();
      int throttled =
          (int) calls.stream().filter(c -> c.outcome() == CallOutcome.THROTTLED).count();
      return new Column(
          Math.round(at * 100) / 100.0,
          calls.size(),
          accepted,
          throttled,
          calls.size() - accepted - throttled);
    }

    int fullest() {
      return columns.stream().mapToInt(Column::accepted).max().orElse(0);
    }
  }
}
