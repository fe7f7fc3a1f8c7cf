package asyncinfo.recording;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time by how many seconds it is from another one, such as {@code <sent>} or {@code <sent+600>}:
 * so it is the same in two runs.
 */
final class RelativeTime {
  /** Seconds that rounding and the way to the endpoint make; they are no difference. */
  private static final long TOLERATED = 2;

  private static final Pattern FORM = Pattern.compile("<[a-z]+([+-]\\d+)?>");

  private RelativeTime() {}

  static String text(String word, long seconds) {
    return Math.abs(seconds) <= TOLERATED
        ? "<" + word + ">"
        : "<%s%s%d>".formatted(word, seconds > 0 ? "+" : "", seconds);
  }

  /** The seconds of such a text; empty where it is none. */
  static OptionalLong seconds(String text) {
    Matcher found = FORM.matcher(text);
    if (!found.matches()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(found.group(1) == null ? 0 : Long.parseLong(found.group(1)));
  }
}
