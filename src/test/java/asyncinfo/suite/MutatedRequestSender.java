package asyncinfo.suite;

import asyncinfo.contract.Requirement;
import asyncinfo.endpoint.RequestNotSentException;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.ApiResponse;
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
final class MutatedRequestSender {
  private static final int THREADS = 8;
  private static final int BURSTS = 3;

  private final TestCase it;

  MutatedRequestSender(TestCase it) {
    this.it = it;
  }

  /** Sends the altered request, in the shape of the case where the promise has it. */
  ApiResponse send(Requirement promise) throws NoResponseException {
    RequestMutation alteration = RequestMutation.named(promise.alteration());
    RequestFormat shape =
        promise.shapes().contains(it.shape().name())
            ? it.shape()
            : RequestFormat.valueOf(promise.shapes().get(0));
    return alteration == RequestMutation.BURST
        ? burst(shape)
        : it.ask(shape, alteration, promise.parameter());
  }

  /** Sends more at once than the limit lets through; gives an error if there was one. */
  private ApiResponse burst(RequestFormat shape) throws NoResponseException {
    it.run()
        .target()
        .loadForbidden(it.api())
        .ifPresent(
            why -> {
              throw it.notProvokable(why);
            });
    return it.askOnce(shape, RequestMutation.BURST, () -> answerToBursts(shape));
  }

  private CheckedResponse answerToBursts(RequestFormat shape) throws NoResponseException {
    CheckedResponse answer = it.sendGood(shape, "a burst");
    for (int i = 0; i < BURSTS && !TestCase.isError(answer.reply()); i++) {
      for (CheckedResponse each : together(shape, i, 3 * it.api().limit().requests())) {
        answer = TestCase.isError(answer.reply()) ? answer : each;
      }
    }
    return answer;
  }

  private List<CheckedResponse> together(RequestFormat shape, int burst, int calls) throws NoResponseException {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      return it.run()
          .carrier()
          .alone(
              it.api(),
              () -> {
                List<Future<CheckedResponse>> pending = new ArrayList<>();
                for (int i = 0; i < calls; i++) {
                  String asker = "a burst, call %d".formatted(burst * calls + i + 1);
                  pending.add(pool.submit(() -> it.sendAtOnce(shape, asker)));
                }
                List<CheckedResponse> answers = new ArrayList<>();
                for (Future<CheckedResponse> each : pending) {
                  answers.add(each.get());
                }
                return answers;
              });
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NoResponseException noReply) {
        throw noReply;
      }
      if (e.getCause() instanceof RequestNotSentException notSent) {
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
  static String comparable(ApiResponse reply) {
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
