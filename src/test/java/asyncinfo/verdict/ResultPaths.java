package asyncinfo.verdict;

import java.nio.file.Path;

/** The directories of a run's results, relative to the project directory. */
public final class ResultPaths {
  /** The reports. */
  public static final Path CONFORMANCE = Path.of("target", "conformance");

  /** The evidence that suites and simulations leave, from which the reports are written. */
  public static final Path EVIDENCE = CONFORMANCE.resolve("evidence");

  private ResultPaths() {}
}
