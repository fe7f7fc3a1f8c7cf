package asyncinfo.report;

/** Ends the build. Its message is all there is to say, so it carries no stack trace. */
final class NotConformantException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotConformantException(String message) {
    super(message, null, false, false);
  }
}
