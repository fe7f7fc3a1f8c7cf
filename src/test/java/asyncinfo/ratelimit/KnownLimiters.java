package asyncinfo.ratelimit;

import static asyncinfo.ratelimit.LimiterModel.bucket;
import static asyncinfo.ratelimit.LimiterModel.clocked;
import static asyncinfo.ratelimit.LimiterModel.each;
import static asyncinfo.ratelimit.LimiterModel.fixed;
import static asyncinfo.ratelimit.LimiterModel.unclocked;

import asyncinfo.ratelimit.LimiterModel.Compliance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/**
 * The limiters that are known by name, for a documented limit. Each is compliant or not by the
 * sentence of the documentation alone: at most so many requests can be initiated in each period,
 * and so many can.
 *
 * <p>Longer than other classes: a list of some ninety models, with a few lines for each.
 */
final class KnownLimiters {
  private final int requests;
  private final double seconds;
  private final double rate;
  private final List<LimiterModel> models = new ArrayList<>();

  private KnownLimiters(int requests, double seconds) {
    this.requests = requests;
    this.seconds = seconds;
    this.rate = requests / seconds;
  }

  /** Returns all of them. */
  static List<LimiterModel> all(int requests, double seconds) {
    return Stream.concat(
            recognisable(requests, seconds).stream(),
            of(requests, seconds, KnownLimiters::irregular).stream())
        .toList();
  }

  /** Returns those that treat all windows, calls and moments alike. */
  static List<LimiterModel> recognisable(int requests, double seconds) {
    return of(
        requests,
        seconds,
        known -> {
          known.compliant();
          known.numbers();
          known.buckets();
          known.periods();
          known.manners();
          known.scopes();
          known.nodes();
          known.obscured();
        });
  }

  private static List<LimiterModel> of(
      int requests, double seconds, Consumer<KnownLimiters> groups) {
    KnownLimiters known = new KnownLimiters(requests, seconds);
    groups.accept(known);
    return known.models;
  }

  private void compliant() {
    models.add(LimiterModel.documented(requests, seconds));
    models.add(LimiterModel.slidingLog("sliding-log", requests, seconds, Compliance.COMPLIANT));
    models.add(
        LimiterModel.anchored("first-request-window", requests, seconds, Compliance.COMPLIANT));
    models.add(bucket("token-bucket", rate, requests, Compliance.COMPLIANT_WITH_REMARK));
    models.add(
        unclocked(
            "gcra",
            each(requests, seconds) + " (" + LimiterModel.tokenBucket(requests) + ")",
            Compliance.COMPLIANT_WITH_REMARK,
            (phase, random) -> Limiter.gcra(rate, requests)));
    models.add(
        unclocked(
            "sliding-log-counting-refused",
            each(requests, seconds) + " (" + LimiterModel.SLIDING_LOG_OF_ALL + ")",
            Compliance.COMPLIANT_WITH_REMARK,
            (phase, random) -> Limiter.slidingLog(requests, seconds, true)));
    counter("sliding-counter", LimiterModel.SLIDING_COUNTER, false);
    counter("sliding-counter-counting-refused", LimiterModel.SLIDING_COUNTER_OF_ALL, true);
    parts("sliding-halves", 2, LimiterModel.HALVES);
    parts("sliding-tenths", 10, LimiterModel.TENTHS);
  }

  /** Adds a sliding counter on a clock of its own, and one whose clock a call starts. */
  private void counter(String name, String manner, boolean countsRefused) {
    String description = each(requests, seconds) + " (" + manner + ")";
    models.add(
        clocked(
            name,
            description,
            Compliance.COMPLIANT_WITH_REMARK,
            seconds,
            (phase, random) -> Limiter.slidingCounter(requests, seconds, phase, countsRefused)));
    models.add(
        unclocked(
            "anchored-" + name,
            description,
            Compliance.COMPLIANT_WITH_REMARK,
            (phase, random) -> Limiter.anchoredCounter(requests, seconds, countsRefused)));
  }

