package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.Credentials;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.Redaction;
import asyncinfo.contract.Api;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.recording.ExchangeLog;
import asyncinfo.recording.RecordedExchange;
import asyncinfo.recording.RequestKey;
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
    ApiResponse send(OutgoingRequest outgoingRequest) throws NoResponseException;
  }

  @Override
  public ApiResponse send(OutgoingRequest outgoingRequest) throws NoResponseException {
    return passed(outgoingRequest, live::send);
  }

  @Override
  public ApiResponse sendAtOnce(OutgoingRequest outgoingRequest) throws NoResponseException {
    return passed(outgoingRequest, live::sendAtOnce);
  }

  private ApiResponse passed(OutgoingRequest outgoingRequest, Way way) throws NoResponseException {
    Redaction secrets = Redaction.of(outgoingRequest.message(), key);
    try {
      ApiResponse reply = way.send(outgoingRequest);
      keep(
          outgoingRequest,
          RecordedExchange.answered(
              outgoingRequest.message(),
              reply,
              secrets,
              outgoingRequest.stated(),
              clock.instant()));
      return reply;
    } catch (NoResponseException e) {
      keep(
          outgoingRequest,
          RecordedExchange.unanswered(
              outgoingRequest.message(), e.reason(), secrets, outgoingRequest.stated()));
      throw e;
    }
  }

  private void keep(OutgoingRequest outgoingRequest, RecordedExchange sending) {
    log.sent(outgoingRequest.requestKey(), outgoingRequest.shared(), sending);
  }

  @Override
  public boolean retryAfterThrottling(OutgoingRequest outgoingRequest, int waits) {
    return live.retryAfterThrottling(outgoingRequest, waits);
  }

  @Override
  public void answered(OutgoingRequest outgoingRequest) {
    live.answered(outgoingRequest);
    log.answered(outgoingRequest.requestKey(), outgoingRequest.shared());
  }

  @Override
  public <T> T alone(Api api, Callable<T> burst) throws Exception {
    return live.alone(api, burst);
  }

  @Override
  public boolean hasNoRecordedResponse(RequestKey requestKey) {
    return live.hasNoRecordedResponse(requestKey);
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
