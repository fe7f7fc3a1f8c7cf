package asyncinfo.drift;

/** Brackets of a text, round or square, in either width. */
final class Brackets {
  private static final String OPEN = "(（[【{";
  private static final String CLOSED = ")）]】}";

  private Brackets() {}

  /** Returns the number of brackets that are open at a place. */
  static int depth(String text, int place) {
    int depth = 0;
    for (int i = 0; i < place; i++) {
      depth = Math.max(0, depth + step(text.charAt(i)));
    }
    return depth;
  }

  private static int step(char each) {
    return OPEN.indexOf(each) >= 0 ? 1 : CLOSED.indexOf(each) >= 0 ? -1 : 0;
  }

  /** Returns the place of the first bracket that closes one before the text, or the length. */
  static int end(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      depth += step(text.charAt(i));
      if (depth < 0) {
        return i;
      }
    }
    return text.length();
  }
}
