package asyncinfo.endpoint;

/** Keeps calls apart, so that a functional run never reaches the limit itself. */
final class RequestPacer {
  private final long intervalNanos;
  private final Ticker ticker;
  private long next;

  /**
   * @param callsPerSecond how many calls may start in a second; 0 for any number
   */
  RequestPacer(int callsPerSecond, Ticker ticker) {
    this.intervalNanos = callsPerSecond == 0 ? 0 : 1_000_000_000L / callsPerSecond;
    this.ticker = ticker;
    this.next = ticker.nanos();
  }

  /** Waits until the next call may start. */
  void await() {
    ticker.sleep(reserve() - ticker.nanos());
  }

  /** Lets no call start for some seconds, so that a limit that was used up is there again. */
  synchronized void rest(int seconds) {
    next = Math.max(next, ticker.nanos() + seconds * 1_000_000_000L);
  }

  private synchronized long reserve() {
    next = Math.max(next + intervalNanos, ticker.nanos());
    return next;
  }
}
