package asyncinfo.report;

/** Ends the build with its message, which is complete; hence no stack trace. */
final class NotConformantException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotConformantException(String message) {
    super(message, null, false, false);
  }
}
