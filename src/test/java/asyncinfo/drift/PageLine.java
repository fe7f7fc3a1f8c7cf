package asyncinfo.drift;

import java.util.regex.Pattern;

/**
 * A line of a saved page that is not blank.
 *
 * @param number its number in the file, from 1
 * @param text its text, without space around it; tabs between columns are kept
 */
record PageLine(int number, String text) {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** The words, with one space between any two. */
  String words() {
    return singleSpaced(text);
  }

  /** Returns a text with one space for any space. */
  static String singleSpaced(String text) {
    return SPACE.matcher(text).replaceAll(" ");
  }
}
