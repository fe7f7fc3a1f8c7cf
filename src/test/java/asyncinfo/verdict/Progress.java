package asyncinfo.verdict;

import asyncinfo.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * The progress of the suites of a run. It is on disk before the first suite starts and after each
 * that ends, so an interrupted run shows the missing ones.
 *
 * @param suites the suites of the run, in order
 */
public record Progress(List<Suite> suites) {
  /** JUnit tag of test classes that report their own progress, and are no suites of a run. */
  public static final String OWN_PROGRESS = "own-progress";

  private static final String FILE = "suites.progress.json";

  /**
   * One suite.
   *
   * @param name its name
   * @param expected the number of its cases
   * @param run the number of cases that have run, including skipped ones
   * @param failures the number of failed cases
   * @param errors the number of cases in error
   * @param skipped the number of cases whose clause is waived, deviates or cannot be triggered
   * @param ended whether all cases have run
   */
  public record Suite(
      String name, int expected, int run, int failures, int errors, int skipped, boolean ended) {

    /** Returns a suite that has not started. */
    public static Suite planned(String name, int expected) {
      return new Suite(name, expected, 0, 0, 0, 0, false);
    }
  }

  /** Returns the number of suites that have ended. */
  public int ended() {
    return (int) suites.stream().filter(Suite::ended).count();
  }

  /** Writes it beside the evidence, at once: the limit simulation reads it while suites run. */
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
      Path whole = folder.resolve(FILE + ".part");
      Json.mapper().writeValue(whole.toFile(), this);
      Files.move(whole, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  /** Reads the progress of a run; empty if there is no readable file. */
  public static Optional<Progress> read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.mapper().readValue(file.toFile(), Progress.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
