package asyncinfo.report;

import asyncinfo.contract.Catalogue;
import asyncinfo.contract.ContractException;
import asyncinfo.contract.Json;
import asyncinfo.target.Settings;
import asyncinfo.target.SettingsException;
import asyncinfo.target.Target;
import asyncinfo.target.Traffic;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Judgement;
import asyncinfo.verdict.Ledger;
import asyncinfo.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The three moments of a build that concern the whole of it: before anything is sent, when all
 * evidence is there, and when the build must decide.
 */
public final class Conformance {
  private static final Path FOLDER = Path.of("target", "conformance");
  private static final Path EVIDENCE = FOLDER.resolve("evidence");
  private static final Path REPORT = FOLDER.resolve("conformance.json");
  private static final Path SAMPLES = Path.of("target", "limit");
  private static final Path GATLING = Path.of("target", "gatling");

  /** Failsafe adds to the summary that it finds here, so an old failure would never go away. */
  private static final Path SELF_PROOF = Path.of("target", "selfproof-reports");

  private static final Path KILL_TABLE = Path.of("target", "selfproof", "kill-table.json");
  private static final int LINES = 20;

  private Conformance() {}

  /**
   * Runs one moment.
   *
   * @param args {@code prepare}, {@code write} or {@code gate}
   * @throws NotConformantException when the build must end here, with one line for each reason
   */
  public static void main(String[] args) {
    try {
      Catalogue catalogue = Catalogue.load();
      try (Target target = Settings.ofProcess(catalogue).open()) {
        switch (args[0]) {
          case "prepare" -> prepare(catalogue, target);
          case "write" -> write(report(catalogue, target, true));
          case "gate" -> gate(report(catalogue, target, true));
          default -> throw new IllegalArgumentException(args[0]);
        }
      }
    } catch (ContractException | SettingsException e) {
      throw new NotConformantException(e.getMessage());
    }
  }

  /** Nothing that an earlier run left may pass for a part of this one. */
  private static void prepare(Catalogue catalogue, Target target) {
    List.of(EVIDENCE, SAMPLES, GATLING, SELF_PROOF, KILL_TABLE).forEach(Conformance::delete);
    ConformanceReport empty = new ConformanceReport(catalogue, target, List.of(), List.of(), false);
    write(empty);
    System.out.printf(
        "Judged in `mvn verify`: %s on %s, %d clauses%n",
        products(empty), target.description(), empty.judgements().size());
    System.out.println(target.announcement());
  }

  private static String products(ConformanceReport report) {
    return report.judgements().stream()
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

  private static ConformanceReport report(Catalogue catalogue, Target target, boolean finished) {
    return new ConformanceReport(
        catalogue, target, Ledger.readAll(EVIDENCE), Traffic.readAll(EVIDENCE), finished);
  }

  private static void write(ConformanceReport report) {
    try {
      Files.createDirectories(FOLDER);
      Json.pretty().writeValue(REPORT.toFile(), report.json(Instant.now()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + REPORT, e);
    }
  }

  private static void gate(ConformanceReport report) {
    String counts =
        report.counts().entrySet().stream()
            .filter(e -> e.getValue() > 0)
            .map(e -> e.getValue() + " " + words(e.getKey()))
            .collect(Collectors.joining(", "));
    if (report.observations() == 0) {
      throw new NotConformantException(
          "Nothing ran: no suite and no simulation left any evidence, so nothing was proved. See "
              + REPORT);
    }
    System.out.printf(
        "%s: %d clauses, %s; %d observations, %s. Reports: %s, target/gatling,"
            + " target/failsafe-reports%n",
        products(report),
        report.judgements().size(),
        counts,
        report.observations(),
        report.sent(),
        REPORT);
    report.judgements().stream()
        .filter(j -> j.verdict() == Verdict.WAIVED)
        .map(Conformance::line)
        .forEach(System.out::println);
    List<String> red = lines(report);
    red.stream().limit(LINES).forEach(System.out::println);
    if (red.size() > LINES) {
      System.out.printf("  and %d more%n", red.size() - LINES);
    }
    if (!red.isEmpty()) {
      throw new NotConformantException(
          "Not conformant: %d of %d clauses%s, named above and in %s"
              .formatted(
                  report.red().size(),
                  report.judgements().size(),
                  report.redWaivers().isEmpty()
                      ? ""
                      : " and %d waivers".formatted(report.redWaivers().size()),
                  REPORT));
    }
  }

  /**
   * What a build says of evidence about a target: a line for each waiver that is red, and for each
   * reason for which clauses are.
   */
  public static List<String> lines(Catalogue catalogue, Target target, List<Evidence> evidence) {
    return lines(new ConformanceReport(catalogue, target, evidence, List.of(), true));
  }

  static List<String> lines(ConformanceReport report) {
    List<String> lines = new ArrayList<>();
    report.redWaivers().forEach(review -> lines.add("  WAIVER     " + review));
    Map<String, List<Judgement>> byReason =
        report.red().stream()
            .collect(
                Collectors.groupingBy(
                    j -> j.verdict() + " " + j.reason(), LinkedHashMap::new, Collectors.toList()));
    byReason.forEach(
        (reason, judgements) -> {
          String line = line(judgements.get(0));
          lines.add(
              judgements.size() == 1
                  ? line
                  : line.replaceFirst(": ", " and %d more: ".formatted(judgements.size() - 1)));
        });
    return lines;
  }

  private static String line(Judgement judgement) {
    return "  %-10s %s: %s"
        .formatted(words(judgement.verdict()), judgement.clause().id(), judgement.reason());
  }

  private static String words(Verdict verdict) {
    return verdict.name().replace('_', ' ');
  }
}
