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
 * Sends the functional requests of a run to its target, from any number of threads: at the request
 * rate of each API, within max.requests and max.duration of the run, and only while the endpoint is
 * reachable.
 */
public final class PacedClient implements AutoCloseable {
  /**
   * Consecutive requests without a response before a probe decides whether the endpoint is
   * reachable.
   */
  private static final int TIMEOUTS = 3;

  /** Maximum number of retries of one throttled request. */
  private static final int WAITS = 3;

  /** Consecutive requests that stay throttled after all retries, after which no request waits. */
  private static final int VAIN_WAITS = 3;

  /** Throttled responses in a run after which no request waits. */
  private static final int THROTTLED_IN_ALL = 30;

  private final TargetEndpoint target;
  private final Ticker ticker;
  private final Instant began = Instant.now();
  private final long start;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Api, Channel> channels = new LinkedHashMap<>();

  /** Creates a client that uses the system clock. */
  public PacedClient(TargetEndpoint target) {
    this(target, Ticker.SYSTEM);
  }

  /** Creates a client that uses another clock. */
  public PacedClient(TargetEndpoint target, Ticker ticker) {
    this.target = target;
    this.ticker = ticker;
    this.start = ticker.nanos();
    target.apis().forEach(api -> channels.put(api, new Channel(api, target, ticker)));
  }

  /** Client, pacing and counters of one API. */
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
   * Sends a request as soon as the request rate allows it.
   *
   * @throws RequestNotSentException if max.requests or max.duration is exceeded, or the API is
   *     blocked or unreachable
   * @throws NoResponseException if no response was received
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
   * Runs a burst while no other request is sent to an API; it sends its requests with {@link
   * #sendAtOnce}. If the account is shared, the next request waits until the limit has recovered.
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
   * Sends a request without pacing, for a burst. An endpoint that does not respond to a burst is
   * not considered unreachable.
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

  /** Returns the time-out of the next request, or throws if no more requests may be sent. */
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
   * Sends a minimal request to decide whether the endpoint is unreachable: it may have ignored only
   * the previous requests. If it does not respond to this one either, the remaining test cases do
   * not wait for it.
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
   * Delays the next requests until the limit has recovered, after a throttled response.
   *
   * @param waits the number of earlier retries of this request
   * @return true to send the request again; false once waiting no longer helps
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

  /** Records that a request was not throttled. */
  public void resetThrottling(Api api) {
    channels.get(api).vainWaits.set(0);
  }

  /**
   * Resets the count of requests without a response, because the preflight is not part of the run.
   */
  void resetTimeouts() {
    channels.values().forEach(channel -> channel.timeouts.set(0));
  }

  /** Stops sending requests to an API, for the given reason. */
  void block(Api api, String reason) {
    channels.get(api).blocked = reason;
  }

  /** Returns the counts of the requests sent so far. */
  public RequestCounts traffic() {
    Map<String, Integer> sent = new LinkedHashMap<>();
    Map<String, Integer> throttled = new LinkedHashMap<>();
    channels.forEach(
        (api, channel) -> {
          sent.put(api.id(), channel.sent.get());
          throttled.put(api.id(), channel.throttled.get());
        });
    return new RequestCounts(
        began.toString(), Duration.ofNanos(ticker.nanos() - start).toMillis(), sent, throttled);
  }

  @Override
  public void close() {
    channels.values().forEach(channel -> channel.sender.close());
  }
}
