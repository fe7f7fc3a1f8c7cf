package asyncinfo.client;

import java.time.Duration;

/**
 * Time limits of a request.
 *
 * @param connect the limit on establishing the connection
 * @param read the limit between two bytes of the response
 * @param total the limit from the first byte sent to the last received
 */
public record Timeouts(Duration connect, Duration read, Duration total) {
  /** Generous for a remote endpoint, bounded for a hanging one. */
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
}
