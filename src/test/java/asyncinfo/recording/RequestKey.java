package asyncinfo.recording;

import java.util.Map;

/**
 * A request that was put to an endpoint, and who put it: with that, whoever asks it again finds
 * what came back, whatever else is asked beside it.
 *
 * @param product the API, by its product
 * @param format the shape of the call
 * @param mutation how the request differs from a good one
 * @param parameter what the mutation works on; empty where it needs nothing
 * @param arguments the action's own parameters, as a query carries them
 * @param testCase the case that asked it, or {@link #ALL}
 */
public record RequestKey(
    String product,
    String format,
    String mutation,
    String parameter,
    Map<String, String> arguments,
    String testCase) {
  /** Stands for all cases, where one answer serves them all. */
  public static final String ALL = "all cases";

  /** The same request of another testCase. */
  public RequestKey by(String other) {
    return new RequestKey(product, format, mutation, parameter, arguments, other);
  }

  /** The same request with other arguments. */
  RequestKey with(Map<String, String> others) {
    return new RequestKey(product, format, mutation, parameter, others, testCase);
  }

  /** The request in a few words. */
  @Override
  public String toString() {
    return "%s %s, %s%s"
        .formatted(format, arguments, mutation, parameter.isEmpty() ? "" : " (" + parameter + ")");
  }
}
