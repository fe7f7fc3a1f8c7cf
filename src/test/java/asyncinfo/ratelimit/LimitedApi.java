package asyncinfo.ratelimit;

/**
 * An API whose limit is probed.
 *
 * @param api the id of the API
 * @param requests the number of requests that is promised in each period
 * @param seconds the length of a period in seconds
 * @param secondRegion whether calls can be made for another region too
 * @param secondAccount whether calls can be made on behalf of another account too
 */
public record LimitedApi(
    String api, int requests, int seconds, boolean secondRegion, boolean secondAccount) {

  /** Returns half as much again as the limit: the size of a burst. */
  int burst() {
    return requests + (requests + 1) / 2;
  }

  /** Returns a quarter more than the limit: the overload of several budgets at once. */
  int over() {
    return requests + (requests + 3) / 4;
  }

  /** Returns half the limit. */
  int half() {
    return Math.max(1, requests / 2);
  }

  /** Returns two fifths of the limit: the size of a batch that looks for capacity. */
  int batch() {
    return Math.max(1, requests * 2 / 5);
  }

  /** Returns the number of connections that carry the calls. */
  public int connections() {
    return burst();
  }

  /** Returns the period in nanoseconds. */
  long period() {
    return seconds * 1_000_000_000L;
  }

  /** Returns the limit in words: {@code 20 per second}. */
  public String limit() {
    return LimiterModel.each(requests, seconds);
  }
}
