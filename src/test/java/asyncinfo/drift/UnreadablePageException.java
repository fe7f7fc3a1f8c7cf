package asyncinfo.drift;

/** Says in one line why a text cannot be read as a page, and what to do. */
final class UnreadablePageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, to stand behind the name of the file
   */
  UnreadablePageException(String message) {
    super(message);
  }

  /** Something is wrong with one line. */
  static UnreadablePageException at(PageLine line, String message) {
    return new UnreadablePageException(
        ", line %d: \"%s\" %s".formatted(line.number(), shortened(line.words()), message));
  }

  private static String shortened(String words) {
    return words.length() <= 60 ? words : words.substring(0, 60) + "…";
  }
}
