package asyncinfo.endpoint;

import asyncinfo.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * Counts of the requests that one part of a run sent.
 *
 * @param began the start time of the part, in ISO 8601
 * @param millis the duration of the part, in milliseconds
 * @param sent the number of requests, by product
 * @param throttled the number of throttled requests despite pacing, by product
 */
public record RequestCounts(
    String began, long millis, Map<String, Integer> sent, Map<String, Integer> throttled) {
  private static final String SUFFIX = ".traffic.json";

  /** Returns the total number of requests. */
  public int calls() {
    return sent.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Writes the counts to the evidence folder. */
  public void write(Path folder, String part) {
    try {
      Files.createDirectories(folder);
      Json.mapper().writeValue(folder.resolve(part + SUFFIX).toFile(), this);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  /**
   * Reads the counts of all parts of a run; none if the folder is absent. Skips files truncated by
   * a crash.
   */
  public static List<RequestCounts> readAll(Path folder) {
    List<RequestCounts> all = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(f -> f.toString().endsWith(SUFFIX))
            .sorted()
            .forEach(f -> read(f).ifPresent(all::add));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + folder, e);
      }
    }
    return all;
  }

  private static Optional<RequestCounts> read(Path file) {
    try {
      return Optional.of(Json.mapper().readValue(file.toFile(), RequestCounts.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
