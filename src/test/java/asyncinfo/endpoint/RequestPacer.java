package asyncinfo.endpoint;

/** Spaces requests, so that a functional run does not reach the limit. */
final class RequestPacer {
  private final long intervalNanos;
  private final Ticker ticker;
  private long next;

  /**
   * @param callsPerSecond the maximum request rate, in requests per second; 0 for unlimited
   */
  RequestPacer(int callsPerSecond, Ticker ticker) {
    this.intervalNanos = callsPerSecond == 0 ? 0 : 1_000_000_000L / callsPerSecond;
    this.ticker = ticker;
    this.next = ticker.nanos();
  }

  /** Waits until the next request may start. */
  void await() {
    ticker.sleep(reserve() - ticker.nanos());
  }

  /** Delays the next request by at least the given seconds, so that an exhausted limit recovers. */
  synchronized void rest(int seconds) {
    next = Math.max(next, ticker.nanos() + seconds * 1_000_000_000L);
  }

  private synchronized long reserve() {
    next = Math.max(next + intervalNanos, ticker.nanos());
    return next;
  }
}
