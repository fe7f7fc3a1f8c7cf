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
 * Records the exchanges of another transport.
 *
 * @param live the other transport
 * @param log where they are recorded
 * @param key the key that signs, which is redacted
 * @param clock the clock of the run
 */
record RecordingTransport(Transport live, ExchangeLog log, Credentials key, InstantSource clock)
    implements Transport {

  /** Sends a request over the other transport. */
  private interface Exchange {
    ApiResponse send(OutgoingRequest request) throws NoResponseException;
  }

  @Override
  public ApiResponse send(OutgoingRequest request) throws NoResponseException {
    return recorded(request, live::send);
  }

  @Override
  public ApiResponse sendAtOnce(OutgoingRequest request) throws NoResponseException {
    return recorded(request, live::sendAtOnce);
  }

  private ApiResponse recorded(OutgoingRequest request, Exchange exchange)
      throws NoResponseException {
    Redaction secrets = Redaction.of(request.message(), key);
    try {
      ApiResponse response = exchange.send(request);
      record(
          request,
          RecordedExchange.answered(
              request.message(), response, secrets, request.stated(), clock.instant()));
      return response;
    } catch (NoResponseException e) {
      record(
          request,
          RecordedExchange.unanswered(request.message(), e.reason(), secrets, request.stated()));
      throw e;
    }
  }

  private void record(OutgoingRequest request, RecordedExchange exchange) {
    log.sent(request.requestKey(), request.shared(), exchange);
  }

  @Override
  public boolean retryAfterThrottling(OutgoingRequest request, int waits) {
    return live.retryAfterThrottling(request, waits);
  }

  @Override
  public void answered(OutgoingRequest request) {
    live.answered(request);
    log.answered(request.requestKey(), request.shared());
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