  private void parts(String name, int parts, String manner) {
    models.add(
        clocked(
            name,
            each(requests, seconds) + " (" + manner + ")",
            Compliance.COMPLIANT_WITH_REMARK,
            seconds,
            (phase, random) -> Limiter.slidingParts(requests, seconds, parts, phase)));
  }

  private void numbers() {
    if (requests > 2) {
      wrong("fixed-2-fewer", requests - 2, seconds);
    }
    if (requests > 1) {
      wrong("fixed-1-fewer", requests - 1, seconds);
      wrong("half", requests / 2, seconds);
    }
    wrong("fixed-1-more", requests + 1, seconds);
    wrong("fixed-2-more", requests + 2, seconds);
    wrong("fixed-quarter-more", requests + quarter(), seconds);
    wrong("fixed-double", 2 * requests, seconds);
    models.add(
        unclocked(
            "none", LimiterModel.NONE_SEEN, Compliance.WRONG, (phase, random) -> Limiter.none()));
  }

  private void wrong(String name, int number, double period) {
    models.add(fixed(name, number, period, Compliance.WRONG));
  }

  private int quarter() {
    return Math.max(1, requests / 4);
  }

  private void buckets() {
    if (quarter() < requests) {
      models.add(bucket("token-bucket-small", rate, quarter(), Compliance.WRONG));
    }
    models.add(bucket("token-bucket-1-more", rate, requests + 1, Compliance.WRONG));
    models.add(bucket("token-bucket-large", rate, 2 * requests, Compliance.WRONG));
    models.add(bucket("token-bucket-slow", rate / 2, requests, Compliance.WRONG));
    models.add(bucket("token-bucket-quarter-fast", 1.25 * rate, requests, Compliance.WRONG));
    models.add(bucket("token-bucket-fast", 1.5 * rate, requests, Compliance.WRONG));
    models.add(
        unclocked(
            "gcra-without-burst",
            "%s per second (%s)".formatted(LimiterModel.number(rate), LimiterModel.tokenBucket(1)),
            Compliance.WRONG,
            (phase, random) -> Limiter.gcra(rate, 1)));
  }

  private void periods() {
    wrong("ten-periods", 10 * requests, 10 * seconds);
    models.add(
        clocked(
            "sixty-periods",
            LimiterModel.NONE_SEEN,
            Compliance.WRONG,
            60 * seconds,
            (phase, random) -> Limiter.fixedWindow(60 * requests, 60 * seconds, phase)));
    if (requests > 1) {
      wrong("half-periods", requests / 2, seconds / 2);
    }
    wrong("double-periods", 2 * requests, 2 * seconds);
    wrong("slow-periods", requests, 2 * seconds);
    wrong("fast-periods", requests, seconds / 2);
  }

  private void manners() {
    models.add(
        unclocked(
            "queue",
            LimiterModel.queued(rate),
            Compliance.WRONG,
            (phase, random) -> Limiter.queue(rate, 2 * requests)));
    models.add(
        unclocked(
            "queue-then-refuse",
            LimiterModel.QUEUED_AND_REFUSED,
            Compliance.WRONG,
            (phase, random) -> Limiter.queue(rate, requests)));
    ban("ban", 5 * seconds);
    ban("ban-short", 2.5 * seconds);
  }

  private void ban(String name, double length) {
    models.add(
        clocked(
            name,
            LimiterModel.banned(requests, seconds),
            Compliance.WRONG,
            seconds,
            (phase, random) -> Limiter.ban(Limiter.fixedWindow(requests, seconds, phase), length)));
  }

