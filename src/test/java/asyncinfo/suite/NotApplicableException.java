package asyncinfo.suite;

import java.io.Serial;

/** A request cannot differ in this way, for the action has nothing that could. */
final class NotApplicableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  NotApplicableException(String message) {
    super(message);
  }
}
