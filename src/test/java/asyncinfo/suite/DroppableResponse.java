package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import java.util.Optional;
import java.util.Set;

/**
 * The outcome of requests that strain the endpoint: a response of the API, or the way in which a
 * request was dropped before the API could respond.
 *
 * @param response the response; empty where the request was dropped
 * @param dropped the way in which it was dropped, for messages; empty where the API responded
 */
record DroppableResponse(Optional<CheckedResponse> response, Optional<String> dropped) {
  /** Content Too Large, URI Too Long, Request Header Fields Too Large. */
  private static final Set<Integer> TOO_LARGE = Set.of(413, 414, 431);

  static DroppableResponse of(CheckedResponse response) {
    return new DroppableResponse(Optional.of(response), Optional.empty());
  }

  static DroppableResponse dropped(String how) {
    return new DroppableResponse(Optional.empty(), Optional.of(how));
  }

  /**
   * Returns whether a proxy rejects the size of a request: with an HTTP status for that purpose, or
   * with another client error that is not in the API's form.
   */
  static boolean isRejectedByProxy(ApiResponse response) {
    boolean clientError = response.status() >= 400 && response.status() < 500;
    boolean fromApi = response.json().filter(json -> json.has("Response")).isPresent();
    return TOO_LARGE.contains(response.status()) || (clientError && !fromApi);
  }
}
