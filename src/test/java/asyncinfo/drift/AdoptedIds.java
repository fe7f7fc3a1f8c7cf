package asyncinfo.drift;

import asyncinfo.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * The ids of the APIs of a folder of schemas, and those of the APIs that are about to be added. An
 * API keeps the id that it has, because settings, waivers and recordings use it. A new one is named
 * by its product if no other action of the product is known, else by product and action.
 */
final class AdoptedIds {
  private final Map<String, String> existing;
  private final List<String> added;

  private AdoptedIds(Map<String, String> existing, List<String> added) {
    this.existing = existing;
    this.added = added;
  }

  /**
   * Reads the ids of a folder.
   *
   * @param schemas the folder; it may be absent
   * @param added the folders of the APIs to add, such as {@code dts/2018-03-30/DescribeJobs}
   */
  static AdoptedIds of(Path schemas, List<String> added) {
    Map<String, String> existing = new TreeMap<>();
    if (Files.isDirectory(schemas)) {
      try (Stream<Path> files = Files.find(schemas, 4, (file, a) -> file.endsWith("api.json"))) {
        for (Path file : files.toList()) {
          String folder = schemas.relativize(file.resolveSibling("")).toString().replace('\\', '/');
          existing.put(folder, id(file, product(folder)));
        }
      } catch (IOException e) {
        throw new DriftException("adopt: %s cannot be read: %s".formatted(schemas, e.getMessage()));
      }
    }
    return new AdoptedIds(existing, added);
  }

  private static String id(Path file, String product) throws IOException {
    try {
      return Json.read(Files.readString(file)).path("id").asString(product);
    } catch (JacksonException e) {
      return product;
    }
  }

  static String product(String folder) {
    return folder.substring(0, folder.indexOf('/'));
  }

  /** Returns the id of the API of a folder. */
  String of(String folder) {
    String product = product(folder);
    List<String> actions =
        Stream.concat(existing.keySet().stream(), added.stream())
            .filter(other -> product(other).equals(product))
            .distinct()
            .toList();
    return existing.getOrDefault(
        folder,
        actions.size() < 2
            ? product
            : product + "-" + folder.substring(folder.lastIndexOf('/') + 1));
  }
}
