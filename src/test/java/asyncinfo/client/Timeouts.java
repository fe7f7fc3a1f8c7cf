package asyncinfo.client;

import java.time.Duration;

/**
 * How long a call may take.
 *
 * @param connect until the connection stands
 * @param read between two bytes of the reply
 * @param total from the first byte sent to the last received
 */
public record Timeouts(Duration connect, Duration read, Duration total) {
  /** Generous for a remote endpoint, bounded for a hanging one. */
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
}
