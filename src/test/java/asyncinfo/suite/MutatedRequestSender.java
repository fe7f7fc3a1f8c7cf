package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.RequestFormat;
import asyncinfo.contract.Requirement;
import asyncinfo.endpoint.RequestNotSentException;
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
    RequestFormat format =
        promise.formats().contains(it.format().name())
            ? it.format()
            : RequestFormat.valueOf(promise.formats().get(0));
    return alteration == RequestMutation.BURST
        ? burst(format)
        : it.ask(format, alteration, promise.parameter());
  }

  /** Sends more at once than the limit lets through; gives an error if there was one. */
  private ApiResponse burst(RequestFormat format) throws NoResponseException {
    it.run()
        .target()
        .loadTestBlockedBy(it.api())
        .ifPresent(
            why -> {
              throw it.notTestable(why);
            });
    return it.sendShared(format, RequestMutation.BURST, () -> answerToBursts(format));
  }

  private CheckedResponse answerToBursts(RequestFormat format) throws NoResponseException {
    CheckedResponse answer = it.sendValidAs(format, "a burst");
    for (int i = 0; i < BURSTS && !TestCase.isError(answer.reply()); i++) {
      for (CheckedResponse each : together(format, i, 3 * it.api().limit().requests())) {
        answer = TestCase.isError(answer.reply()) ? answer : each;
      }
    }
    return answer;
  }

  private List<CheckedResponse> together(RequestFormat format, int burst, int calls)
      throws NoResponseException {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      return it.run()
          .transport()
          .alone(
              it.api(),
              () -> {
                List<Future<CheckedResponse>> pending = new ArrayList<>();
                for (int i = 0; i < calls; i++) {
                  String caller = "a burst, call %d".formatted(burst * calls + i + 1);
                  pending.add(pool.submit(() -> it.sendAtOnce(format, caller)));
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
