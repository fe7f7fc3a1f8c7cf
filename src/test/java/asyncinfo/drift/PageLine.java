package asyncinfo.drift;

/**
 * A line of a saved page that is not blank.
 *
 * @param number its number in the file, from 1
 * @param text its text, without space around it; tabs between columns are kept
 */
record PageLine(int number, String text) {

  /** The words, with one space between any two. */
  String words() {
    return text.replaceAll("\\s+", " ");
  }
}
