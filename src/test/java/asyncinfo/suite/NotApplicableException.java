package asyncinfo.suite;

import java.io.Serial;

/** A mutation that does not apply, because the action has nothing that it could change. */
final class NotApplicableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  NotApplicableException(String message) {
    super(message);
  }
}
