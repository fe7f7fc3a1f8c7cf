package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.recording.Asked;
import asyncinfo.recording.Sending;
import asyncinfo.recording.SendingLog;
import asyncinfo.target.Traffic;
import asyncinfo.wire.Credentials;
import asyncinfo.wire.NoReplyException;
import asyncinfo.wire.Redaction;
import asyncinfo.wire.Reply;
import java.time.InstantSource;
import java.util.concurrent.Callable;

/**
 * Keeps what another carrier sends, and what comes of it.
 *
 * @param live the other carrier
 * @param log where it is kept
 * @param key the key that signs, which is not kept
 * @param clock the time that calls state
 */
record RecordingCarrier(Carrier live, SendingLog log, Credentials key, InstantSource clock)
    implements Carrier {

  /** Sends a message. */
  private interface Way {
    Reply send(Letter letter) throws NoReplyException;
  }

  @Override
  public Reply send(Letter letter) throws NoReplyException {
    return kept(letter, live::send);
  }

  @Override
  public Reply sendAtOnce(Letter letter) throws NoReplyException {
    return kept(letter, live::sendAtOnce);
  }

  private Reply kept(Letter letter, Way way) throws NoReplyException {
    Redaction secrets = Redaction.of(letter.message(), key);
    try {
      Reply reply = way.send(letter);
      keep(
          letter,
          Sending.answered(letter.message(), reply, secrets, letter.stated(), clock.instant()));
      return reply;
    } catch (NoReplyException e) {
      keep(letter, Sending.unanswered(letter.message(), e.reason(), secrets, letter.stated()));
      throw e;
    }
  }

  private void keep(Letter letter, Sending sending) {
    log.sent(letter.asked(), letter.shared(), sending);
  }

  @Override
  public boolean waitOut(Letter letter, int waits) {
    return live.waitOut(letter, waits);
  }

  @Override
  public void answered(Letter letter) {
    live.answered(letter);
    log.answered(letter.asked(), letter.shared());
  }

  @Override
  public <T> T alone(Api api, Callable<T> burst) throws Exception {
    return live.alone(api, burst);
  }

  @Override
  public boolean leftUnanswered(Asked asked) {
    return live.leftUnanswered(asked);
  }

  @Override
  public Traffic traffic() {
    return live.traffic();
  }

  @Override
  public void close() {
    live.close();
    log.close();
  }
}
