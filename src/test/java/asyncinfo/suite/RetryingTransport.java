package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.RequestNotSentException;
import asyncinfo.endpoint.TargetEndpoint;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends requests over a transport, and again after a pause when other callers have used up the
 * limit of a shared account.
 *
 * @param transport the transport
 * @param specification names the codes of throttling
 * @param target tells whether the account is shared
 */
record RetryingTransport(Transport transport, Specification specification, TargetEndpoint target) {

  /** Sends one request and checks its response. */
  interface Attempt {
    CheckedResponse send(Transport.OutgoingRequest request) throws NoResponseException;
  }

  /**
   * Sends a request until it is not throttled.
   *
   * @param signed signs the request anew for each attempt
   * @param expectedCode the error code that the case asks for, which is never taken for throttling
   * @throws NoResponseException when no response came
   * @throws RequestNotSentException when waiting for the limit did not help
   */
  CheckedResponse send(
      Supplier<Transport.OutgoingRequest> signed, String expectedCode, Attempt attempt)
      throws NoResponseException {
    for (int waits = 0; ; waits++) {
      Transport.OutgoingRequest request = signed.get();
      CheckedResponse response = attempt.send(request);
      Optional<String> throttled = throttledByOthers(response, expectedCode);
      if (throttled.isEmpty()) {
        transport.answered(request);
        return response;
      }
      if (!transport.retryAfterThrottling(request, waits)) {
        throw new RequestNotSentException(
            "%s: throttled with %s, also after %d waits; others use up the limit of this account, or it is below the pace"
                .formatted(target.endpoint(request.api()), throttled.get(), waits));
      }
    }
  }

  private Optional<String> throttledByOthers(CheckedResponse response, String expectedCode) {
    if (!target.usesSharedAccount()) {
      return Optional.empty();
    }
    List<String> codes = specification.codesFor(RequestMutation.BURST.toString(), "");
    return response
        .errorCode()
        .filter(code -> !code.equals(expectedCode))
        .filter(code -> codes.stream().anyMatch(c -> code.equals(c) || code.startsWith(c + ".")));
  }
}
