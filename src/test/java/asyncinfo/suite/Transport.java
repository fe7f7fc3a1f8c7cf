package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.recording.RequestKey;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Brings questions to what is judged, and replies back; from any number of threads. */
interface Transport extends AutoCloseable {

  /**
   * A message on its way.
   *
   * @param api the API asked
   * @param requestKey the question that it puts, and for whom
   * @param shared whether the answer serves all cases
   * @param message the request
   * @param stated when it was made
   */
  record OutgoingRequest(
      Api api, RequestKey requestKey, boolean shared, SignedRequest message, Instant stated) {}

  /**
   * Sends a message when its turn has come.
   *
   * @throws NoResponseException when no reply came
   */
  ApiResponse send(OutgoingRequest outgoingRequest) throws NoResponseException;

  /** Sends a message out of turn, for a burst. */
  ApiResponse sendAtOnce(OutgoingRequest outgoingRequest) throws NoResponseException;

  /**
   * Waits until the limit is there again, after others on the account used it up.
   *
   * @param waits how often this call waited before
   * @return whether to send the call again
   */
  boolean retryAfterThrottling(OutgoingRequest outgoingRequest, int waits);

  /** Notes that the last reply to a message is its answer. */
  void answered(OutgoingRequest outgoingRequest);

  /** Does something while no other call is sent to an API. */
  <T> T alone(Api api, Callable<T> burst) throws Exception;

  /** Whether an asker is known to have got no answer to a question that others may have got. */
  boolean hasNoRecordedResponse(RequestKey requestKey);

  /** What was sent so far. */
  RequestCounts traffic();

  @Override
  void close();
}
