package asyncinfo.report;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
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

/** Stores the recording of a run, with its verdicts, once the run has ended or was interrupted. */
final class RecordingWriter {
  /** File in the folder of the evidence that names the run that is stored already. */
  private static final String MARK = "recorded";

  private RecordingWriter() {}

  /**
   * Stores the recording of a run, unless it is stored already.
   *
   * @param evidence the folder of the run's evidence
   * @return the folder of the recording; empty where the target is not recorded or nothing was sent
   * @throws NotConformantException when it cannot be stored, with the reason in one line
   */
  static Optional<Path> keep(RunResult run, Path evidence) {
    Optional<Path> directory = run.target().recordingDirectory();
    Path mark = evidence.resolve(MARK);
    Optional<Instant> began = ExchangeLog.began(evidence);
    String name = began.map(Instant::toString).orElse("a run without requests of suites");
    if (directory.isEmpty()
        || (began.isEmpty() && run.observations() == 0)
        || isStored(mark, name)) {
      return Optional.empty();
    }
    Instant when = began.orElseGet(Instant::now).truncatedTo(ChronoUnit.SECONDS);
    List<Recording.Head> heads =
        run.target().apis().stream().map(api -> head(run, api, when)).toList();
    try {
      Path stored =
          Recordings.keep(
              directory.get(),
              RecordingAssembler.of(run.specification(), evidence, heads),
              run.specification());
      Files.createDirectories(evidence);
      Files.writeString(mark, name);
      return Optional.of(stored);
    } catch (IOException e) {
      throw new NotConformantException(
          "record: cannot store the run in " + directory.get() + ": " + e);
    }
  }

  private static boolean isStored(Path mark, String run) {
    try {
      return Files.exists(mark) && Files.readString(mark).equals(run);
    } catch (IOException e) {
      return false;
    }
  }

  private static Recording.Head head(RunResult run, Api api, Instant when) {
    TargetEndpoint target = run.target();
    return new Recording.Head(
        Recording.FORMAT,
        when.toString(),
        run.status() != RunResult.Status.UNFINISHED && run.missing().isEmpty(),
        HarnessVersion.text(),
        run.specification().hash(),
        api.product(),
        api.version(),
        api.action(),
        target.endpoint(api).toString(),
        target.host(api),
        target.region(),
        target.settings().getOrDefault("clause", "*"),
        target.loadTestBlockedBy(api).orElse(""),
        fixtures(run, api),
        run.verdicts(api));
  }

  private static Map<String, Map<String, String>> fixtures(RunResult run, Api api) {
    Map<String, Map<String, String>> fixtures = new LinkedHashMap<>();
    for (Clause clause : run.specification().clauses(api)) {
      run.target()
          .fixtures()
          .forClause(clause, api)
          .ifPresent(arguments -> fixtures.put(clause.id(), arguments));
    }
    return fixtures;
  }
}
