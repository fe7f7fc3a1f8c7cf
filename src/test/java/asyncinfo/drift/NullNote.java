package asyncinfo.drift;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The sentence of a description by which a field may be null: {@code Note: This field may return
 * null, indicating that no valid values can be obtained.}
 *
 * @param present whether there is one
 * @param rest the description without it
 */
record NullNote(boolean present, String rest) {

  private static final Pattern NEVER = Pattern.compile("(?!)");

  /** Finds the sentence in any of the wordings of pages. */
  static NullNote in(String description, PageTemplate format) {
    boolean possible = description.toLowerCase(Locale.ROOT).contains("null");
    Matcher note = (possible ? pattern(format) : NEVER).matcher(description);
    return note.find()
        ? new NullNote(true, note.replaceAll("\n").strip())
        : new NullNote(false, description);
  }

  private static Pattern pattern(PageTemplate format) {
    String words =
        format.nullable().stream()
            .map(
                phrase ->
                    SentencePattern.lenient(phrase)
                        .replaceFirst("\\\\Qnull\\\\E$", "[\"'`“‘]?null[\"'`”’]?(?!\\\\w)"))
            .collect(Collectors.joining("|", "(?:", ")"));
    String label = "(?:Notes?|注意|注|说明)\\s*[:：]\\s*";
    String subject =
        "(?:(?:This|The|Such|It|Each|此|该|本)\\b(?:\\s+(?:[\\w`\"]+)){0,3}\\s+|(?:此|该|本)\\S{0,6}\\s*)?";
    String beginning = "(?:" + label + "(?:(?!" + label + ")[^.。;；()（）])*?|" + subject + ")";
    return Pattern.compile(
        "[(（\\[]?\\s*"
            + beginning
            + words
            + "[^.。;；\\n)）\\]]*(?:\\n(?=[a-z])[^.。;；\\n)）\\]]*)*[.。;；]?\\s*[)）\\]]?",
        Pattern.CASE_INSENSITIVE);
  }
}
