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
 * The APIs to which nothing more is sent in a run after the preflight.
 *
 * @param reasons one line each, by product
 */
public record BlockedApis(Map<String, String> reasons) {
  /** No API is blocked. */
  public static final BlockedApis NONE = new BlockedApis(Map.of());

  private static final String FILE = "blocked-apis.json";

  /** Returns why nothing is sent to an API; empty where requests are sent. */
  public Optional<String> reason(Api api) {
    return Optional.ofNullable(reasons.get(api.product()));
  }

  /** Writes them beside the evidence, for the parts of the run that follow. */
  void write(Path folder) {
    try {
      Files.createDirectories(folder);
      Json.mapper().writeValue(folder.resolve(FILE).toFile(), this);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  /** Reads those of a run; none where no preflight was made. */
  public static BlockedApis read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      return Files.exists(file) ? Json.mapper().readValue(file.toFile(), BlockedApis.class) : NONE;
    } catch (JacksonException e) {
      return NONE;
    }
  }
}
