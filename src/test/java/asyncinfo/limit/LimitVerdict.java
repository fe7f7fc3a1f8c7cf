package asyncinfo.limit;

import java.util.List;

/**
 * What a limit simulation says about the limit of an API.
 *
 * @param word the verdict in a word
 * @param reason why, in one sentence with the numbers that decide
 * @param remarks what is lawful, and worth knowing
 */
public record LimitVerdict(Word word, String reason, List<String> remarks) {

  /** The verdict in a word. */
  public enum Word {
    /** As many calls get through as promised, and no more. */
    ENFORCED("limit ENFORCED"),
    /** More get through, or fewer, or in another manner. */
    NOT_ENFORCED("limit NOT ENFORCED"),
    /** The evidence does not decide. */
    UNSURE("UNSURE");

    private final String text;

    Word(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static LimitVerdict enforced(String reason, List<String> remarks) {
    return new LimitVerdict(Word.ENFORCED, reason, List.copyOf(remarks));
  }

  static LimitVerdict notEnforced(String reason) {
    return new LimitVerdict(Word.NOT_ENFORCED, reason, List.of());
  }

  static LimitVerdict unsure(String reason) {
    return new LimitVerdict(Word.UNSURE, reason, List.of());
  }

  /** Whether the limit is enforced as promised. */
  public boolean enforced() {
    return word == Word.ENFORCED;
  }

  /** The verdict without its numbers. */
  public String headline() {
    return word + ", " + reason.replaceFirst(":.*", "");
  }

  /** The reason with the remarks. */
  public String why() {
    return reason + (remarks.isEmpty() ? "" : " (" + String.join("; ", remarks) + ")");
  }

  @Override
  public String toString() {
    return word + ", " + why();
  }
}
