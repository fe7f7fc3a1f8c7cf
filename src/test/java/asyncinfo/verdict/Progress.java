package asyncinfo.verdict;

import asyncinfo.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * How far a run of the suites has come. It is on disk before the first suite starts and after each
 * that ends, so a run that is cut short shows what is missing.
 *
 * @param suites the suites that the run is to make, in order
 */
public record Progress(List<Suite> suites) {
  private static final String FILE = "suites.progress.json";

  /**
   * One suite.
   *
   * @param name its name
   * @param expected how many cases it has
   * @param run how many of them have run, the skipped ones included
   * @param failures how many found a broken clause
   * @param errors how many could not be judged
   * @param skipped how many were given up, for their clause is waived or cannot be brought about
   * @param ended whether it came to its end
   */
  public record Suite(
      String name, int expected, int run, int failures, int errors, int skipped, boolean ended) {

    /** A suite that has not begun. */
    public static Suite planned(String name, int expected) {
      return new Suite(name, expected, 0, 0, 0, 0, false);
    }
  }

  /** How many suites came to their end. */
  public int ended() {
    return (int) suites.stream().filter(Suite::ended).count();
  }

  /** Writes it beside the evidence. */
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
      Json.mapper().writeValue(folder.resolve(FILE).toFile(), this);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  /** Reads what a run wrote; empty where it wrote nothing that can be read. */
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
