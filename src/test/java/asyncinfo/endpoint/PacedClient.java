package asyncinfo.endpoint;

import asyncinfo.contract.Api;
import asyncinfo.client.Header;
import asyncinfo.client.SignedRequest;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.ApiResponse;
import asyncinfo.client.RestAssuredClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Takes the functional calls of a run to its target, from any number of threads: at the pace of
 * each API, within the budget and the deadline of the run, and no longer than the endpoint is there
 * at all.
 */
public final class PacedClient implements AutoCloseable {
  /** Calls in a row without a reply, after which a probe decides whether the endpoint is there. */
  private static final int SILENCES = 3;

  /** How often one call is sent again because others used the limit up. */
  private static final int WAITS = 3;

  /** Calls in a row that waiting did not help, after which no other call waits. */
  private static final int VAIN_WAITS = 3;

  /** Throttled replies in a run, after which no call waits. */
  private static final int THROTTLED_IN_ALL = 30;

  private final TargetEndpoint target;
  private final Ticker ticker;
  private final Instant began = Instant.now();
  private final long start;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Api, Channel> lines = new LinkedHashMap<>();

  /** A courier on this machine's clock. */
  public PacedClient(TargetEndpoint target) {
    this(target, Ticker.SYSTEM);
  }

  /** A courier on another clock. */
  public PacedClient(TargetEndpoint target, Ticker ticker) {
    this.target = target;
    this.ticker = ticker;
    this.start = ticker.nanos();
    target.apis().forEach(api -> lines.put(api, new Channel(api, target, ticker)));
  }

  /** The way to one API. */
  private static final class Channel {
    private final RestAssuredClient sender;
    private final RequestPacer pace;
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger throttled = new AtomicInteger();
    private final AtomicInteger silences = new AtomicInteger();
    private final AtomicInteger vainWaits = new AtomicInteger();
    private volatile String gone = "";

    Channel(Api api, TargetEndpoint target, Ticker ticker) {
      sender = new RestAssuredClient(target.endpoint(api), target.timeouts(), target.truststore());
      pace = new RequestPacer(target.pace(), ticker);
    }
  }

  /**
   * Sends a message when its turn has come.
   *
   * @throws RequestNotSentException when budget or deadline forbid it, or the endpoint is known to be gone
   * @throws NoResponseException when no reply came
   */
  public ApiResponse send(Api api, SignedRequest message) throws NoResponseException {
    Channel line = lines.get(api);
    line.lock.readLock().lock();
    try {
      remaining(line);
      line.pace.await();
      return exchange(api, line, message);
    } finally {
      line.lock.readLock().unlock();
    }
  }

  /**
   * Does something while no other call is sent to an API; what it sends goes {@link #sendAtOnce at
   * once}. Where the account is shared, its limit has recovered before the next call starts.
   */
  public <T> T alone(Api api, Callable<T> burst) throws Exception {
    Channel line = lines.get(api);
    line.lock.writeLock().lock();
    try {
      return burst.call();
    } finally {
      if (target.sharesItsAccount()) {
        line.pace.rest(2 * api.limit().seconds());
      }
      line.lock.writeLock().unlock();
    }
  }

  /** Sends a message out of turn, for a burst. */
  public ApiResponse sendAtOnce(Api api, SignedRequest message) throws NoResponseException {
    return exchange(api, lines.get(api), message);
  }

  private ApiResponse exchange(Api api, Channel line, SignedRequest message) throws NoResponseException {
    Duration longest = remaining(line);
    if (calls.incrementAndGet() > target.budget().orElse(Integer.MAX_VALUE)) {
      throw new RequestNotSentException(
          "not sent: the budget of %d calls is used up; raise it with -Dbudget or narrow the run with -Dclause"
              .formatted(target.budget().orElseThrow()));
    }
    line.sent.incrementAndGet();
    try {
      ApiResponse reply = line.sender.send(message, longest);
      line.silences.set(0);
      return reply;
    } catch (NoResponseException e) {
      if (line.silences.incrementAndGet() == SILENCES) {
        probe(api, line);
      }
      throw e;
    }
  }

  /** The time that is left, unless there is a reason to send nothing more. */
  private Duration remaining(Channel line) {
    if (!line.gone.isEmpty()) {
      throw new RequestNotSentException(line.gone);
    }
    Duration total = target.timeouts().total();
    if (target.deadline().isEmpty()) {
      return total;
    }
    Duration deadline = target.deadline().get();
    Duration left = deadline.minusNanos(ticker.nanos() - start);
    if (left.isNegative() || left.isZero()) {
      throw new RequestNotSentException(
          "not sent: the run's deadline of %d s has passed; raise it with -Ddeadline or narrow the run with -Dclause"
              .formatted(deadline.toSeconds()));
    }
    return left.compareTo(total) < 0 ? left : total;
  }

  /**
   * Silence may be the answer to what was asked. Only who does not answer the plainest request
   * either is gone, and then the cases that are left need not wait for it one by one.
   */
  private void probe(Api api, Channel line) {
    SignedRequest plain =
        new SignedRequest("GET", "", List.of(new Header("Host", target.host(api))), new byte[0]);
    try {
      exchange(api, line, plain);
    } catch (NoResponseException e) {
      line.gone =
          "not sent: %s, %d times in a row, so nothing more is sent there"
              .formatted(e.getMessage(), SILENCES + 1);
    }
  }

  /**
   * Waits until the limit is there again, after others on the account used it up.
   *
   * @param waits how often this call waited before
   * @return whether to send the call again; not any more when waiting does not help
   */
  public boolean waitOut(Api api, int waits) {
    Channel line = lines.get(api);
    boolean patient =
        line.throttled.incrementAndGet() <= THROTTLED_IN_ALL && line.vainWaits.get() < VAIN_WAITS;
    if (!patient || waits >= WAITS) {
      line.vainWaits.incrementAndGet();
      return false;
    }
    line.pace.rest(api.limit().seconds() << waits);
    return true;
  }

  /** Notes that a call was let through. */
  public void letThrough(Api api) {
    lines.get(api).vainWaits.set(0);
  }

  /** What was sent so far. */
  public RequestCounts traffic() {
    Map<String, Integer> sent = new LinkedHashMap<>();
    Map<String, Integer> throttled = new LinkedHashMap<>();
    lines.forEach(
        (api, line) -> {
          sent.put(api.product(), line.sent.get());
          throttled.put(api.product(), line.throttled.get());
        });
    return new RequestCounts(
        began.toString(), Duration.ofNanos(ticker.nanos() - start).toMillis(), sent, throttled);
  }

  @Override
  public void close() {
    lines.values().forEach(line -> line.sender.close());
  }
}
