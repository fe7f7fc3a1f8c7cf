package asyncinfo.stub;

import asyncinfo.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code stubs/gateway.json}: the known regions, and code and message of each error that the
 * gateway itself returns.
 */
final class GatewayData {
  /** The file name below {@code stubs/}. */
  static final String FILE = "gateway.json";

  private final Set<String> regions = new HashSet<>();
  private final Map<String, ErrorResponse> refusals = new HashMap<>();
  private final int maxQueryBytes;

  /**
   * Reads the file.
   *
   * @param moreRegions regions to accept that the file does not list
   */
  GatewayData(Path file, Set<String> moreRegions) {
    JsonNode data;
    try {
      data = Json.read(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    regions.addAll(moreRegions);
    data.path("regions").forEach(region -> regions.add(region.asString()));
    data.path("refusals")
        .properties()
        .forEach(
            entry ->
                refusals.put(
                    entry.getKey(),
                    new ErrorResponse(
                        entry.getValue().path("code").asString(),
                        entry.getValue().path("message").asString())));
    maxQueryBytes = data.path("maxQueryBytes").asInt();
  }

  Set<String> regions() {
    return regions;
  }

  boolean knowsRegion(String region) {
    return regions.contains(region);
  }

  int maxQueryBytes() {
    return maxQueryBytes;
  }

  /** Returns the errors by the names that the file gives them. */
  Map<String, ErrorResponse> refusals() {
    return refusals;
  }

  /** Creates the exception for an error by its name in the file, with the values filled in. */
  ApiErrorException refuse(String name, Object... values) {
    ErrorResponse template = refusals.get(name);
    if (template == null) {
      throw new IllegalArgumentException("stubs/gateway.json has no refusal " + name);
    }
    Object[] texts = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      texts[i] = String.valueOf(values[i]);
    }
    String message =
        values.length == 0
            ? template.message()
            : MessageFormat.format(template.message().replace("'", "''"), texts);
    return new ApiErrorException(new ErrorResponse(template.code(), message));
  }
}
