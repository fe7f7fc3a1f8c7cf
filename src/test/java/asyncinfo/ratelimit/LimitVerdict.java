package asyncinfo.ratelimit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/**
 * The verdict of a limit simulation on the limit of an API.
 *
 * @param status the verdict in a word
 * @param limiter the limiter that was recognised: number, period, manner and scope; empty if none
 *     was
 * @param reason the reason in one sentence; empty if the limit is enforced
 * @param numbers the counts that decide, a line each
 * @param remarks properties that are compliant and worth knowing
 * @param notTested the scopes that could not be tested, and what would allow it
 * @param calls the number of calls that it rests on
 * @param seconds their duration, in seconds
 * @param windows the number of overloaded windows that were counted exactly: one call of twenty
 *     more would have been seen in them
 * @param undocumentedRefusals the refusals that do not look as documented, in words; empty if all
 *     look as documented. They tell nothing about the number
 */
public record LimitVerdict(
    @JsonProperty("word") LimitStatus status,
    String limiter,
    String reason,
    List<String> numbers,
    List<String> remarks,
    List<String> notTested,
    int calls,
    long seconds,
    int windows,
    String undocumentedRefusals) {

  /** The verdict in a word. */
  public enum LimitStatus {
    /** As many calls get through as promised, and no more. */
    ENFORCED("limit ENFORCED"),
    /** More get through, or fewer, or in another manner. */
    NOT_ENFORCED("limit NOT ENFORCED"),
    /** The evidence does not decide. */
    INCONCLUSIVE("limit INCONCLUSIVE");

    private final String text;

    LimitStatus(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Returns whether the limit is enforced as promised. */
  public boolean enforced() {
    return status == LimitStatus.ENFORCED;
  }

  /** Returns the verdict without its counts: {@code limit NOT ENFORCED, 25 per second}. */
  public String headline() {
    return status + (limiter.isEmpty() ? "" : ", " + limiter);
  }

  /**
   * Returns the number of overloaded windows that were counted exactly, and the share of leaks that
   * they would have missed.
   */
  @JsonProperty("power")
  public String power() {
    return windows == 0
        ? "no overloaded window could be counted exactly"
        : String.format(
            Locale.ROOT,
            "%d overloaded windows counted exactly; a leak in one of ten windows would go unseen in"
                + " %.0f %% of runs",
            windows,
            100 * Math.pow(0.9, windows));
  }

  /** Returns the verdict in one sentence. */
  public String sentence() {
    StringBuilder text = new StringBuilder(headline());
    if (!reason.isEmpty()) {
      text.append(limiter.isEmpty() ? ", " : ": ").append(reason);
    }
    remarks.forEach(remark -> text.append("; ").append(remark));
    if (!undocumentedRefusals.isEmpty()) {
      text.append("; refusals do not look as documented: ").append(undocumentedRefusals);
    }
    if (enforced()) {
      text.append("; ").append(power());
    }
    return text.append("; %d requests in %d s".formatted(calls, seconds)).toString();
  }

  @Override
  public String toString() {
    return sentence();
  }
}
