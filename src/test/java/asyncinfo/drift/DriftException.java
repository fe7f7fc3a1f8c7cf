package asyncinfo.drift;

/** Ends the build. Its message is all there is to say, so it carries no stack trace. */
final class DriftException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: what differs, or what could not be compared and what to do
   */
  DriftException(String message) {
    super(message, null, false, false);
  }
}
