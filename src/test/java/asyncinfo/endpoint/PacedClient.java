package asyncinfo.endpoint;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.Header;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.RestAssuredClient;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
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
  private static final int TIMEOUTS = 3;

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
  private final Map<Api, Channel> channels = new LinkedHashMap<>();

  /** A courier on this machine's clock. */
  public PacedClient(TargetEndpoint target) {
    this(target, Ticker.SYSTEM);
  }

  /** A courier on another clock. */
  public PacedClient(TargetEndpoint target, Ticker ticker) {
    this.target = target;
    this.ticker = ticker;
    this.start = ticker.nanos();
    target.apis().forEach(api -> channels.put(api, new Channel(api, target, ticker)));
  }

  /** The way to one API. */
  private static final class Channel {
    private final RestAssuredClient sender;
    private final RequestPacer maxRps;
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger throttled = new AtomicInteger();
    private final AtomicInteger timeouts = new AtomicInteger();
    private final AtomicInteger vainWaits = new AtomicInteger();
    private volatile String unreachable = "";
    private volatile String blocked = "";

    Channel(Api api, TargetEndpoint target, Ticker ticker) {
      sender =
          new RestAssuredClient(
              target.endpoint(api), target.timeouts(), target.truststore(), target.proxy(api));
      maxRps = new RequestPacer(target.maxRps(), ticker);
    }
  }

  /**
   * Sends a message when its turn has come.
   *
   * @throws RequestNotSentException when budget or deadline forbid it, or the endpoint is known to
   *     be gone
   * @throws NoResponseException when no reply came
   */
  public ApiResponse send(Api api, SignedRequest message) throws NoResponseException {
    Channel channel = channels.get(api);
    channel.lock.readLock().lock();
    try {
      remaining(channel);
      channel.maxRps.await();
      return exchange(api, channel, message);
    } finally {
      channel.lock.readLock().unlock();
    }
  }

  /**
   * Does something while no other call is sent to an API; what it sends goes {@link #sendAtOnce at
   * once}. Where the account is shared, its limit has recovered before the next call starts.
   */
  public <T> T alone(Api api, Callable<T> burst) throws Exception {
    Channel channel = channels.get(api);
    channel.lock.writeLock().lock();
    try {
      return burst.call();
    } finally {
      if (target.usesSharedAccount()) {
        channel.maxRps.rest(2 * api.limit().seconds());
      }
      channel.lock.writeLock().unlock();
    }
  }

  /**
   * Sends a message out of turn, for a burst. An endpoint that does not respond to a burst is not
   * taken for unreachable.
   */
  public ApiResponse sendAtOnce(Api api, SignedRequest message) throws NoResponseException {
    return transmit(channels.get(api), message);
  }

  private ApiResponse exchange(Api api, Channel channel, SignedRequest message)
      throws NoResponseException {
    try {
      ApiResponse reply = transmit(channel, message);
      channel.timeouts.set(0);
      return reply;
    } catch (NoResponseException e) {
      if (channel.timeouts.incrementAndGet() == TIMEOUTS) {
        probe(api, channel);
      }
      throw e;
    }
  }

  private ApiResponse transmit(Channel channel, SignedRequest message) throws NoResponseException {
    Duration longest = remaining(channel);
    if (calls.incrementAndGet() > target.maxRequests().orElse(Integer.MAX_VALUE)) {
      throw new RequestNotSentException(
          "not sent: max.requests (%d) is used up; raise it with -Dmax.requests or narrow the run with -Dclause"
              .formatted(target.maxRequests().orElseThrow()));
    }
    channel.sent.incrementAndGet();
    return channel.sender.send(message, longest);
  }

  /** The time that is left, unless there is a reason to send nothing more. */
  private Duration remaining(Channel channel) {
    if (!channel.blocked.isEmpty()) {
      throw new RequestNotSentException(channel.blocked);
    }
    if (!channel.unreachable.isEmpty()) {
      throw new RequestNotSentException(channel.unreachable);
    }
    Duration total = target.timeouts().total();
    if (target.maxDuration().isEmpty()) {
      return total;
    }
    Duration maxDuration = target.maxDuration().get();
    Duration left = maxDuration.minusNanos(ticker.nanos() - start);
    if (left.isNegative() || left.isZero()) {
      throw new RequestNotSentException(
          "not sent: max.duration (%d s) has passed; raise it with -Dmax.duration or narrow the run with -Dclause"
              .formatted(maxDuration.toSeconds()));
    }
    return left.compareTo(total) < 0 ? left : total;
  }

  /**
   * Silence may be the answer to what was asked. Only who does not answer the plainest request
   * either is gone, and then the cases that are left need not wait for it one by one.
   */
  private void probe(Api api, Channel channel) {
    SignedRequest plain =
        new SignedRequest("GET", "", List.of(new Header("Host", target.host(api))), new byte[0]);
    try {
      exchange(api, channel, plain);
    } catch (NoResponseException e) {
      channel.unreachable =
          "not sent: %s, %d times in a row, so nothing more is sent there"
              .formatted(e.getMessage(), TIMEOUTS + 1);
    }
  }

  /**
   * Waits until the limit is there again, after others on the account used it up.
   *
   * @param waits how often this call waited before
   * @return whether to send the call again; not any more when waiting does not help
   */
  public boolean retryAfterThrottling(Api api, int waits) {
    Channel channel = channels.get(api);
    boolean patient =
        channel.throttled.incrementAndGet() <= THROTTLED_IN_ALL
            && channel.vainWaits.get() < VAIN_WAITS;
    if (!patient || waits >= WAITS) {
      channel.vainWaits.incrementAndGet();
      return false;
    }
    channel.maxRps.rest(api.limit().seconds() << waits);
    return true;
  }

  /** Notes that a call was let through. */
  public void resetThrottling(Api api) {
    channels.get(api).vainWaits.set(0);
  }

  /** Forgets the requests without a response: those of the preflight are no part of the run. */
  void resetTimeouts() {
    channels.values().forEach(channel -> channel.timeouts.set(0));
  }

  /** Sends nothing more to an API, for the given reason. */
  void block(Api api, String reason) {
    channels.get(api).blocked = reason;
  }

  /** What was sent so far. */
  public RequestCounts traffic() {
    Map<String, Integer> sent = new LinkedHashMap<>();
    Map<String, Integer> throttled = new LinkedHashMap<>();
    channels.forEach(
        (api, channel) -> {
          sent.put(api.product(), channel.sent.get());
          throttled.put(api.product(), channel.throttled.get());
        });
    return new RequestCounts(
        began.toString(), Duration.ofNanos(ticker.nanos() - start).toMillis(), sent, throttled);
  }

  @Override
  public void close() {
    channels.values().forEach(channel -> channel.sender.close());
  }
}
