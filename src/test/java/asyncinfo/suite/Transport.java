package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.recording.RequestKey;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Sends requests to the target and returns the responses; safe for use by several threads. */
interface Transport extends AutoCloseable {

  /**
   * A request, ready to be sent.
   *
   * @param api the API to call
   * @param requestKey its key in recordings
   * @param shared whether the response serves all cases
   * @param message the signed request
   * @param stated when it was signed
   */
  record OutgoingRequest(
      Api api, RequestKey requestKey, boolean shared, SignedRequest message, Instant stated) {}

  /**
   * Sends a request when the request rate allows.
   *
   * @throws NoResponseException when no response came
   */
  ApiResponse send(OutgoingRequest request) throws NoResponseException;

  /** Sends a request at once, for a burst. */
  ApiResponse sendAtOnce(OutgoingRequest request) throws NoResponseException;

  /**
   * Waits until the limit has recovered, after other callers of the account used it up.
   *
   * @param waits how often this request waited before
   * @return whether to send the request again
   */
  boolean retryAfterThrottling(OutgoingRequest request, int waits);

  /** Confirms the last response to a request: it was not throttled. */
  void answered(OutgoingRequest request);

  /** Runs a burst while no other request is sent to an API. */
  <T> T alone(Api api, Callable<T> burst) throws Exception;

  /** Returns whether the recorded run has a response to this request for its case alone. */
  boolean hasNoRecordedResponse(RequestKey requestKey);

  /** Returns the requests sent so far. */
  RequestCounts traffic();

  @Override
  void close();
}
