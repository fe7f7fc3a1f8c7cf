package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.client.RequestFormat;
import asyncinfo.contract.Requirement;
import asyncinfo.endpoint.RequestNotSentException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends requests that differ from a valid one as a requirement of API 3.0 describes.
 *
 * @param testCase the case that sends them
 */
record MutatedRequestSender(TestCase testCase) {
  private static final int THREADS = 8;
  private static final int BURSTS = 3;

  /** Sends the mutated request, in the format of the case where the requirement lists it. */
  CheckedResponse send(Requirement requirement) throws NoResponseException {
    RequestMutation mutation = RequestMutation.named(requirement.alteration());
    RequestFormat format =
        requirement.formats().contains(testCase.format().name())
            ? testCase.format()
            : RequestFormat.valueOf(requirement.formats().get(0));
    return mutation == RequestMutation.BURST
        ? burst(format)
        : testCase.sendMutated(format, mutation, requirement.parameter());
  }

  /** Sends more requests at once than the limit accepts; returns an error if there was one. */
  private CheckedResponse burst(RequestFormat format) throws NoResponseException {
    testCase
        .run()
        .target()
        .loadTestBlockedBy(testCase.api())
        .ifPresent(
            reason -> {
              throw testCase.notTestable(reason);
            });
    return testCase.sendShared(format, RequestMutation.BURST, () -> responseToBursts(format));
  }

  private CheckedResponse responseToBursts(RequestFormat format) throws NoResponseException {
    CheckedResponse response = testCase.sendValidAs("a burst", format);
    for (int i = 0; i < BURSTS && !response.isError(); i++) {
      for (CheckedResponse each : burst(format, i, 3 * testCase.api().limit().requests())) {
        response = response.isError() ? response : each;
      }
    }
    return response;
  }

  private List<CheckedResponse> burst(RequestFormat format, int burst, int requests)
      throws NoResponseException {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      return testCase
          .run()
          .transport()
          .alone(
              testCase.api(),
              () -> {
                List<Future<CheckedResponse>> pending = new ArrayList<>();
                for (int i = 0; i < requests; i++) {
                  String caller = "a burst, call %d".formatted(burst * requests + i + 1);
                  pending.add(pool.submit(() -> testCase.sendAtOnce(caller, format)));
                }
                List<CheckedResponse> responses = new ArrayList<>();
                for (Future<CheckedResponse> each : pending) {
                  responses.add(each.get());
                }
                return responses;
              });
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NoResponseException noResponse) {
        throw noResponse;
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
}
