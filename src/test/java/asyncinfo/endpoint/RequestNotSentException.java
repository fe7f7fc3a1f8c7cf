package asyncinfo.endpoint;

/** A request was not sent, for a reason unrelated to the contract of the endpoint. */
public final class RequestNotSentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param why the reason, in one line
   */
  public RequestNotSentException(String why) {
    super(why, null, false, false);
  }
}
