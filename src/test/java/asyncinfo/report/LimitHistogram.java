package asyncinfo.report;

import asyncinfo.contract.Api;
import asyncinfo.contract.Json;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the limit simulation recorded of one API: its calls, put into columns that last one period
 * of the limit each, and the judge's words.
 *
 * <p>Where a period begins is the endpoint's own affair: with the clock, with the first request, or
 * anywhere. So the columns begin where they suit the endpoint best, which is where the fullest of
 * them has the fewest accepted calls. A limiter that keeps its promise by windows of any kind is
 * seen to keep it, and one that lets more through is above the line wherever the columns begin.
 *
 * @param word the verdict in a word; empty where there is none
 * @param sentence the verdict in a sentence; empty where there is none
 * @param remarks what is lawful, and worth knowing
 * @param notTested what the simulation could not test here
 * @param calls how many calls are counted in the columns
 * @param leftOut how many calls of the log are not: those of the warm-up, and those that other
 *     accounts, regions or APIs made
 * @param alignment where the columns begin, in words; empty where there are none
 * @param columns the calls by period, without the silence before the first and after the last
 * @param missing what is missing, in words; empty where nothing is
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
  private static final String WARM_UP = "warm-up";
  private static final int PHASES = 20;
  private static final int LONGEST = 180;
  private static final long SECOND = 1_000_000_000L;

  /**
   * The calls of one period, by when they were sent.
   *
   * @param at when the period begins, in seconds from the first column
   * @param offered how many were sent
   * @param accepted how many of them were accepted
   * @param throttled how many were refused with the limit's own error
   * @param other how many fared otherwise: another error, or no reply
   */
  record Column(double at, int offered, int accepted, int throttled, int other) {}

  private record ApiRequest(long sent, String reception, String origin) {}

  /** What an absent file says. */
  static LimitHistogram absent(String why) {
    return new LimitHistogram("", "", List.of(), List.of(), 0, 0, "", List.of(), why);
  }

  /** Reads {@code <product>.json}; a file that is absent, or not what it should be, says so. */
  static LimitHistogram read(Path folder, Api api) {
    Path file = folder.resolve(api.product() + ".json");
    if (!Files.exists(file)) {
      return absent("No call was recorded: " + file + " is not there.");
    }
    try {
      return of(Json.readLeniently(Files.readString(file)), api);
    } catch (IOException e) {
      return absent("The recorded calls cannot be read: " + file + ".");
    } catch (JacksonException e) {
      return absent("The record of the calls was cut short: " + file + " ends too early.");
    }
  }

  private static LimitHistogram of(JsonNode log, Api api) {
    List<ApiRequest> own = new ArrayList<>();
    int all = 0;
    for (JsonNode sample : log.path("samples")) {
      all++;
      if (sample.path("api").asString(api.product()).equals(api.product())
          && !sample.path("probe").asString("").equals(WARM_UP)) {
        own.add(
            new ApiRequest(
                sample.path("sent").asLong(0),
                sample.path("reception").asString(""),
                sample.path("origin").asString("")));
      }
    }
    String origin = usual(own);
    List<ApiRequest> calls =
        own.stream()
            .filter(call -> call.origin().equals(origin))
            .sorted(Comparator.comparingLong(ApiRequest::sent))
            .toList();
    JsonNode verdict = log.path("verdict");
    Layout layout = Layout.best(calls, api.limit().seconds() * SECOND, began(log));
    String missing =
        !verdict.isObject()
            ? "The simulation was cut short before its verdict."
            : calls.isEmpty() ? "No call was recorded." : "";
    return new LimitHistogram(
        verdict.path("word").asString(""),
        verdict.path("sentence").asString(""),
        texts(verdict.path("remarks")),
        texts(verdict.path("notTested")),
        calls.size(),
        all - calls.size(),
        calls.isEmpty() ? "" : layout.words(),
        layout.columns(),
        missing);
  }

  /** The account and region of most calls: those that the limit is about. */
  private static String usual(List<ApiRequest> calls) {
    return calls.stream()
        .collect(Collectors.groupingBy(ApiRequest::origin, Collectors.counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private static Optional<Instant> began(JsonNode log) {
    try {
      return Optional.of(Instant.parse(log.path("began").asString("")));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asString("")));
    return texts;
  }

  /** One way to put calls into columns. */
  private record Layout(String words, List<Column> columns) {

    static Layout best(List<ApiRequest> calls, long period, Optional<Instant> began) {
      List<Layout> all = new ArrayList<>();
      // Nanoseconds into the clock's period at which the run began.
      long into =
          began
              .map(b -> Math.floorMod(b.getEpochSecond() * SECOND + b.getNano(), period))
              .orElse(0L);
      for (int i = 0; i < PHASES; i++) {
        long phase = period * i / PHASES;
        String words =
            i == 0 && began.isPresent()
                ? "with the clock"
                : "%.2f s after %s"
                    .formatted(
                        phase / (double) SECOND,
                        began.isPresent() ? "the clock's second" : "the start of the run");
        all.add(
            new Layout(
                words, columns(calls, period, sent -> Math.floorDiv(sent + into - phase, period))));
      }
      all.add(
          new Layout("with the first call after the one before", fromFirstCalls(calls, period)));
      return all.stream().min(Comparator.comparingInt(Layout::fullest)).orElseThrow();
    }

    private static List<Column> fromFirstCalls(List<ApiRequest> calls, long period) {
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

    private static List<Column> columns(
        List<ApiRequest> calls, long period, LongUnaryOperator number) {
      if (calls.isEmpty()) {
        return List.of();
      }
      Map<Long, List<ApiRequest>> byNumber =
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

    private static Column column(double at, List<ApiRequest> calls) {
      int accepted = (int) calls.stream().filter(c -> c.reception().equals("ACCEPTED")).count();
      int throttled = (int) calls.stream().filter(c -> c.reception().equals("THROTTLED")).count();
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
