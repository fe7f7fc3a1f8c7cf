package asyncinfo.report;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.recording.ExchangeLog;
import asyncinfo.recording.Recording;
import asyncinfo.recording.RecordingAssembler;
import asyncinfo.recording.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the recording of a run, with its verdicts, once the run is over or was cut short. */
final class RecordingWriter {
  /** Says in the folder of the evidence which run has been kept. */
  private static final String MARK = "recorded";

  private RecordingWriter() {}

  /**
   * Keeps the recording of a run, unless it is kept already.
   *
   * @param evidence the folder of the run's evidence
   * @return where it is kept; empty where the target is not recorded or nothing was sent to it
   * @throws NotConformantException when it cannot be kept, with one line that says why
   */
  static Optional<Path> keep(
      Specification specification, TargetEndpoint target, ConformanceReport report, Path evidence) {
    Path mark = evidence.resolve(MARK);
    Optional<Instant> began = ExchangeLog.began(evidence);
    boolean nothing = began.isEmpty() && report.observations() == 0;
    String run = began.map(Instant::toString).orElse("a run without calls of suites");
    if (target.recordingDirectory().isEmpty() || nothing || isKept(mark, run)) {
      return Optional.empty();
    }
    Instant when = began.orElseGet(Instant::now).truncatedTo(ChronoUnit.SECONDS);
    List<Recording.Head> heads =
        target.apis().stream().map(api -> head(specification, target, report, api, when)).toList();
    try {
      Path passed =
          Recordings.keep(
              target.recordingDirectory().get(),
              RecordingAssembler.of(specification, evidence, heads));
      Files.createDirectories(evidence);
      Files.writeString(mark, run);
      return Optional.of(passed);
    } catch (IOException e) {
      throw new NotConformantException(
          "record: the run could not be kept in " + target.recordingDirectory().get() + ": " + e);
    }
  }

  private static boolean isKept(Path mark, String run) {
    try {
      return Files.exists(mark) && Files.readString(mark).equals(run);
    } catch (IOException e) {
      return false;
    }
  }

  private static Recording.Head head(
      Specification specification,
      TargetEndpoint target,
      ConformanceReport report,
      Api api,
      Instant when) {
    return new Recording.Head(
        Recording.FORMAT,
        when.toString(),
        report.result() != ConformanceReport.Result.UNFINISHED && report.missing().isEmpty(),
        HarnessVersion.text(),
        specification.hash(),
        api.product(),
        api.version(),
        api.action(),
        target.endpoint(api).toString(),
        target.host(api),
        target.region(),
        target.settings().getOrDefault("clause", "*"),
        target.loadTestBlockedBy(api).orElse(""),
        fixtures(specification, target, api),
        report.verdicts(api));
  }

  private static Map<String, Map<String, String>> fixtures(
      Specification specification, TargetEndpoint target, Api api) {
    Map<String, Map<String, String>> fixtures = new LinkedHashMap<>();
    for (Clause clause : specification.clauses(api)) {
      target
          .fixtures()
          .forClause(clause, api)
          .ifPresent(arguments -> fixtures.put(clause.id(), arguments));
    }
    return fixtures;
  }
}
