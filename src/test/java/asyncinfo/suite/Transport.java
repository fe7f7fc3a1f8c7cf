package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.recording.RequestKey;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.client.SignedRequest;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.ApiResponse;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Brings questions to what is judged, and replies back; from any number of threads. */
interface Transport extends AutoCloseable {

  /**
   * A message on its way.
   *
   * @param api the API asked
   * @param asked the question that it puts, and for whom
   * @param shared whether the answer serves all cases
   * @param message the request
   * @param stated when it was made
   */
  record OutgoingRequest(Api api, RequestKey asked, boolean shared, SignedRequest message, Instant stated) {}

  /**
   * Sends a message when its turn has come.
   *
   * @throws NoResponseException when no reply came
   */
  ApiResponse send(OutgoingRequest letter) throws NoResponseException;

  /** Sends a message out of turn, for a burst. */
  ApiResponse sendAtOnce(OutgoingRequest letter) throws NoResponseException;

  /**
   * Waits until the limit is there again, after others on the account used it up.
   *
   * @param waits how often this call waited before
   * @return whether to send the call again
   */
  boolean waitOut(OutgoingRequest letter, int waits);

  /** Notes that the last reply to a message is its answer. */
  void answered(OutgoingRequest letter);

  /** Does something while no other call is sent to an API. */
  <T> T alone(Api api, Callable<T> burst) throws Exception;

  /** Whether an asker is known to have got no answer to a question that others may have got. */
  boolean leftUnanswered(RequestKey asked);

  /** What was sent so far. */
  RequestCounts traffic();

  @Override
  void close();
}
