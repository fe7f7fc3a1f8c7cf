package asyncinfo.endpoint;

import asyncinfo.contract.Api;
import asyncinfo.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * The APIs to which a run sends no requests after the preflight.
 *
 * @param reasons one line each, by API
 */
public record BlockedApis(Map<String, String> reasons) {
  /** No API is blocked. */
  public static final BlockedApis NONE = new BlockedApis(Map.of());

  private static final String FILE = "blocked-apis.json";

  /** Returns the reason for which an API is blocked; empty if it is not. */
  public Optional<String> reason(Api api) {
    return Optional.ofNullable(reasons.get(api.id()));
  }

  /** Writes the blocked APIs to the evidence folder, for the later parts of the run. */
  void write(Path folder) {
    try {
      Files.createDirectories(folder);
      Json.mapper().writeValue(folder.resolve(FILE).toFile(), this);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  /** Returns whether the preflight of a run was made. */
  public static boolean areKnown(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /** Reads the blocked APIs of a run; none if no preflight was made. */
  public static BlockedApis read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      return Files.exists(file) ? Json.mapper().readValue(file.toFile(), BlockedApis.class) : NONE;
    } catch (JacksonException e) {
      return NONE;
    }
  }
}
