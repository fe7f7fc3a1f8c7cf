package asyncinfo.stub;

/** Ends the processing of a request with an error response. */
final class ApiErrorException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ErrorResponse response;

  ApiErrorException(ErrorResponse response) {
    super(response.code(), null, false, false);
    this.response = response;
  }

  ErrorResponse response() {
    return response;
  }
}
