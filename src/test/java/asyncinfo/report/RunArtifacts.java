package asyncinfo.report;

import asyncinfo.contract.Api;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.EvidenceLog;
import asyncinfo.verdict.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the parts of a run left behind. Any of it may be absent or cut short: a run that broke off
 * is reported too.
 *
 * @param evidence what suites and simulations found
 * @param traffic what each part of the run sent
 * @param progress how far the suites came
 * @param limits what the limit simulation recorded, by product
 * @param killTable what became of the planted faults
 * @param gatling the folders of Gatling's reports that are complete, by name
 * @param crash what made a simulation break off, in a line
 * @param earlier the run to compare with
 * @param finished whether suites and simulations have had their turn
 */
record RunArtifacts(
    List<Evidence> evidence,
    List<RequestCounts> traffic,
    Optional<Progress> progress,
    Map<String, LimitHistogram> limits,
    Optional<JsonNode> killTable,
    List<String> gatling,
    Optional<String> crash,
    Optional<BaselineReport> earlier,
    boolean finished) {
  private static final String ERROR = "ExecutionError:";

  /** Evidence alone. */
  static RunArtifacts of(List<Evidence> evidence, List<RequestCounts> traffic, boolean finished) {
    return new RunArtifacts(
        evidence,
        traffic,
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        finished);
  }

  /**
   * Reads what is there.
   *
   * @param target the build's folder
   * @param evidence the folder of the evidence
   */
  static RunArtifacts read(
      Path target,
      Path evidence,
      Specification specification,
      Optional<BaselineReport> earlier,
      boolean finished) {
    Map<String, LimitHistogram> limits = new LinkedHashMap<>();
    for (Api api : specification.apis()) {
      limits.put(api.product(), LimitHistogram.read(target.resolve("limit"), api));
    }
    Path gatling = target.resolve("gatling");
    return new RunArtifacts(
        EvidenceLog.readAll(evidence),
        RequestCounts.readAll(evidence),
        Progress.read(evidence),
        limits,
        killTable(target.resolve("selftest").resolve("kill-table.json")),
        reports(gatling),
        crash(gatling.resolve("lastRun.txt")),
        earlier,
        finished);
  }

  private static Optional<JsonNode> killTable(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(Json.readLeniently(Files.readString(file))).filter(JsonNode::isObject)
          : Optional.empty();
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  private static List<String> reports(Path gatling) {
    if (!Files.isDirectory(gatling)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(gatling)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("index.html")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + gatling, e);
    }
  }

  /** Gatling's plugin notes there what went wrong; assertions that failed are no crash. */
  private static Optional<String> crash(Path lastRun) {
    try {
      return Files.exists(lastRun)
          ? Files.readAllLines(lastRun).stream()
              .filter(line -> line.startsWith(ERROR) && !line.contains("assertions failed"))
              .map(line -> line.substring(ERROR.length()).strip())
              .findFirst()
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
