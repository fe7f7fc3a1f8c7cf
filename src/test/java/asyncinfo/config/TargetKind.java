package asyncinfo.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of target that a run can judge; each is a value of the setting {@code target}. */
enum TargetKind {
  /** The embedded stub. */
  STUB,
  /** Remote endpoints that settings name. */
  STAGING,
  /** A recording of an earlier staging run. */
  REPLAY;

  static TargetKind parse(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" is not one of %s"
                        .formatted(
                            text,
                            Arrays.stream(values())
                                .map(TargetKind::toString)
                                .collect(Collectors.joining(", ")))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
