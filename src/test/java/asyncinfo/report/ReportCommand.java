package asyncinfo.report;

import asyncinfo.config.Settings;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ContractException;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.SettingsException;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.verdict.ClauseResult;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.ResultPaths;
import asyncinfo.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The moments of a build that concern the whole of it: before anything is sent, when all evidence
 * is there or no more will come, and when the build must decide.
 */
public final class ReportCommand {
  private static final Path TARGET = Path.of("target");
  private static final Path FOLDER = ResultPaths.CONFORMANCE;
  private static final Path EVIDENCE = ResultPaths.EVIDENCE;
  private static final Path REPORT = FOLDER.resolve("conformance.json");
  private static final Path PAGE = FOLDER.resolve("index.html");
  private static final Path EARLIER = FOLDER.resolve("earlier.json");
  private static final Path KILL_TABLE = TARGET.resolve("selftest").resolve("kill-table.json");

  /** Failsafe's among them: it adds to a summary that it finds, and so keeps an old failure. */
  private static final List<Path> OF_ONE_RUN =
      List.of(
          EVIDENCE,
          TARGET.resolve("limit"),
          TARGET.resolve("gatling"),
          TARGET.resolve("failsafe-reports"),
          TARGET.resolve("selftest-reports"),
          KILL_TABLE);

  /** Together with what else a run says, no more than a screen. */
  private static final int LINES = 12;

  private static final int CHANGES = 6;
  private static final int LONGEST = 300;

  private ReportCommand() {}

  /**
   * Runs one moment.
   *
   * @param step {@code prepare}, {@code write}, {@code gate}; or {@code interrupted} where the run
   *     ended before its report
   * @param main the entry point that runs {@code report interrupted} in a process of its own
   * @throws NotConformantException when the build must end here, with one line for each reason
   */
  public static void run(String step, Class<?> main) {
    try {
      Specification specification = Specification.load();
      Settings settings = Settings.ofProcess(specification);
      try (TargetEndpoint target = settings.open()) {
        switch (step) {
          case "prepare" -> prepare(specification, target, settings, main);
          case "write" -> {
            ConformanceReport report = report(specification, target, settings, true);
            write(report);
            RecordingWriter.keep(specification, target, report, EVIDENCE)
                .ifPresent(passed -> System.out.println("Recorded: " + passed));
          }
          case "gate" -> gate(report(specification, target, settings, true));
          case "interrupted" -> {
            ConformanceReport report = report(specification, target, settings, false);
            write(report);
            RecordingWriter.keep(specification, target, report, EVIDENCE)
                .ifPresent(passed -> System.out.println("Recorded as far as it came: " + passed));
            System.out.println("The run did not come to its end; what there is: " + PAGE);
          }
          default -> throw new IllegalArgumentException(step);
        }
      }
    } catch (ContractException | SettingsException e) {
      throw new NotConformantException(e.getMessage());
    }
  }

  /** Nothing that an earlier run left may pass for a part of this one. */
  private static void prepare(
      Specification specification, TargetEndpoint target, Settings settings, Class<?> main) {
    Optional<Path> compare = settings.earlierReport();
    compare.ifPresent(BaselineReport::read);
    try {
      Files.createDirectories(FOLDER);
      // The report to compare with may be the one that this run is going to replace.
      if (compare.isPresent()) {
        Files.copy(compare.get(), EARLIER, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(EARLIER);
      }
      OF_ONE_RUN.forEach(ReportCommand::delete);
      ConformanceReport empty = report(specification, target, settings, false);
      write(empty);
      System.out.printf(
          "Judged in `mvn verify`: %s on %s, %d clauses%n",
          products(empty), target.description(), empty.clauseResults().size());
      System.out.println(target.startupMessage());
      InterruptedRunReporter.watch(FOLDER, EVIDENCE, settings.explicitSettings(), main);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + FOLDER, e);
    }
  }

  private static String products(ConformanceReport report) {
    return report.clauseResults().stream()
        .map(j -> j.clause().product())
        .flatMap(Optional::stream)
        .distinct()
        .collect(Collectors.joining(", "));
  }

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

  private static ConformanceReport report(
      Specification specification, TargetEndpoint target, Settings settings, boolean finished) {
    Optional<BaselineReport> earlier =
        settings
            .earlierReport()
            .map(
                named -> {
                  BaselineReport read =
                      BaselineReport.read(Files.exists(EARLIER) ? EARLIER : named);
                  return new BaselineReport(named.toString(), read.verdicts());
                });
    return new ConformanceReport(
        specification,
        target,
        RunArtifacts.read(TARGET, EVIDENCE, specification, earlier, finished),
        settings
            .liveEvidence()
            .map(known -> new EvidenceAge.LiveRuns(known, settings.maxAge(), Instant.now())));
  }

  private static void write(ConformanceReport report) {
    write(report.json(Instant.now()), FOLDER);
  }

  /**
   * Writes the report of a run that is not the build's own.
   *
   * @param evidence the folder with its evidence; its other files are looked for there too
   * @param folder where to write
   * @param finished whether suites and simulations have had their turn
   */
  public static void write(
      Specification specification,
      TargetEndpoint target,
      Path evidence,
      Path folder,
      boolean finished) {
    RunArtifacts files =
        RunArtifacts.read(evidence, evidence, specification, Optional.empty(), finished);
    ConformanceReport report = new ConformanceReport(specification, target, files);
    write(report.json(Instant.now()), folder);
    RecordingWriter.keep(specification, target, report, evidence);
  }

