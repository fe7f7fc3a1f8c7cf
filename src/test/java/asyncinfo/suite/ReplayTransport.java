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
 * Gives each question the replies that it had in a recorded run, in their order. What was never
 * asked then has no answer now: nothing is guessed.
 */
final class ReplayTransport implements Transport {
  private final RecordedRun run;
  private final Map<RequestKey, Queue<RecordedExchange>> left = new HashMap<>();

  ReplayTransport(RecordedRun run) {
    this.run = run;
    run.recordings()
        .forEach(
            (api, recording) ->
                recording
                    .questions()
                    .forEach(
                        question ->
                            left.computeIfAbsent(
                                    question.requestKey(api.product()), a -> new ArrayDeque<>())
                                .addAll(question.sendings())));
  }

  @Override
  public ApiResponse send(OutgoingRequest outgoingRequest) throws NoResponseException {
    RecordedExchange sending = next(requestKey(outgoingRequest));
    if (sending.reply() == null) {
      throw new NoResponseException(run.head(outgoingRequest.api()).endpoint(), sending.silence());
    }
    return sending.reply().at(run.when());
  }

  private synchronized RecordedExchange next(RequestKey requestKey) {
    Queue<RecordedExchange> sendings = left.get(requestKey);
    if (sendings == null || sendings.isEmpty()) {
      throw new RequestNotSentException(
          "%s of %s was not recorded on %.10s; record again"
              .formatted(requestKey, requestKey.testCase(), run.when()));
    }
    return sendings.remove();
  }

  /** An answer that served all cases was recorded as theirs. */
  private RequestKey requestKey(OutgoingRequest outgoingRequest) {
    return outgoingRequest.shared() && !hasNoRecordedResponse(outgoingRequest.requestKey())
        ? outgoingRequest.requestKey().by(RequestKey.ALL)
        : outgoingRequest.requestKey();
  }

  @Override
  public ApiResponse sendAtOnce(OutgoingRequest outgoingRequest) throws NoResponseException {
    return send(outgoingRequest);
  }

  @Override
  public synchronized boolean retryAfterThrottling(OutgoingRequest outgoingRequest, int waits) {
    return !left.getOrDefault(requestKey(outgoingRequest), new ArrayDeque<>()).isEmpty();
  }

  @Override
  public void answered(OutgoingRequest outgoingRequest) {
    // It was in the recorded run.
  }

  @Override
  public <T> T alone(Api api, Callable<T> burst) throws Exception {
    return burst.call();
  }

  @Override
  public synchronized boolean hasNoRecordedResponse(RequestKey requestKey) {
    return left.containsKey(requestKey);
  }

  @Override
  public RequestCounts traffic() {
    Map<String, Integer> none = new LinkedHashMap<>();
    run.recordings().keySet().forEach(api -> none.put(api.product(), 0));
    return new RequestCounts(Instant.now().toString(), 0, none, none);
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
