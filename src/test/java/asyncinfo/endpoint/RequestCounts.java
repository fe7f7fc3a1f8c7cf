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
 * What one part of a run sent.
 *
 * @param began when the part began, in ISO 8601
 * @param millis how long it took, in milliseconds
 * @param sent how many calls, by product
 * @param throttled how many of them the endpoint throttled though the part kept its pace, by
 *     product
 */
public record RequestCounts(
    String began, long millis, Map<String, Integer> sent, Map<String, Integer> throttled) {
  private static final String SUFFIX = ".traffic.json";

  /** How many calls in all. */
  public int calls() {
    return sent.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Writes it beside the evidence of the same part. */
  public void write(Path folder, String part) {
    try {
      Files.createDirectories(folder);
      Json.mapper().writeValue(folder.resolve(part + SUFFIX).toFile(), this);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  /**
   * Reads what all parts of a run wrote; nothing when the folder is absent. What a crash cut short
   * is left out.
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
