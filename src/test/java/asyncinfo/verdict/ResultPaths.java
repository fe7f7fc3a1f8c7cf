package asyncinfo.verdict;

import asyncinfo.contract.ModuleFolder;
import java.nio.file.Path;

/** The directories of a run's results, below the folder of the module. */
public final class ResultPaths {
  /** The build directory. */
  public static final Path TARGET = ModuleFolder.resolve("target");

  /** The reports. */
  public static final Path CONFORMANCE = TARGET.resolve("conformance");

  /** The evidence that suites and simulations leave, from which the reports are written. */
  public static final Path EVIDENCE = CONFORMANCE.resolve("evidence");

  /** Gatling's reports. */
  public static final Path GATLING = TARGET.resolve("gatling");

  /** The logs of the rate-limit simulation, one for each API. */
  public static final Path LIMIT = TARGET.resolve("limit");

  private ResultPaths() {}
}