  /** Writes a report in all its forms, and that the run is not on any more. */
  static void write(ObjectNode report, Path folder) {
    try {
      Files.createDirectories(folder);
      Json.pretty().writeValue(folder.resolve(REPORT.getFileName()).toFile(), report);
      Files.writeString(folder.resolve(PAGE.getFileName()), HtmlReport.html(report));
      Files.writeString(folder.resolve("junit.xml"), JunitXml.of(report));
      Files.writeString(folder.resolve("summary.md"), MarkdownSummary.markdown(report));
      InterruptedRunReporter.over(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  private static void gate(ConformanceReport report) {
    if (report.result() == ConformanceReport.Result.NOTHING_RAN) {
      throw new NotConformantException(
          "Nothing ran: no suite and no simulation left any evidence, so nothing was proved. See "
              + PAGE);
    }
    consoleLines(report).forEach(System.out::println);
    if (!report.conformant()) {
      throw new NotConformantException(
          "%s: %d of %d clauses%s%s%s, named above and in %s"
              .formatted(
                  report.result().words(),
                  report.blocking().size(),
                  report.clauseResults().size(),
                  report.redWaivers().isEmpty()
                      ? ""
                      : " and %d waivers".formatted(report.redWaivers().size()),
                  report.stale().isEmpty()
                      ? ""
                      : ", and the live evidence of %d is too old".formatted(report.stale().size()),
                  report.missing().isEmpty() ? "" : ", and parts of the run are missing",
                  PAGE));
    }
  }

  /** What the build says at its end. */
  static List<String> consoleLines(ConformanceReport report) {
    List<String> consoleLines = new ArrayList<>();
    report
        .perApi()
        .forEach(
            (api, clauseResults) -> {
              if (!clauseResults.isEmpty()) {
                consoleLines.add(line(report, api, clauseResults));
              }
            });
    Stream.concat(
            report.clauseResults().stream().filter(j -> j.verdict() == Verdict.WAIVED),
            report.skipped().stream())
        .map(ReportCommand::line)
        .limit(LINES)
        .forEach(consoleLines::add);
    report.lastSeen().ifPresent(seen -> consoleLines.add("Live evidence: " + seen.sentence()));
    List<String> blocking = lines(report);
    consoleLines.addAll(atMost(LINES, blocking));
    report.missing().forEach(each -> consoleLines.add("  MISSING    " + each));
    consoleLines.addAll(
        atMost(
            CHANGES,
            report.changes().stream().map(c -> "  " + c.change().words() + ": " + c).toList()));
    consoleLines.add(
        "%s. Reports: %s, with conformance.json, junit.xml and summary.md beside it"
            .formatted(report.sent(), PAGE));
    return consoleLines;
  }

  private static String line(ConformanceReport report, Api api, List<ClauseResult> clauseResults) {
    String counts =
        ConformanceReport.counts(clauseResults).entrySet().stream()
            .filter(e -> e.getValue() > 0)
            .map(e -> e.getValue() + " " + words(e.getKey()))
            .collect(Collectors.joining(", "));
    return "%s: %s; %d clauses, %s; %d observations"
        .formatted(
            api.product(),
            report.result(api).words(),
            clauseResults.size(),
            counts,
            clauseResults.stream()
                .flatMap(j -> j.evidence().stream())
                .filter(e -> e.product().equals(api.product()))
                .mapToInt(Evidence::count)
                .sum());
  }

  private static List<String> atMost(int most, List<String> lines) {
    if (lines.size() <= most) {
      return lines;
    }
    List<String> some = new ArrayList<>(lines.subList(0, most));
    some.add("  and %d more, in the report".formatted(lines.size() - most));
    return some;
  }

  /**
   * What a build says of evidence about a target: a line for each waiver that is red, and for each
   * reason for which clauses are.
   */
  public static List<String> lines(
      Specification specification, TargetEndpoint target, List<Evidence> evidence) {
    return lines(
        new ConformanceReport(specification, target, RunArtifacts.of(evidence, List.of(), true)));
  }

  static List<String> lines(ConformanceReport report) {
    List<String> lines = new ArrayList<>();
    report.redWaivers().forEach(review -> lines.add("  WAIVER     " + review));
    Map<String, List<Clause>> stale =
        report.stale().entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getValue,
                    LinkedHashMap::new,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    stale.forEach(
        (why, clauses) ->
            lines.add(
                "  STALE      %s%s: %s"
                    .formatted(
                        clauses.get(0),
                        clauses.size() == 1 ? "" : " and %d more".formatted(clauses.size() - 1),
                        why)));
    Map<String, List<ClauseResult>> byReason =
        report.blocking().stream()
            .collect(
                Collectors.groupingBy(
                    j -> j.verdict() + " " + j.reason(), LinkedHashMap::new, Collectors.toList()));
    byReason.forEach(
        (reason, clauseResults) -> {
          String line = line(clauseResults.get(0));
          lines.add(
              clauseResults.size() == 1
                  ? line
                  : line.replaceFirst(": ", " and %d more: ".formatted(clauseResults.size() - 1)));
        });
    return lines;
  }

  /** One line, whatever line breaks and control characters the endpoint put in. */
  private static String line(ClauseResult clauseResult) {
    String line =
        "  %-10s %s: %s"
            .formatted(
                words(clauseResult.verdict()),
                clauseResult.clause().id(),
                clauseResult.reason().replaceAll("\\p{Cntrl}+", " "));
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private static String words(Verdict verdict) {
    return verdict.name().replace('_', ' ');
  }
}
