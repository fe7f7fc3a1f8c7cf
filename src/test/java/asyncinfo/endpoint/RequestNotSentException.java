package asyncinfo.endpoint;

/** A call was not sent, for a reason that says nothing about the endpoint's contract. */
public final class RequestNotSentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param why the reason, in one line
   */
  public RequestNotSentException(String why) {
    super(why, null, false, false);
  }
}
