package asyncinfo.ratelimit;

/**
 * An API whose limit is probed.
 *
 * @param api the API, by its product
 * @param requests how many requests are promised in each period
 * @param seconds the length of a period in seconds
 * @param secondRegion whether calls can be made for another region too
 * @param secondAccount whether calls can be made on behalf of another account too
 */
public record LimitedApi(
    String api, int requests, int seconds, boolean secondRegion, boolean secondAccount) {

  /** Half as much again as the limit: what a burst sends at once. */
  int burst() {
    return requests + (requests + 1) / 2;
  }

  /** A quarter more than the limit: what goes over it where several budgets are asked at once. */
  int over() {
    return requests + (requests + 3) / 4;
  }

  /** What three quarters of the limit come to in two periods. */
  int below() {
    return Math.max(1, requests * 3 / 2);
  }

  /** Half the limit. */
  int half() {
    return Math.max(1, requests / 2);
  }

  /** Two fifths of the limit: what feels for capacity again and again. */
  int batch() {
    return Math.max(1, requests * 2 / 5);
  }

  /** How many connections carry the calls. */
  public int connections() {
    return burst();
  }

  /** The limit in words: {@code 20 per second}. */
  public String limit() {
    return LimiterModel.each(requests, seconds);
  }
}
