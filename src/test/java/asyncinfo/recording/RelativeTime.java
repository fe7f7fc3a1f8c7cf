package asyncinfo.recording;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time relative to another one, in seconds, such as {@code <sent>} or {@code <sent+600>}, so that
 * it is equal in two runs.
 */
final class RelativeTime {
  /** Largest difference, in seconds, attributed to rounding and network latency. */
  private static final long TOLERATED = 2;

  private static final Pattern FORM = Pattern.compile("<[a-z]+([+-]\\d+)?>");

  private RelativeTime() {}

  static String text(String word, long seconds) {
    return Math.abs(seconds) <= TOLERATED
        ? "<" + word + ">"
        : "<%s%s%d>".formatted(word, seconds > 0 ? "+" : "", seconds);
  }

  /** Returns the seconds of a relative time; empty for other text. */
  static OptionalLong seconds(String text) {
    Matcher found = FORM.matcher(text);
    if (!found.matches()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(found.group(1) == null ? 0 : Long.parseLong(found.group(1)));
  }
}
