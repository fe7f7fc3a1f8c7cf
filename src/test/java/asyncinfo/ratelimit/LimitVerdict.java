package asyncinfo.ratelimit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a limit simulation says about the limit of an API.
 *
 * @param status the verdict in a word
 * @param limiter the limiter that was recognised: number, period, manner and scope; empty where
 *     none was
 * @param reason why, in one sentence; empty where the limit is enforced
 * @param numbers the numbers that decide, a line each
 * @param remarks what is lawful, and worth knowing
 * @param notTested which scopes could not be tested, and what would let them
 * @param calls how many calls it rests on
 * @param seconds how long they took, in seconds
 */
public record LimitVerdict(
    @JsonProperty("word") LimitStatus status,
    String limiter,
    String reason,
    List<String> numbers,
    List<String> remarks,
    List<String> notTested,
    int calls,
    long seconds) {

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

  /** Whether the limit is enforced as promised. */
  public boolean enforced() {
    return status == LimitStatus.ENFORCED;
  }

  /** The verdict without its numbers: {@code limit NOT ENFORCED, 25 per second (fixed window)}. */
  public String headline() {
    return status + (limiter.isEmpty() ? "" : ", " + limiter);
  }

  /** The verdict in one sentence. */
  public String sentence() {
    StringBuilder text = new StringBuilder(headline());
    if (!reason.isEmpty()) {
      text.append(limiter.isEmpty() ? ", " : ": ").append(reason);
    }
    remarks.forEach(remark -> text.append("; ").append(remark));
    return text.append("; %d requests in %d s".formatted(calls, seconds)).toString();
  }

  @Override
  public String toString() {
    return sentence();
  }
}
