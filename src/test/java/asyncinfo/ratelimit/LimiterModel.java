package asyncinfo.ratelimit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A kind of limiter that an endpoint may have.
 *
 * @param name its name in settings and tests
 * @param description what a report says of it: number, period, manner and scope; kinds that no
 *     client can tell apart say the same
 * @param compliance whether it keeps the documented promise
 * @param scope which calls share a budget
 * @param clock the length in seconds of the windows of its clock, whose phase a client cannot know;
 *     0 for a kind without a clock
 * @param maker makes one budget
 */
public record LimiterModel(
    String name,
    String description,
    Compliance compliance,
    Scope scope,
    double clock,
    Factory maker) {

  /** Whether a kind keeps the documented promise (facts: which limiters are lawful). */
  public enum Compliance {
    /** As many in each period as promised, and no more. */
    COMPLIANT,
    /** The same, with something worth saying. */
    COMPLIANT_WITH_REMARK,
    /** Another number, period, manner or scope. */
    WRONG,
    /** It may be the documented one, and something hides it. */
    OBSCURED
  }

  /** Makes one budget of a kind. */
  @FunctionalInterface
  public interface Factory {
    /**
     * Makes a budget.
     *
     * @param phase by how much of a window the server's clock is off, from 0 to 1
     * @param random for kinds that balance or share at random
     */
    Limiter make(double phase, RandomGenerator random);
  }

  /** Whether chance has a part in what it does, so that it never does quite the same twice. */
  boolean isRandomized() {
    return LOTS.contains(name);
  }

  /** Whether it keeps the promise. */
  public boolean compliant() {
    return compliance == Compliance.COMPLIANT || compliance == Compliance.COMPLIANT_WITH_REMARK;
  }

  /** The documented kind for a limit. */
  public static LimiterModel documented(int requests, double seconds) {
    return fixed("fixed", requests, seconds, Compliance.COMPLIANT);
  }

  /**
   * The kinds that are known by name, for a documented limit. The first 24 are those by which the
   * judge is measured.
   */
  public static List<LimiterModel> all(int requests, double seconds) {
    return Stream.concat(
            benchmarked(requests, seconds).stream(), additional(requests, seconds).stream())
        .toList();
  }

  /** The kinds by which the judge is measured; all can be recognised, or are alike to a client. */
  static List<LimiterModel> benchmarked(int requests, double seconds) {
    double rate = requests / seconds;
    int few = Math.max(1, requests / 4);
    List<LimiterModel> kinds = new ArrayList<>();
    kinds.add(documented(requests, seconds));
    if (requests > 2) {
      kinds.add(wrongNumber("fixed-2-fewer", requests - 2, seconds));
    }
    if (requests > 1) {
      kinds.add(wrongNumber("fixed-1-fewer", requests - 1, seconds));
    }
    kinds.add(wrongNumber("fixed-1-more", requests + 1, seconds));
    kinds.add(wrongNumber("fixed-2-more", requests + 2, seconds));
    kinds.add(wrongNumber("fixed-quarter-more", requests + few, seconds));
    kinds.add(wrongNumber("fixed-double", 2 * requests, seconds));
    kinds.add(wrongNumber("ten-periods", 10 * requests, 10 * seconds));
    kinds.add(
        new LimiterModel(
            "sixty-periods",
            NONE_SEEN,
            Compliance.WRONG,
            Scope.DOCUMENTED,
            60 * seconds,
            (phase, random) -> Limiter.fixedWindow(60 * requests, 60 * seconds, phase)));
    kinds.add(
        free(
            "none",
            NONE_SEEN,
            Compliance.WRONG,
            Scope.DOCUMENTED,
            (phase, random) -> Limiter.none()));
    kinds.add(bucket("token-bucket", rate, requests, Compliance.COMPLIANT_WITH_REMARK));
    if (few < requests) {
      kinds.add(bucket("token-bucket-small", rate, few, Compliance.WRONG));
    }
    kinds.add(bucket("token-bucket-large", rate, 2 * requests, Compliance.WRONG));
    kinds.add(slidingLog("sliding-log", requests, seconds, Compliance.COMPLIANT));
    kinds.add(
        free(
            "sliding-log-counting-refused",
            each(requests, seconds) + " (sliding log that counts refused calls)",
            Compliance.COMPLIANT_WITH_REMARK,
            Scope.DOCUMENTED,
            (phase, random) -> Limiter.slidingLog(requests, seconds, true)));
    kinds.add(
        new LimiterModel(
            "sliding-counter",
            each(requests, seconds) + " (sliding counter)",
            Compliance.COMPLIANT_WITH_REMARK,
            Scope.DOCUMENTED,
            seconds,
            (phase, random) -> Limiter.slidingCounter(requests, seconds, phase)));
    kinds.add(anchored("first-request-window", requests, seconds, Compliance.COMPLIANT));
    kinds.add(
        free(
            "queue",
            number(rate) + " per second, by keeping calls waiting instead of refusing them",
            Compliance.WRONG,
            Scope.DOCUMENTED,
            (phase, random) -> Limiter.queue(rate, 2 * requests)));
    kinds.add(
        new LimiterModel(
            "ban",
            each(requests, seconds) + ", and whoever goes over it is barred for longer",
            Compliance.WRONG,
            Scope.DOCUMENTED,
            seconds,
            (phase, random) ->
                Limiter.ban(Limiter.fixedWindow(requests, seconds, phase), 5 * seconds)));
    kinds.add(scoped("shared", requests, seconds, Scope.ALL_APIS, "shared by all APIs"));
    kinds.add(scoped("per-connection", requests, seconds, Scope.CONNECTION, "for each connection"));
    kinds.add(nodes("two-nodes", 2, false, requests, seconds));
    kinds.add(nodes("two-nodes-in-turn", 2, true, requests, seconds));
    kinds.add(nodes("three-nodes", 3, false, requests, seconds));
    return kinds;
  }

  /** Further kinds: other scopes, other periods and rates, and what hides a limiter. */
  static List<LimiterModel> additional(int requests, double seconds) {
    double rate = requests / seconds;
    List<LimiterModel> kinds = new ArrayList<>();
    kinds.add(scoped("per-shape", requests, seconds, Scope.SHAPE, "for each method and signature"));
    kinds.add(
        scoped("per-subject", requests, seconds, Scope.SUBJECT, "for each id that is asked for"));
    kinds.add(
        scoped("shared-by-regions", requests, seconds, Scope.ALL_REGIONS, "shared by all regions"));
    kinds.add(
        scoped(
            "shared-by-accounts", requests, seconds, Scope.ALL_ACCOUNTS, "shared by all accounts"));
    if (requests > 1) {
      kinds.add(wrongNumber("half-periods", requests / 2, seconds / 2));
      kinds.add(wrongNumber("half", requests / 2, seconds));
    }
    kinds.add(wrongNumber("double-periods", 2 * requests, 2 * seconds));
    kinds.add(wrongNumber("slow-periods", requests, 2 * seconds));
    kinds.add(wrongNumber("fast-periods", requests, seconds / 2));
    kinds.add(bucket("token-bucket-slow", rate / 2, requests, Compliance.WRONG));
    kinds.add(bucket("token-bucket-fast", 1.5 * rate, requests, Compliance.WRONG));
    for (int millis : new int[] {30, 60, 150, 400}) {
      kinds.add(lazy("lazy-" + millis, requests, seconds, millis / 1000.0));
    }
    for (int others : new int[] {1, 2, 5}) {
      kinds.add(
          new LimiterModel(
              "others-" + others,
              OTHERS,
              Compliance.OBSCURED,
              Scope.DOCUMENTED,
              seconds,
              (phase, random) ->
                  Limiter.withOthers(
                      Limiter.fixedWindow(requests, seconds, phase), others * rate / 20, random)));
    }
    return kinds;
  }

  private static final List<String> LOTS =
      List.of("two-nodes", "three-nodes", "others-1", "others-2", "others-5");

  static final String NONE_SEEN = "no limit";
  static final String LAZY = "a limit may be shared by several counters that tell each other late";
  static final String OTHERS = "others may use the same budget";

  /** Finds a kind by its name. */
  public static Optional<LimiterModel> named(String name, int requests, double seconds) {
    return all(requests, seconds).stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  static LimiterModel fixed(String name, int requests, double seconds, Compliance compliance) {
    return new LimiterModel(
        name,
        each(requests, seconds) + " (fixed window)",
        compliance,
        Scope.DOCUMENTED,
        seconds,
        (phase, random) -> Limiter.fixedWindow(requests, seconds, phase));
  }

  private static LimiterModel wrongNumber(String name, int requests, double seconds) {
    return fixed(name, requests, seconds, Compliance.WRONG);
  }

  static LimiterModel slidingLog(String name, int requests, double seconds, Compliance compliance) {
    return free(
        name,
        each(requests, seconds) + " (sliding log)",
        compliance,
        Scope.DOCUMENTED,
        (phase, random) -> Limiter.slidingLog(requests, seconds, false));
  }

  static LimiterModel anchored(String name, int requests, double seconds, Compliance compliance) {
    return free(
        name,
        each(requests, seconds) + " (window opened by the first request)",
        compliance,
        Scope.DOCUMENTED,
        (phase, random) -> Limiter.anchoredWindow(requests, seconds));
  }

  static LimiterModel bucket(String name, double perSecond, int size, Compliance compliance) {
    return free(
        name,
        "%s per second (token bucket of %d)".formatted(number(perSecond), size),
        compliance,
        Scope.DOCUMENTED,
        (phase, random) -> Limiter.tokenBucket(perSecond, size));
  }

  /** A window that is shared lazily, by a part of its length. */
  static LimiterModel lazy(String name, int requests, double seconds, double lag) {
    return new LimiterModel(
        name,
        LAZY,
        Compliance.OBSCURED,
        Scope.DOCUMENTED,
        seconds,
        (phase, random) -> Limiter.lazyWindow(requests, seconds, phase, seconds * lag));
  }

  private static LimiterModel scoped(
      String name, int requests, double seconds, Scope scope, String whose) {
    return new LimiterModel(
        name,
        each(requests, seconds) + " " + whose,
        Compliance.WRONG,
        scope,
        seconds,
        (phase, random) -> Limiter.fixedWindow(requests, seconds, phase));
  }

  private static LimiterModel nodes(
      String name, int nodes, boolean inTurn, int requests, double seconds) {
    return new LimiterModel(
        name,
        inTurn
            ? each(nodes * requests, seconds) + " (fixed window)"
            : "%s on each of %d nodes".formatted(each(requests, seconds), nodes),
        Compliance.WRONG,
        Scope.DOCUMENTED,
        seconds,
        (phase, random) ->
            Limiter.nodes(
                Stream.generate(() -> Limiter.fixedWindow(requests, seconds, phase))
                    .limit(nodes)
                    .toArray(Limiter[]::new),
                random,
                inTurn));
  }

  private static LimiterModel free(
      String name, String description, Compliance compliance, Scope scope, Factory maker) {
    return new LimiterModel(name, description, compliance, scope, 0, maker);
  }

  /** A limit in words: {@code 20 per second}, {@code 200 per 10 seconds}. */
  static String each(int requests, double seconds) {
    return requests + " per " + period(seconds);
  }

  /** A period in words, such as {@code 10 seconds}. */
  static String period(double seconds) {
    return seconds == 1 ? "second" : number(seconds) + " seconds";
  }

  static String number(double value) {
    return new BigDecimal(String.format(Locale.ROOT, "%.2f", value))
        .stripTrailingZeros()
        .toPlainString();
  }

  @Override
  public String toString() {
    return name;
  }
}
