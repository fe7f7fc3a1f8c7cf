package asyncinfo.drift;

/** Fails the build with one line; it carries no stack trace. */
final class DriftException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: what differs, or what could not be compared and what to do
   */
  DriftException(String message) {
    super(message, null, false, false);
  }
}
