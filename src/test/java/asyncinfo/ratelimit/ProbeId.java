package asyncinfo.ratelimit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity of a probe in a run, and the one place that makes and parses its name: {@code
 * below}, {@code burst 2}, {@code recovery 1.3}.
 *
 * @param probe the kind of probe
 * @param round which one of its kind, from 1; 0 for a probe that is sent once
 * @param step which batch of the round, from 0; -1 for a round of a single batch
 */
public record ProbeId(Probe probe, int round, int step) {
  private static final Pattern NAME = Pattern.compile("(\\D+?)(?: (\\d{1,6})(?:\\.(\\d{1,6}))?)?");

  /** A probe that is sent once. */
  public static ProbeId of(Probe probe) {
    return new ProbeId(probe, 0, -1);
  }

  /** A probe that is sent several times. */
  public static ProbeId of(Probe probe, int round) {
    return new ProbeId(probe, round, -1);
  }

  /**
   * Parses a name; names of earlier revisions are known too.
   *
   * @throws IllegalArgumentException if no probe has that name
   */
  @JsonCreator
  public static ProbeId parse(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw new IllegalArgumentException("unknown probe \"" + name + "\"");
    }
    Probe probe =
        Probe.named(parts.group(1))
            .orElseThrow(() -> new IllegalArgumentException("unknown probe \"" + name + "\""));
    return new ProbeId(
        probe,
        parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2)),
        parts.group(3) == null ? -1 : Integer.parseInt(parts.group(3)));
  }

  @JsonValue
  @Override
  public String toString() {
    return probe + (round == 0 ? "" : " " + round) + (step < 0 ? "" : "." + step);
  }
}