  private void scopes() {
    scope("shared", Scope.ALL_APIS, "shared by all APIs");
    scope("shared-by-actions", Scope.ALL_ACTIONS, "shared by all actions of the product");
    scope("per-connection", Scope.CONNECTION, "for each connection");
    scope("per-shape", Scope.FORMAT, "for each method and signature");
    scope("per-subject", Scope.SUBJECT, "for each resource that is named");
    scope("shared-by-regions", Scope.ALL_REGIONS, "shared by all regions");
    scope("shared-by-accounts", Scope.ALL_ACCOUNTS, "shared by all accounts");
  }

  private void scope(String name, Scope scope, String whose) {
    models.add(
        new LimiterModel(
            name,
            each(requests, seconds) + " " + whose,
            Compliance.WRONG,
            scope,
            seconds,
            (phase, random) -> Limiter.fixedWindow(requests, seconds, phase)));
  }

  private void nodes() {
    nodes("two-nodes", 2, false, requests);
    nodes("two-nodes-in-turn", 2, true, requests);
    nodes("three-nodes", 3, false, requests);
    if (requests > 1) {
      nodes("two-nodes-of-half", 2, false, requests / 2);
    }
    for (int millis : new int[] {30, 60, 150, 400}) {
      models.add(LimiterModel.lazy("lazy-" + millis, requests, seconds, millis / 1000.0));
    }
  }

  private void nodes(String name, int nodes, boolean inTurn, int each) {
    models.add(
        clocked(
            name,
            inTurn
                ? each(nodes * each, seconds) + " (" + LimiterModel.FIXED_WINDOW + ")"
                : "%s on each of %d nodes".formatted(each(each, seconds), nodes),
            Compliance.WRONG,
            seconds,
            (phase, random) ->
                Limiter.nodes(
                    Stream.generate(() -> Limiter.fixedWindow(each, seconds, phase))
                        .limit(nodes)
                        .toArray(Limiter[]::new),
                    random,
                    inTurn)));
  }

  private void obscured() {
    for (int others : new int[] {1, 2, 5}) {
      models.add(
          clocked(
              "others-" + others,
              LimiterModel.OTHERS,
              Compliance.OBSCURED,
              seconds,
              (phase, random) ->
                  Limiter.withOthers(
                      Limiter.fixedWindow(requests, seconds, phase), others * rate / 20, random)));
    }
  }

  // ---- irregular ones

  private void irregular() {
    clocks();
    delays();
    late();
    leaks();
    random();
    adaptive();
  }

  private void clocks() {
    clock("clock-fast", time -> 1.01 * time);
    clock("clock-slow", time -> 0.99 * time);
    clock("clock-steps", IrregularLimiters.steppingClock(0.3 * seconds, 4 * seconds));
  }

  private void clock(String name, DoubleUnaryOperator clock) {
    models.add(
        clocked(
            name,
            each(requests, seconds) + " (" + LimiterModel.FIXED_WINDOW + ")",
            Compliance.COMPLIANT_WITH_REMARK,
            seconds,
            (phase, random) ->
                IrregularLimiters.onClock(Limiter.fixedWindow(requests, seconds, phase), clock)));
  }

  private void delays() {
    models.add(
        clocked(
            "delays-evenly",
            each(requests, seconds) + " (" + LimiterModel.FIXED_WINDOW + ")",
            Compliance.COMPLIANT_WITH_REMARK,
            seconds,
            (phase, random) -> IrregularLimiters.delayingEvenly(requests, seconds, phase)));
    models.add(
        clocked(
            "delays-half",
            each(requests, seconds) + " (" + LimiterModel.FIXED_WINDOW + ")",
            Compliance.COMPLIANT_WITH_REMARK,
            seconds,
            (phase, random) -> IrregularLimiters.delayingHalf(requests, seconds, phase)));
  }

