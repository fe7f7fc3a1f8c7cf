package asyncinfo.recording;

import java.util.Map;

/**
 * Identifies a request and the test case that sent it, so that a replay finds its response
 * independently of other requests.
 *
 * @param api the id of the API
 * @param format the request format
 * @param mutation the difference from a valid request
 * @param parameter the parameter that the mutation changes; empty if none
 * @param arguments the action's own parameters, as a query carries them
 * @param testCase the test case that sent it, or {@link #ALL}
 */
public record RequestKey(
    String api,
    String format,
    String mutation,
    String parameter,
    Map<String, String> arguments,
    String testCase) {
  /** Stands for all test cases if they share one response. */
  public static final String ALL = "all cases";

  /** Returns the key of the same request by another test case. */
  public RequestKey by(String other) {
    return new RequestKey(api, format, mutation, parameter, arguments, other);
  }

  /** Returns a copy with other arguments. */
  RequestKey with(Map<String, String> others) {
    return new RequestKey(api, format, mutation, parameter, others, testCase);
  }

  /** Returns a short description of the request. */
  @Override
  public String toString() {
    return "%s %s, %s%s"
        .formatted(format, arguments, mutation, parameter.isEmpty() ? "" : " (" + parameter + ")");
  }
}
