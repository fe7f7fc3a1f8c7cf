package asyncinfo.target;

/** A call was not sent, for a reason that says nothing about the endpoint's contract. */
public final class NotSentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param why the reason, in one line
   */
  public NotSentException(String why) {
    super(why, null, false, false);
  }
}
