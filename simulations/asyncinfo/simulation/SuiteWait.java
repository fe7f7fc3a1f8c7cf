package asyncinfo.simulation;

import asyncinfo.verdict.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The wait of the last phase, which sends most calls, for the suites of the same run. With many
 * APIs, two cores cannot send its calls in time beside the suites.
 */
final class SuiteWait {
  /** The line that announces the wait on the console. */
  static final String MESSAGE = "limit: waiting until the suites have ended";

  /** The time between two looks at the progress of the suites. */
  static final Duration STEP = Duration.ofMillis(200);

  private static final int APIS_BESIDE_SUITES = 10;
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Path evidence;
  private final LongSupplier clock;
  private final Runnable begins;
  private boolean over;
  private long latest;
  private long nextLook;

  /**
   * Creates a wait, which begins when it is first asked whether it is over.
   *
   * @param apis the number of APIs that are probed
   * @param evidence the folder with the progress of the suites
   * @param clock nanoseconds from any origin
   * @param begins is run when there is something to wait for
   */
  SuiteWait(int apis, Path evidence, LongSupplier clock, Runnable begins) {
    this.evidence = evidence;
    this.clock = clock;
    this.begins = begins;
    this.over = apis <= APIS_BESIDE_SUITES;
  }

  /** Returns the time that it takes at most. */
  static Duration longest(int apis) {
    return apis <= APIS_BESIDE_SUITES ? Duration.ZERO : LONGEST;
  }

  /** Returns whether the suites have ended, or none runs; looks at most once in each step. */
  synchronized boolean isOver() {
    long now = clock.getAsLong();
    if (over || (latest != 0 && now < nextLook)) {
      return over;
    }
    over = Progress.read(evidence).filter(p -> p.ended() < p.suites().size()).isEmpty();
    if (!over && latest == 0) {
      latest = now + LONGEST.toNanos();
      begins.run();
    }
    over |= now >= latest;
    nextLook = now + STEP.toNanos();
    return over;
  }
}
