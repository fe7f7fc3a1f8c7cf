package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.recording.RequestKey;
import asyncinfo.recording.RecordedExchange;
import asyncinfo.recording.ExchangeLog;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.client.Credentials;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.Redaction;
import asyncinfo.client.ApiResponse;
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
record RecordingTransport(Transport live, ExchangeLog log, Credentials key, InstantSource clock)
    implements Transport {

  /** Sends a message. */
  private interface Way {
    ApiResponse send(OutgoingRequest letter) throws NoResponseException;
  }

  @Override
  public ApiResponse send(OutgoingRequest letter) throws NoResponseException {
    return kept(letter, live::send);
  }

  @Override
  public ApiResponse sendAtOnce(OutgoingRequest letter) throws NoResponseException {
    return kept(letter, live::sendAtOnce);
  }

  private ApiResponse kept(OutgoingRequest letter, Way way) throws NoResponseException {
    Redaction secrets = Redaction.of(letter.message(), key);
    try {
      ApiResponse reply = way.send(letter);
      keep(
          letter,
          RecordedExchange.answered(letter.message(), reply, secrets, letter.stated(), clock.instant()));
      return reply;
    } catch (NoResponseException e) {
      keep(letter, RecordedExchange.unanswered(letter.message(), e.reason(), secrets, letter.stated()));
      throw e;
    }
  }

  private void keep(OutgoingRequest letter, RecordedExchange sending) {
    log.sent(letter.asked(), letter.shared(), sending);
  }

  @Override
  public boolean waitOut(OutgoingRequest letter, int waits) {
    return live.waitOut(letter, waits);
  }

  @Override
  public void answered(OutgoingRequest letter) {
    live.answered(letter);
    log.answered(letter.asked(), letter.shared());
  }

  @Override
  public <T> T alone(Api api, Callable<T> burst) throws Exception {
    return live.alone(api, burst);
  }

  @Override
  public boolean leftUnanswered(RequestKey asked) {
    return live.leftUnanswered(asked);
  }

  @Override
  public RequestCounts traffic() {
    return live.traffic();
  }

  @Override
  public void close() {
    live.close();
    log.close();
  }
}
