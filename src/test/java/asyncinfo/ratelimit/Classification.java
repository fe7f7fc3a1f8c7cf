package asyncinfo.ratelimit;

import asyncinfo.ratelimit.LimitVerdict.LimitStatus;
import java.util.List;

/**
 * The result of one classifier.
 *
 * @param status the verdict in a word
 * @param limiter the limiter that it recognised; empty where it recognised none
 * @param reason the reason in one sentence
 * @param certain whether only a limiter that breaks the promise can have caused what was observed
 * @param remarks properties of a compliant limiter that differ from the plain window
 */
record Classification(
    LimitStatus status, String limiter, String reason, boolean certain, List<String> remarks) {
  static Classification enforced(String limiter, List<String> remarks) {
    return new Classification(LimitStatus.ENFORCED, limiter, "", false, remarks);
  }

  static Classification wrong(String limiter, String reason) {
    return new Classification(LimitStatus.NOT_ENFORCED, limiter, reason, false, List.of());
  }

  static Classification certainlyWrong(String limiter, String reason) {
    return new Classification(LimitStatus.NOT_ENFORCED, limiter, reason, true, List.of());
  }

  /** Returns a broken promise that may also be a compliant limiter that something obscures. */
  static Classification unclear(String reason) {
    return wrong("", reason);
  }

  static Classification inconclusive(String reason) {
    return new Classification(LimitStatus.INCONCLUSIVE, "", reason, false, List.of());
  }
}
