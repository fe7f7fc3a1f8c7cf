package asyncinfo.ratelimit;

/** A limiter that counts calls in the windows of a clock. */
abstract class WindowLimiter implements Limiter {
  private final double seconds;
  private final double phase;
  private double window = Double.NEGATIVE_INFINITY;
  private int count;

  /**
   * Starts before the first window.
   *
   * @param phase the part of a window by which the clock is off, from 0 to 1
   */
  WindowLimiter(double seconds, double phase) {
    this.seconds = seconds;
    this.phase = phase;
  }

  @Override
  public final double admit(double time) {
    double now = Math.floor(time / seconds - phase);
    if (now != window) {
      opens((long) now, now - window);
      window = now;
      count = 0;
    }
    count++;
    return decide(time);
  }

  /** Returns the number of calls in the window, refused ones and the last one included. */
  @Override
  public final int count() {
    return count;
  }

  /**
   * Prepares a window before its first call.
   *
   * @param window its number
   * @param passed how many windows it comes after the one of the last call; infinite if there was
   *     no call
   */
  void opens(long window, double passed) {}

  /** Decides on a call, which is counted already. */
  abstract double decide(double time);

  /** Returns when the window began, in seconds. */
  final double begin() {
    return (window + phase) * seconds;
  }

  /** Returns the part of the window that is past, from 0 to 1. */
  final double past(double time) {
    return time / seconds - phase - window;
  }
}