  private void late() {
    for (int grace : new int[] {1, 2, 3, 5}) {
      wrong(
          "late-" + grace,
          (phase, random) ->
              IrregularLimiters.late(
                  Limiter.fixedWindow(requests, seconds, phase), grace * seconds, 5 * seconds));
    }
    int half = (requests + 1) / 2;
    burstBudget(
        "burst-budget",
        phase -> Limiter.fixedWindow(requests, seconds, phase),
        phase -> Limiter.fixedWindow(half, 10 * seconds, phase));
    burstBudget(
        "burst-budget-on-request",
        phase -> Limiter.anchoredWindow(requests, seconds),
        phase -> Limiter.anchoredWindow(half, 10 * seconds));
    burstBudget(
        "burst-budget-small",
        phase -> Limiter.anchoredWindow(requests, seconds),
        phase -> Limiter.anchoredWindow(quarter(), 5 * seconds));
  }

  /** Adds a limiter with a second budget for the calls above the first. */
  private void burstBudget(
      String name, DoubleFunction<Limiter> first, DoubleFunction<Limiter> second) {
    wrong(
        name,
        (phase, random) ->
            IrregularLimiters.withSecondBudget(first.apply(phase), second.apply(phase)));
  }

  private void leaks() {
    leak("leak-1-each-2nd", 1, 2);
    leak("leak-1-each-3rd", 1, 3);
    leak("leak-2-each-4th", 2, 4);
    leak("leak-3-each-5th", 3, 5);
    leak("leak-1-each-5th", 1, 5);
    leak("leak-2-each-6th", 2, 6);
    leak("lull-each-5th", -1, 5);
    randomLeak("leak-at-random", 0.3, 3);
    randomLeak("leak-seldom", 0.1, requests / 2);
  }

  private void leak(String name, int more, int every) {
    wrong(
        name,
        (phase, random) -> {
          int first = random.nextInt(every);
          return IrregularLimiters.unevenWindows(
              window -> requests + (Math.floorMod(window, (long) every) == first ? more : 0),
              seconds,
              phase);
        });
  }

  private void randomLeak(String name, double share, int most) {
    wrong(
        name,
        (phase, random) ->
            IrregularLimiters.unevenWindows(
                window ->
                    requests
                        + (random.nextDouble() < share ? 1 + random.nextInt(Math.max(1, most)) : 0),
                seconds,
                phase));
  }

  private void random() {
    wrong(
        "race-10",
        (phase, random) ->
            IrregularLimiters.race(requests, seconds, phase, 0.010 * seconds, random));
    wrong(
        "race-25",
        (phase, random) ->
            IrregularLimiters.race(requests, seconds, phase, 0.025 * seconds, random));
    wrong(
        "sheds-above",
        (phase, random) -> IrregularLimiters.sheddingAbove(requests, seconds, random));
    wrong(
        "sheds-near",
        (phase, random) -> IrregularLimiters.sheddingNear(requests, seconds, phase, random));
    wrong(
        "sheds-below",
        (phase, random) ->
            IrregularLimiters.sheddingBelow(
                Limiter.fixedWindow(requests, seconds, phase), 0.03, random));
    wrong(
        "wandering-window",
        (phase, random) -> IrregularLimiters.wandering(requests, seconds, random));
  }

  private void adaptive() {
    wrong("concurrency", (phase, random) -> IrregularLimiters.concurrency(requests, 0.1 * seconds));
    wrong("grows", (phase, random) -> IrregularLimiters.growing(requests, seconds, phase));
    wrong(
        "halves-after-overload",
        (phase, random) -> IrregularLimiters.halving(requests, seconds, phase));
  }

  private void wrong(String name, LimiterModel.Factory maker) {
    models.add(clocked(name, LimiterModel.IRREGULAR, Compliance.WRONG, seconds, maker));
  }

  /** Returns whether chance has a part in what a model does. */
  static boolean isRandomized(String name) {
    return Stream.of("two-nodes", "three-nodes", "others", "race", "sheds", "wandering", "leak-")
            .anyMatch(name::startsWith)
        && !name.equals("two-nodes-in-turn");
  }
}
