package asyncinfo.suite;

/** A case without a verdict. The message is complete, so there is no stack trace. */
final class InconclusiveException extends Exception {
  private static final long serialVersionUID = 1L;

  InconclusiveException(String message) {
    super(message, null, false, false);
  }
}
