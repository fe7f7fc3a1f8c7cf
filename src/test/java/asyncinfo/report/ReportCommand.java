package asyncinfo.report;

import asyncinfo.config.Settings;
import asyncinfo.contract.Api;
import asyncinfo.contract.ContractException;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.SettingsException;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.ResultPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Steps of a build that concern the whole run: clear what an earlier run left before anything is
 * sent, and, when all evidence is there, write the report and decide whether the build is green.
 */
public final class ReportCommand {
  private static final Path TARGET = ResultPaths.TARGET;
  private static final Path FOLDER = ResultPaths.CONFORMANCE;
  private static final Path EVIDENCE = ResultPaths.EVIDENCE;
  private static final Path PAGE = FOLDER.resolve("index.html");

  /** Copy of the baseline, which may be the report that this run is going to replace. */
  private static final Path BASELINE = FOLDER.resolve("baseline.json");

  /** Failsafe's reports are among them because it would add to a summary that it finds. */
  private static final List<Path> OF_ONE_RUN =
      List.of(
          EVIDENCE,
          TARGET.resolve("limit"),
          TARGET.resolve("gatling"),
          TARGET.resolve("failsafe-reports"));

  private final Specification specification;
  private final Settings settings;
  private final TargetEndpoint target;

  private ReportCommand(Specification specification, Settings settings, TargetEndpoint target) {
    this.specification = specification;
    this.settings = settings;
    this.target = target;
  }

  /**
   * Runs one step. Steps of a build have an entry point of their own, because the command line's
   * parser takes longer to load than they run.
   *
   * @param arguments the step: {@code prepare}, {@code gate}; or {@code interrupted} where the run
   *     ended before its report
   * @throws NotConformantException when the build must end here, with one line for each reason
   */
  public static void main(String[] arguments) {
    // The report has the same bytes on every machine.
    Locale.setDefault(Locale.US);
    String step = String.join(" ", arguments);
    try {
      Specification specification = Specification.load();
      Settings settings = Settings.ofProcess(specification);
      try (TargetEndpoint target = settings.open()) {
        ReportCommand command = new ReportCommand(specification, settings, target);
        switch (step) {
          case "prepare" -> command.prepare();
          case "gate" -> command.gate();
          case "interrupted" -> {
            command.write(false);
            System.out.println("The run was interrupted; the report has what it found: " + PAGE);
          }
          default -> throw new IllegalArgumentException(step);
        }
      }
    } catch (ContractException | SettingsException e) {
      throw new NotConformantException(e.getMessage());
    }
  }

  /**
   * Writes the report of a run that is not the build's own.
   *
   * @param evidence the folder with its evidence and its other artifacts
   * @param folder where to write
   * @param finished whether suites and simulations have had their turn
   */
  public static void write(
      Specification specification,
      TargetEndpoint target,
      Path evidence,
      Path folder,
      boolean finished) {
    RunResult run =
        new RunResult(
            specification,
            target,
            RunArtifacts.read(evidence, evidence, specification, Optional.empty(), finished));
    write(ReportDocument.of(run, Instant.now()), folder);
    RecordingWriter.keep(run, evidence);
  }

  /**
   * Returns the lines that a build prints about evidence that turns it red: blocking waivers and
   * problems.
   */
  public static List<String> lines(
      Specification specification, TargetEndpoint target, List<Evidence> evidence) {
    return ConsoleSummary.redLines(
        new RunResult(specification, target, RunArtifacts.of(evidence, List.of(), true)));
  }

  private void prepare() {
    Optional<Path> baseline = settings.baseline();
    baseline.ifPresent(BaselineReport::read);
    try {
      Files.createDirectories(FOLDER);
      if (baseline.isPresent()) {
        Files.copy(baseline.get(), BASELINE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(BASELINE);
      }
      OF_ONE_RUN.forEach(ReportCommand::delete);
      RunResult run = result(false);
      write(ReportDocument.of(run, Instant.now()), FOLDER);
      System.out.printf(
          "Judging %s on %s, %d clauses%n",
          run.perApi().keySet().stream().map(Api::id).collect(Collectors.joining(", ")),
          target.description(),
          run.clauseResults().size());
      System.out.println(target.startupMessage());
      InterruptedRunReporter.watch(FOLDER, EVIDENCE, settings.explicitSettings());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + FOLDER, e);
    }
  }

  /** Keeps artifacts of an earlier run from passing for a part of this one. */
  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear " + folder, e);
    }
  }

  private RunResult result(boolean finished) {
    return new RunResult(
        specification,
        target,
        RunArtifacts.read(TARGET, EVIDENCE, specification, baseline(), finished),
        settings
            .liveEvidence()
            .map(evidence -> new EvidenceAge.LiveRuns(evidence, settings.maxAge(), Instant.now())));
  }

  private Optional<BaselineReport> baseline() {
    return settings
        .baseline()
        .map(
            file ->
                new BaselineReport(
                    file.toString(),
                    BaselineReport.read(Files.exists(BASELINE) ? BASELINE : file).verdicts()));
  }

  private RunResult write(boolean finished) {
    RunResult run = result(finished);
    write(ReportDocument.of(run, Instant.now()), FOLDER);
    RecordingWriter.keep(run, EVIDENCE).ifPresent(file -> System.out.println("Recorded: " + file));
    return run;
  }

  /** Writes a report in all its forms; the run counts as reported from then on. */
  static void write(ReportDocument report, Path folder) {
    try {
      Files.createDirectories(folder);
      Json.pretty().writeValue(folder.resolve("conformance.json").toFile(), report);
      Files.writeString(folder.resolve(PAGE.getFileName()), HtmlReport.of(report));
      Files.writeString(folder.resolve("junit.xml"), JunitXml.of(report));
      Files.writeString(folder.resolve("summary.md"), MarkdownSummary.of(report));
      InterruptedRunReporter.over(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  private void gate() {
    RunResult run = write(true);
    if (run.status() == RunResult.Status.NOTHING_RAN) {
      throw new NotConformantException("Nothing ran: " + run.summary() + " See " + PAGE);
    }
    ConsoleSummary.lines(run, PAGE).forEach(System.out::println);
    if (!run.conformant()) {
      throw new NotConformantException(
          "%s: %d of %d clauses%s%s%s, listed above and in %s"
              .formatted(
                  run.status().label(),
                  run.blocking().size(),
                  run.clauseResults().size(),
                  run.blockingWaivers().isEmpty()
                      ? ""
                      : " and %d waivers".formatted(run.blockingWaivers().size()),
                  run.stale().isEmpty()
                      ? ""
                      : ", the live evidence of %d is too old".formatted(run.stale().size()),
                  run.missing().isEmpty() ? "" : ", parts of the run are missing",
                  PAGE));
    }
  }
}
