package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.NoResponseException;
import asyncinfo.contract.Api;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.endpoint.RequestNotSentException;
import asyncinfo.recording.RecordedExchange;
import asyncinfo.recording.RecordedRun;
import asyncinfo.recording.RequestKey;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;

/**
 * Answers each request with the responses of a recorded run, in their order. A request that was not
 * recorded has no response.
 */
final class ReplayTransport implements Transport {
  private final RecordedRun run;
  private final Map<RequestKey, Queue<RecordedExchange>> remaining = new HashMap<>();

  ReplayTransport(RecordedRun run) {
    this.run = run;
    run.recordings()
        .forEach(
            (api, recording) ->
                recording
                    .requests()
                    .forEach(
                        recorded ->
                            remaining
                                .computeIfAbsent(
                                    recorded.requestKey(api.id()), a -> new ArrayDeque<>())
                                .addAll(recorded.exchanges())));
  }

  @Override
  public ApiResponse send(OutgoingRequest request) throws NoResponseException {
    RecordedExchange exchange = next(requestKey(request));
    if (exchange.response() == null) {
      throw new NoResponseException(run.head(request.api()).endpoint(), exchange.noResponse());
    }
    return exchange.response().at(run.when());
  }

  private synchronized RecordedExchange next(RequestKey requestKey) {
    Queue<RecordedExchange> exchanges = remaining.get(requestKey);
    if (exchanges == null || exchanges.isEmpty()) {
      throw new RequestNotSentException(
          "%s of %s was not recorded on %.10s; record again"
              .formatted(requestKey, requestKey.testCase(), run.when()));
    }
    return exchanges.remove();
  }

  /** Returns the key of the recording; a response that served all cases is recorded once. */
  private RequestKey requestKey(OutgoingRequest request) {
    return request.shared() && !hasNoRecordedResponse(request.requestKey())
        ? request.requestKey().by(RequestKey.ALL)
        : request.requestKey();
  }

  @Override
  public ApiResponse sendAtOnce(OutgoingRequest request) throws NoResponseException {
    return send(request);
  }

  @Override
  public synchronized boolean retryAfterThrottling(OutgoingRequest request, int waits) {
    return !remaining.getOrDefault(requestKey(request), new ArrayDeque<>()).isEmpty();
  }

  @Override
  public void answered(OutgoingRequest request) {
    // Recorded already.
  }

  @Override
  public <T> T alone(Api api, Callable<T> burst) throws Exception {
    return burst.call();
  }

  @Override
  public synchronized boolean hasNoRecordedResponse(RequestKey requestKey) {
    return remaining.containsKey(requestKey);
  }

  @Override
  public RequestCounts traffic() {
    Map<String, Integer> none = new LinkedHashMap<>();
    run.recordings().keySet().forEach(api -> none.put(api.id(), 0));
    return new RequestCounts(Instant.now().toString(), 0, none, none);
  }

  @Override
  public void close() {
    // Nothing to close.
  }
}
