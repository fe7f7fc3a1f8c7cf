package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.recording.RequestKey;
import asyncinfo.recording.RecordedRun;
import asyncinfo.recording.RecordedExchange;
import asyncinfo.endpoint.RequestNotSentException;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.ApiResponse;
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
                                    question.asked(api.product()), a -> new ArrayDeque<>())
                                .addAll(question.sendings())));
  }

  @Override
  public ApiResponse send(OutgoingRequest letter) throws NoResponseException {
    RecordedExchange sending = next(asked(letter));
    if (sending.reply() == null) {
      throw new NoResponseException(run.head(letter.api()).endpoint(), sending.silence());
    }
    return sending.reply().at(run.when());
  }

  private synchronized RecordedExchange next(RequestKey asked) {
    Queue<RecordedExchange> sendings = left.get(asked);
    if (sendings == null || sendings.isEmpty()) {
      throw new RequestNotSentException(
          "%s of %s was not recorded on %.10s; record again"
              .formatted(asked, asked.asker(), run.when()));
    }
    return sendings.remove();
  }

  /** An answer that served all cases was recorded as theirs. */
  private RequestKey asked(OutgoingRequest letter) {
    return letter.shared() && !leftUnanswered(letter.asked())
        ? letter.asked().by(RequestKey.ALL)
        : letter.asked();
  }

  @Override
  public ApiResponse sendAtOnce(OutgoingRequest letter) throws NoResponseException {
    return send(letter);
  }

  @Override
  public synchronized boolean waitOut(OutgoingRequest letter, int waits) {
    return !left.getOrDefault(asked(letter), new ArrayDeque<>()).isEmpty();
  }

  @Override
  public void answered(OutgoingRequest letter) {
    // It was in the recorded run.
  }

  @Override
  public <T> T alone(Api api, Callable<T> burst) throws Exception {
    return burst.call();
  }

  @Override
  public synchronized boolean leftUnanswered(RequestKey asked) {
    return left.containsKey(asked);
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
