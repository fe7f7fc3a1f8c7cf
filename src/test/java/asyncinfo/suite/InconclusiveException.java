package asyncinfo.suite;

/** A case could not be judged. Its message is all there is to say, so it carries no stack trace. */
final class InconclusiveException extends Exception {
  private static final long serialVersionUID = 1L;

  InconclusiveException(String message) {
    super(message, null, false, false);
  }
}
