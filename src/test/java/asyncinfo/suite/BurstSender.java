package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.client.RequestFormat;
import asyncinfo.contract.Limit;
import asyncinfo.endpoint.RequestNotSentException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends bursts of more requests than the limit accepts, until one is not accepted. */
final class BurstSender {
  private static final int BURSTS = 3;

  /** Requests of a burst, in multiples of the limit; a burst ends at the first refusal. */
  private static final int SIZE = 5;

  /**
   * Requests without a response after which a burst ends, since each may last a time-out. Fewer are
   * a disturbance on the way, not a limiter that drops requests.
   */
  private static final int UNANSWERED = 8;

  private final TestCase testCase;
  private final RequestFormat format;
  private final Limit limit;
  private CheckedResponse unhurried;
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();

  /**
   * @param testCase the case that sends them
   * @param format the request format
   */
  BurstSender(TestCase testCase, RequestFormat format) {
    this.testCase = testCase;
    this.format = format;
    this.limit = testCase.api().limit();
  }

  /** The results of a burst; requests that were not sent any more have none. */
  private record Burst(
      List<CheckedResponse> responses,
      List<NoResponseException> unanswered,
      List<RequestNotSentException> notSent) {

    Burst() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** Returns the time from the first request to the last response. */
    Duration duration() {
      Instant first =
          responses.stream().map(CheckedResponse::sent).min(Instant::compareTo).orElseThrow();
      Instant last =
          responses.stream().map(CheckedResponse::received).max(Instant::compareTo).orElseThrow();
      return Duration.between(first, last);
    }
  }

  /**
   * Sends the bursts.
   *
   * @return the first refusal, else the way in which requests were dropped, else a response of a
   *     burst that certainly exceeded the limit
   * @throws NoResponseException when the endpoint does not respond before a burst either
   */
  DroppableResponse send() throws NoResponseException {
    unhurried = testCase.sendValidAs("a burst", format);
    ExecutorService pool = Executors.newFixedThreadPool(limit.requests());
    try {
      Optional<DroppableResponse> exceeded = Optional.empty();
      Duration fastest = Duration.ofDays(1);
      for (int i = 0; i < BURSTS; i++) {
        Burst burst = burst(pool, i);
        Optional<DroppableResponse> refusal = refusal(burst);
        if (refusal.isPresent()) {
          return refusal.get();
        }
        unanswered.set(0);
        CheckedResponse last = burst.responses().get(burst.responses().size() - 1);
        Duration duration = burst.duration();
        fastest = duration.compareTo(fastest) < 0 ? duration : fastest;
        if (burst.responses().size() > mostAccepted(duration)) {
          exceeded = Optional.of(DroppableResponse.of(last));
        }
      }
      Duration took = fastest;
      return exceeded.orElseThrow(
          () ->
              testCase.notTestable(
                  "%d requests take %d ms from here, too long to exceed the limit"
                      .formatted(SIZE * limit.requests(), took.toMillis())));
    } finally {
      pool.shutdownNow();
    }
  }

  /** Returns whether a response is like that to a request which exceeds no limit. */
  private boolean isAccepted(CheckedResponse response) {
    return response.isData() == unhurried.isData()
        && response.errorCode().equals(unhurried.errorCode());
  }

  private Optional<DroppableResponse> refusal(Burst burst) {
    Optional<CheckedResponse> refusal =
        burst.responses().stream().filter(response -> !isAccepted(response)).findFirst();
    if (refusal.isPresent()) {
      return refusal.map(DroppableResponse::of);
    }
    if (burst.unanswered().size() >= UNANSWERED) {
      return Optional.of(
          DroppableResponse.dropped(
              "no response to %d of %d requests sent at once: %s"
                  .formatted(
                      burst.unanswered().size(),
                      burst.unanswered().size() + burst.responses().size(),
                      burst.unanswered().get(0).reason())));
    }
    burst.notSent().stream()
        .findFirst()
        .ifPresent(
            notSent -> {
              throw notSent;
            });
    return Optional.empty();
  }

  /** Returns the most that the limit can accept in a time: windows may begin anywhere in it. */
  private long mostAccepted(Duration duration) {
    long window = Duration.ofSeconds(limit.seconds()).toMillis();
    long windows = Math.max(1, (duration.toMillis() + window - 1) / window) + 1;
    return windows * limit.requests();
  }

  private Burst burst(ExecutorService pool, int number) {
    int requests = SIZE * limit.requests();
    try {
      return testCase
          .run()
          .transport()
          .alone(
              testCase.api(),
              () -> {
                Burst burst = new Burst();
                List<Future<?>> pending = new ArrayList<>();
                for (int i = 0; i < requests; i++) {
                  String caller = "a burst, call %d".formatted(number * requests + i + 1);
                  pending.add(pool.submit(() -> sendOne(caller, burst)));
                }
                for (Future<?> each : pending) {
                  each.get();
                }
                return burst;
              });
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void sendOne(String caller, Burst burst) {
    if (refused.get() > 0 || unanswered.get() >= UNANSWERED) {
      return;
    }
    try {
      CheckedResponse response = testCase.sendAtOnce(caller, format);
      if (!isAccepted(response)) {
        refused.incrementAndGet();
      }
      synchronized (burst) {
        burst.responses().add(response);
      }
    } catch (NoResponseException e) {
      unanswered.incrementAndGet();
      synchronized (burst) {
        burst.unanswered().add(e);
      }
    } catch (RequestNotSentException e) {
      synchronized (burst) {
        burst.notSent().add(e);
      }
    }
  }
}
