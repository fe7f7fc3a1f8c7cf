package asyncinfo.ratelimit;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A limiter that an endpoint may have.
 *
 * @param name its name in settings and tests
 * @param description its number, period, manner and scope in words; models that no client can
 *     distinguish have the same
 * @param compliance whether it keeps the documented promise
 * @param scope the calls that share a budget
 * @param clock the length in seconds of the windows of its clock, whose phase a client cannot know;
 *     0 for a model without a clock
 * @param maker makes one budget
 */
public record LimiterModel(
    String name,
    String description,
    Compliance compliance,
    Scope scope,
    double clock,
    Factory maker) {

  /** The relation of a limiter to the documented promise (facts: which limiters are compliant). */
  public enum Compliance {
    /** As many in each period as promised, and no more. */
    COMPLIANT,
    /** The same, with a property worth a remark. */
    COMPLIANT_WITH_REMARK,
    /** Another number, period, manner or scope. */
    WRONG,
    /** It may be the documented one, and something obscures it. */
    OBSCURED
  }

  /** Makes one budget of a limiter. */
  @FunctionalInterface
  public interface Factory {
    /**
     * Makes a budget.
     *
     * @param phase by how much of a window the server's clock is off, from 0 to 1
     * @param random for limiters that balance or share at random
     */
    Limiter make(double phase, RandomGenerator random);
  }

  /** Returns whether chance has a part in what it does, so that no two runs are alike. */
  boolean isRandomized() {
    return KnownLimiters.isRandomized(name);
  }

  /** Returns whether it keeps the promise. */
  public boolean compliant() {
    return compliance == Compliance.COMPLIANT || compliance == Compliance.COMPLIANT_WITH_REMARK;
  }

  /** Returns the documented limiter for a limit. */
  public static LimiterModel documented(int requests, double seconds) {
    return fixed("fixed", requests, seconds, Compliance.COMPLIANT);
  }

  /** Returns the limiters that are known by name, for a documented limit. */
  public static List<LimiterModel> all(int requests, double seconds) {
    return KnownLimiters.all(requests, seconds);
  }

  static final String FIXED_WINDOW = "fixed window";
  static final String SLIDING_LOG = "sliding log";
  static final String OPENED_BY_FIRST = "window opened by the first request";
  static final String SLIDING_LOG_OF_ALL = "sliding log that counts refused calls";
  static final String SLIDING_COUNTER = "sliding counter";
  static final String SLIDING_COUNTER_OF_ALL = "sliding counter that counts refused calls";
  static final String HALVES = "window that slides in halves";
  static final String TENTHS = "window that slides in tenths";
  static final String NONE_SEEN = "no limit";
  static final String LAZY = "several counters that learn of each other late";
  static final String OTHERS = "others may use the same budget";
  static final String IRREGULAR = "no number that holds in all windows";
  static final String QUEUED_AND_REFUSED =
      "a queue: calls above the limit wait, and are refused when it is full";

  static String tokenBucket(int size) {
    return "token bucket of " + size;
  }

  static String queued(double perSecond) {
    return number(perSecond) + " per second, by queueing calls instead of refusing them";
  }

  static String banned(int requests, double seconds) {
    return each(requests, seconds) + ", and a caller above it is banned for longer";
  }

  /** Returns at most two names: {@code a or b, or others}. */
  static String anyOf(List<String> names) {
    return names.stream().limit(2).collect(Collectors.joining(" or "))
        + (names.size() > 2 ? ", or others" : "");
  }

  /** Returns the limiter of a name. */
  public static Optional<LimiterModel> named(String name, int requests, double seconds) {
    return all(requests, seconds).stream().filter(model -> model.name().equals(name)).findFirst();
  }

  static LimiterModel fixed(String name, int requests, double seconds, Compliance compliance) {
    return clocked(
        name,
        each(requests, seconds) + " (" + FIXED_WINDOW + ")",
        compliance,
        seconds,
        (phase, random) -> Limiter.fixedWindow(requests, seconds, phase));
  }

  static LimiterModel slidingLog(String name, int requests, double seconds, Compliance compliance) {
    return unclocked(
        name,
        each(requests, seconds) + " (" + SLIDING_LOG + ")",
        compliance,
        (phase, random) -> Limiter.slidingLog(requests, seconds, false));
  }

  static LimiterModel anchored(String name, int requests, double seconds, Compliance compliance) {
    return unclocked(
        name,
        each(requests, seconds) + " (" + OPENED_BY_FIRST + ")",
        compliance,
        (phase, random) -> Limiter.anchoredWindow(requests, seconds));
  }

  static LimiterModel bucket(String name, double perSecond, int size, Compliance compliance) {
    return unclocked(
        name,
        "%s per second (%s)".formatted(number(perSecond), tokenBucket(size)),
        compliance,
        (phase, random) -> Limiter.tokenBucket(perSecond, size));
  }

  /** Returns a window that several counters share with a lag, in periods. */
  static LimiterModel lazy(String name, int requests, double seconds, double lag) {
    return clocked(
        name,
        LAZY,
        Compliance.WRONG,
        seconds,
        (phase, random) -> Limiter.lazyWindow(requests, seconds, phase, seconds * lag));
  }

  static LimiterModel clocked(
      String name, String description, Compliance compliance, double clock, Factory maker) {
    return new LimiterModel(name, description, compliance, Scope.DOCUMENTED, clock, maker);
  }

  static LimiterModel unclocked(
      String name, String description, Compliance compliance, Factory maker) {
    return clocked(name, description, compliance, 0, maker);
  }

  /** Returns a limit in words: {@code 20 per second}, {@code 200 per 10 seconds}. */
  static String each(int requests, double seconds) {
    return requests + " per " + period(seconds);
  }

  /** Returns a period in words, such as {@code 10 seconds}. */
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
