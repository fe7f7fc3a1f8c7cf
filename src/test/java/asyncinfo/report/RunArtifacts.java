package asyncinfo.report;

import asyncinfo.contract.Api;
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

/**
 * Files that suites and simulations left behind. Any of them may be absent or truncated, because an
 * interrupted run is reported too.
 *
 * @param evidence findings of suites and simulations
 * @param traffic requests sent, by part of the run
 * @param progress progress of the suites
 * @param limits calls of the limit simulation, by product
 * @param gatling names of the folders with a complete Gatling report
 * @param crash why a simulation crashed, in one line
 * @param baseline the run to compare with
 * @param finished whether suites and simulations have all had their turn
 */
record RunArtifacts(
    List<Evidence> evidence,
    List<RequestCounts> traffic,
    Optional<Progress> progress,
    Map<String, LimitHistogram> limits,
    List<String> gatling,
    Optional<String> crash,
    Optional<BaselineReport> baseline,
    boolean finished) {
  private static final String ERROR = "ExecutionError:";

  /** Returns artifacts that consist of evidence and request counts only. */
  static RunArtifacts of(List<Evidence> evidence, List<RequestCounts> traffic, boolean finished) {
    return new RunArtifacts(
        evidence,
        traffic,
        Optional.empty(),
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        finished);
  }

  /**
   * Reads the artifacts of a run.
   *
   * @param target the folder of the build
   * @param evidence the folder of the evidence
   */
  static RunArtifacts read(
      Path target,
      Path evidence,
      Specification specification,
      Optional<BaselineReport> baseline,
      boolean finished) {
    Map<String, LimitHistogram> limits = new LinkedHashMap<>();
    for (Api api : specification.apis()) {
      limits.put(api.id(), LimitHistogram.read(target.resolve("limit"), api));
    }
    Path gatling = target.resolve("gatling");
    return new RunArtifacts(
        EvidenceLog.readAll(evidence),
        RequestCounts.readAll(evidence),
        Progress.read(evidence),
        limits,
        reports(gatling),
        crash(gatling.resolve("lastRun.txt")),
        baseline,
        finished);
  }

  /** Returns the recorded calls of an API; where there are none, a histogram that says so. */
  LimitHistogram limit(Api api) {
    return limits.getOrDefault(
        api.id(), LimitHistogram.absent("No call to this API was recorded."));
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

  /** Reads the error that Gatling's plugin noted; failed assertions are no crash. */
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
