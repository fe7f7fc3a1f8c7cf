package asyncinfo.stub;

/** Ends the gateway's pipeline with a refusal. */
final class ApiErrorException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ErrorResponse refusal;

  ApiErrorException(ErrorResponse refusal) {
    super(refusal.code(), null, false, false);
    this.refusal = refusal;
  }

  ErrorResponse refusal() {
    return refusal;
  }
}
