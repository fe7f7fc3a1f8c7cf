package asyncinfo.wire;

/** No reply came: trouble on the way to the endpoint, which says nothing about the contract. */
public final class NoReplyException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param endpoint where the request was sent
   * @param cause what happened
   */
  public NoReplyException(String endpoint, Throwable cause) {
    super(endpoint + ": " + describe(cause), cause);
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null ? name : name + ": " + message.lines().findFirst().orElse("");
  }
}
