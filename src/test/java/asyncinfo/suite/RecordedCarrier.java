package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.recording.Asked;
import asyncinfo.recording.RecordedRun;
import asyncinfo.recording.Sending;
import asyncinfo.target.NotSentException;
import asyncinfo.target.Traffic;
import asyncinfo.wire.NoReplyException;
import asyncinfo.wire.Reply;
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
final class RecordedCarrier implements Carrier {
  private final RecordedRun run;
  private final Map<Asked, Queue<Sending>> left = new HashMap<>();

  RecordedCarrier(RecordedRun run) {
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
  public Reply send(Letter letter) throws NoReplyException {
    Sending sending = next(asked(letter));
    if (sending.reply() == null) {
      throw new NoReplyException(run.head(letter.api()).endpoint(), sending.silence());
    }
    return sending.reply().at(run.when());
  }

  private synchronized Sending next(Asked asked) {
    Queue<Sending> sendings = left.get(asked);
    if (sendings == null || sendings.isEmpty()) {
      throw new NotSentException(
          "%s of %s was not recorded on %.10s; record again"
              .formatted(asked, asked.asker(), run.when()));
    }
    return sendings.remove();
  }

  /** An answer that served all cases was recorded as theirs. */
  private Asked asked(Letter letter) {
    return letter.shared() && !leftUnanswered(letter.asked())
        ? letter.asked().by(Asked.ALL)
        : letter.asked();
  }

  @Override
  public Reply sendAtOnce(Letter letter) throws NoReplyException {
    return send(letter);
  }

  @Override
  public synchronized boolean waitOut(Letter letter, int waits) {
    return !left.getOrDefault(asked(letter), new ArrayDeque<>()).isEmpty();
  }

  @Override
  public void answered(Letter letter) {
    // It was in the recorded run.
  }

  @Override
  public <T> T alone(Api api, Callable<T> burst) throws Exception {
    return burst.call();
  }

  @Override
  public synchronized boolean leftUnanswered(Asked asked) {
    return left.containsKey(asked);
  }

  @Override
  public Traffic traffic() {
    Map<String, Integer> none = new LinkedHashMap<>();
    run.recordings().keySet().forEach(api -> none.put(api.product(), 0));
    return new Traffic(Instant.now().toString(), 0, none, none);
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
