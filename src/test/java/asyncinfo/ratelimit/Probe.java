package asyncinfo.ratelimit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A group of calls whose outcomes are counted together. */
public enum Probe {
  /** Opens connections and warms both ends; not judged. */
  WARM_UP("warm-up"),
  /** Half as much again as the limit at once, after a rest. */
  BURST("burst"),
  /** The same after a longer rest, which makes an overload the first one again. */
  AFTER_REST("burst after rest"),
  /** Three and a half limits at once. */
  WIDE("wide burst"),
  /** A burst over a single connection, one call after another. */
  SINGLE("one connection"),
  /** Thirteen limits at once. */
  HUGE("huge burst"),
  /** Two limits at once, a while after {@link #HUGE}. */
  AFTER_HUGE("after huge burst"),
  /** As many at once as were accepted of {@link #WIDE}, and a third of it a while later. */
  REPEAT("repeat"),
  /** A burst (step 0) and a batch each quarter of a period after it. */
  RECOVERY("recovery", "trace"),
  /** Half a limit, a limit and a limit, placed around a window's boundary. */
  WINDOW_EDGE("window edge", "halves"),
  /** Twice the limit, evenly; a round for each period. */
  SUSTAINED("sustained", "hammer"),
  /** Three quarters of the limit, evenly, after the sustained overload. */
  BELOW("below"),
  /** All regions and accounts at the same instant. */
  SCOPE("scope"),
  /** All APIs at the same instant; in logs of earlier revisions. */
  TOGETHER("together"),
  /** A burst after the sustained overload; in logs of earlier revisions. */
  AFTER_SUSTAINED("after sustained", "after hammer");

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes it immutable.
  private final List<String> formerly;

  Probe(String text, String... formerly) {
    this.text = text;
    this.formerly = List.of(formerly);
  }

  static Optional<Probe> named(String name) {
    return Arrays.stream(values())
        .filter(probe -> probe.text.equals(name) || probe.formerly.contains(name))
        .findFirst();
  }

  @Override
  public String toString() {
    return text;
  }
}
