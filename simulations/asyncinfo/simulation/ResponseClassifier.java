package asyncinfo.simulation;

import asyncinfo.client.ApiResponse;
import asyncinfo.contract.Requirement;
import asyncinfo.contract.Specification;
import asyncinfo.ratelimit.CallOutcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Classifies the responses of one API by their body, because a throttled call has HTTP 200 too. */
final class ResponseClassifier {
  private static final int OK = 200;
  private static final String DATA = "";

  private final Specification specification;
  private final UnaryOperator<String> redaction;
  private final List<String> throttledCodes;
  private final Map<Integer, String> firstCodes = new ConcurrentHashMap<>();

  /**
   * Creates a classifier for one API.
   *
   * @param redaction removes secrets from what a response contains
   */
  ResponseClassifier(Specification specification, UnaryOperator<String> redaction) {
    this.specification = specification;
    this.redaction = redaction;
    this.throttledCodes = specification.codesFor(Requirement.BURST, "");
  }

  /**
   * The class of a response.
   *
   * @param outcome accepted, throttled or other
   * @param detail the error code or HTTP status of a response that was not accepted; the same for
   *     all responses of a kind, so that Gatling counts them in one row
   */
  record Classification(CallOutcome outcome, String detail) {
    /** The class of a call without response. */
    static final Classification LOST = new Classification(CallOutcome.LOST, "no reply");

    /** Returns the text that Gatling's report counts: {@code throttled: RequestLimitExceeded}. */
    @Override
    public String toString() {
      String name = outcome.name().toLowerCase(Locale.ROOT);
      return detail.isEmpty() ? name : name + ": " + detail;
    }
  }

  /**
   * Classifies a response. A business error counts as accepted if the first response for the same
   * subject had it too: then it is due to the subject, and not to the load.
   *
   * @param subject the index of what the call asked for
   */
  Classification classify(ApiResponse response, int subject) {
    if (response.status() != OK
        || response.json().filter(j -> j.path("Response").isObject()).isEmpty()) {
      return other(response);
    }
    if (!response.json().map(Specification::isError).orElse(false)) {
      firstCodes.putIfAbsent(subject, DATA);
      return new Classification(CallOutcome.ACCEPTED, "");
    }
    Optional<String> code = response.errorCode();
    if (code.isEmpty()) {
      return other(response);
    }
    if (throttledCodes.contains(code.get())) {
      return new Classification(CallOutcome.THROTTLED, code.get());
    }
    if (specification.isGatewayCode(code.get())) {
      return other(response);
    }
    String first = firstCodes.putIfAbsent(subject, code.get());
    return first == null || first.equals(code.get())
        ? new Classification(CallOutcome.ACCEPTED, "")
        : other(response);
  }

  private Classification other(ApiResponse response) {
    String detail =
        response
            .errorCode()
            .map(code -> "Error.Code " + code)
            .orElse("HTTP status " + response.status());
    return new Classification(CallOutcome.OTHER, redaction.apply(detail));
  }
}
