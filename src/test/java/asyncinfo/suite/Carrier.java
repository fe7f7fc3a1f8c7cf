package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.recording.Asked;
import asyncinfo.target.Traffic;
import asyncinfo.wire.HttpMessage;
import asyncinfo.wire.NoReplyException;
import asyncinfo.wire.Reply;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Brings questions to what is judged, and replies back; from any number of threads. */
interface Carrier extends AutoCloseable {

  /**
   * A message on its way.
   *
   * @param api the API asked
   * @param asked the question that it puts, and for whom
   * @param shared whether the answer serves all cases
   * @param message the request
   * @param stated when it was made
   */
  record Letter(Api api, Asked asked, boolean shared, HttpMessage message, Instant stated) {}

  /**
   * Sends a message when its turn has come.
   *
   * @throws NoReplyException when no reply came
   */
  Reply send(Letter letter) throws NoReplyException;

  /** Sends a message out of turn, for a burst. */
  Reply sendAtOnce(Letter letter) throws NoReplyException;

  /**
   * Waits until the limit is there again, after others on the account used it up.
   *
   * @param waits how often this call waited before
   * @return whether to send the call again
   */
  boolean waitOut(Letter letter, int waits);

  /** Notes that the last reply to a message is its answer. */
  void answered(Letter letter);

  /** Does something while no other call is sent to an API. */
  <T> T alone(Api api, Callable<T> burst) throws Exception;

  /** Whether an asker is known to have got no answer to a question that others may have got. */
  boolean leftUnanswered(Asked asked);

  /** What was sent so far. */
  Traffic traffic();

  @Override
  void close();
}
