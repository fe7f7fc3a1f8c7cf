package asyncinfo.suite;

import asyncinfo.contract.Promise;
import asyncinfo.target.NotSentException;
import asyncinfo.wire.CallShape;
import asyncinfo.wire.NoReplyException;
import asyncinfo.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Sends requests that differ from a good one as a promise says. */
final class Altered {
  private static final int THREADS = 8;
  private static final int BURSTS = 3;

  private final Case it;

  Altered(Case it) {
    this.it = it;
  }

  /** Sends the altered request, in the shape of the case where the promise has it. */
  Reply send(Promise promise) throws NoReplyException {
    Alteration alteration = Alteration.named(promise.alteration());
    CallShape shape =
        promise.shapes().contains(it.shape().name())
            ? it.shape()
            : CallShape.valueOf(promise.shapes().get(0));
    return alteration == Alteration.BURST
        ? burst(shape)
        : it.ask(shape, alteration, promise.parameter());
  }

  /** Sends more at once than the limit lets through; gives an error if there was one. */
  private Reply burst(CallShape shape) throws NoReplyException {
    it.run()
        .target()
        .loadForbidden(it.api())
        .ifPresent(
            why -> {
              throw it.notProvokable(why);
            });
    return it.askOnce(shape, Alteration.BURST, () -> answerToBursts(shape));
  }

  private Answer answerToBursts(CallShape shape) throws NoReplyException {
    Answer answer = it.sendGood(shape, "a burst");
    for (int i = 0; i < BURSTS && !Case.isError(answer.reply()); i++) {
      for (Answer each : together(shape, i, 3 * it.api().limit().requests())) {
        answer = Case.isError(answer.reply()) ? answer : each;
      }
    }
    return answer;
  }

  private List<Answer> together(CallShape shape, int burst, int calls) throws NoReplyException {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      return it.run()
          .carrier()
          .alone(
              it.api(),
              () -> {
                List<Future<Answer>> pending = new ArrayList<>();
                for (int i = 0; i < calls; i++) {
                  String asker = "a burst, call %d".formatted(burst * calls + i + 1);
                  pending.add(pool.submit(() -> it.sendAtOnce(shape, asker)));
                }
                List<Answer> answers = new ArrayList<>();
                for (Future<Answer> each : pending) {
                  answers.add(each.get());
                }
                return answers;
              });
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NoReplyException noReply) {
        throw noReply;
      }
      if (e.getCause() instanceof NotSentException notSent) {
        throw notSent;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** What a reply says, apart from what differs from call to call. */
  static String comparable(Reply reply) {
    return reply
        .errorCode()
        .map(code -> "Error.Code " + code)
        .orElseGet(
            () -> {
              ObjectNode members = JsonNodeFactory.instance.objectNode();
              reply.json().stream()
                  .flatMap(json -> json.path("Response").properties().stream())
                  .filter(e -> !e.getKey().equals("RequestId"))
                  .sorted(Map.Entry.comparingByKey())
                  .forEach(e -> members.set(e.getKey(), e.getValue()));
              return members.toString();
            });
  }
}
