package asyncinfo.drift;

import asyncinfo.contract.DocumentedValue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An item of a list of values: {@code paused}, {@code paused (due to failure)}, {@code paused: due
 * to failure}, {@code 0 = paused}, each of them in quotation marks or not.
 */
final class ListedValue {
  private static final String QUOTED = "`[^`]+`|\"[^\"]+\"|'[^']+'|“[^”]+”|‘[^’]+’|「[^」]+」";
  private static final String TOKEN = "(" + QUOTED + "|[^\\s:：,，;；、(（]+?)";
  private static final String WORDS = "(" + QUOTED + "|[\\w./-]+(?: [\\w./-]+){0,2}?)";

  /** A value, and a note behind a colon or a dash, or in brackets. */
  private static final List<Pattern> NOTES =
      List.of(
          Pattern.compile(TOKEN + "\\s*(?:：\\s*|:\\s+|:(?=[^\\d/\\s]))(.+)", Pattern.DOTALL),
          Pattern.compile("(.+?)\\s*[(（\\[](.*)[)）\\]]", Pattern.DOTALL),
          Pattern.compile(TOKEN + "\\s+[-–—]+\\s*(.+)", Pattern.DOTALL),
          Pattern.compile(TOKEN + "\\s*[=–—]+\\s*(.+)", Pattern.DOTALL),
          Pattern.compile(
              TOKEN + "\\s+(?:indicates|means|stands for|represents|refers to)\\s+(?:that )?(.+)",
              Pattern.DOTALL),
          Pattern.compile(WORDS + ": (.+)", Pattern.DOTALL));

  private static final Pattern COLON =
      Pattern.compile(
          "(?:" + TOKEN + "|" + WORDS + ")\\s*(?:：|:\\s|:(?=[^\\d/\\s])).*", Pattern.DOTALL);
  private static final Pattern BARE = Pattern.compile(TOKEN);

  private ListedValue() {}

  /** Reads an item. */
  static DocumentedValue of(String item) {
    String text = trimmed(item);
    for (Pattern form : NOTES) {
      Matcher note = form.matcher(text);
      if (note.matches()) {
        return new DocumentedValue(unquoted(note.group(1)), trimmed(note.group(2)));
      }
    }
    return new DocumentedValue(unquoted(text), "");
  }

  /** Returns whether a text is a value without a note, or a value with one. */
  static boolean isLikely(String item) {
    String text = trimmed(item);
    return BARE.matcher(text).matches()
        || NOTES.stream().limit(5).anyMatch(form -> form.matcher(text).matches() && starts(text));
  }

  private static boolean starts(String text) {
    return Pattern.compile(TOKEN + "\\s*(?:[:：(（\\[=–—-]|\\s[a-z]+ ).*", Pattern.DOTALL)
        .matcher(text)
        .matches();
  }

  /** Returns whether a note behind a colon follows the value. */
  static boolean hasColon(String item) {
    return COLON.matcher(trimmed(item)).matches();
  }

  /** Returns whether there is a value alone. */
  static boolean isBare(String item) {
    return BARE.matcher(trimmed(item)).matches();
  }

  /** Returns the quotation mark that a text begins with. */
  static Optional<String> quote(String item) {
    Matcher quoted = Pattern.compile(QUOTED).matcher(item.strip());
    return quoted.lookingAt() ? Optional.of(item.strip().substring(0, 1)) : Optional.empty();
  }

  private static String trimmed(String text) {
    return PageLine.singleSpaced(text).strip().replaceFirst("\\s*[.。,，;；、]+$", "").strip();
  }

  private static String unquoted(String value) {
    return value.strip().replaceAll("^[`\"'“‘「]|[`\"'”’」]$", "");
  }
}
