package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.drift.AdoptCommand;
import asyncinfo.stub.Stub;
import asyncinfo.verdict.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Pages that the adopt command alone turns into APIs: the suites pass on their stubs. */
class AdoptedPagesIT {
  private static final Path PAGES = Path.of("src", "test", "resources", "pages");
  private static final Path STRUCTURES = PAGES.resolve("structures.txt");
  private static final Path FOLDER = Path.of("target", "selftest", "adopted-pages");

  /** Only each n-th of the planted faults is tried. */
  private static final int PARTS = 30;

  private static AddedApis added;
  private static Stub stub;

  @BeforeAll
  static void adopt() throws IOException {
    added = AddedApis.beside(FOLDER, AdoptedPagesIT::adoptPages);
    stub = Stub.start(added.stub());
  }

  private static void adoptPages(Path folder) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--schemas", folder.resolve("schemas").toString(),
                "--stubs", folder.resolve("stubs").toString(),
                "--structures", STRUCTURES.toString()));
    try (Stream<Path> files = Files.list(PAGES)) {
      files
          .filter(file -> !file.equals(STRUCTURES))
          .map(Path::toString)
          .sorted()
          .forEach(arguments::add);
    }
    StringWriter lines = new StringWriter();
    CommandLine command = new CommandLine(new AdoptCommand()).setOut(new PrintWriter(lines));
    assertThat(command.execute(arguments.toArray(String[]::new))).isZero();
  }

  @AfterAll
  static void stop() {
    stub.close();
  }

  static List<Api> apis() {
    return added.apis();
  }

  @Test
  void adoptsAtLeastSixPagesAndTwoActionsOfAProduct() {
    assertThat(apis()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(apis())
        .extracting(Api::id)
        .contains("zones-DescribeZones", "zones-DescribeZoneTransfer");
  }

  @ParameterizedTest
  @MethodSource("apis")
  void passesEachClauseOfThePage(Api api) {
    String clauses = api.id() + "/*";

    SuiteRun run = added.run("adopted-" + api, clauses, false);

    assertThat(run.failures()).isEmpty();
    assertThat(run.clauses(Verdict.PASS)).containsAll(added.provedBySuites(clauses));
  }

  /** A mutation of a parameter has to fit parameters of each type. */
  @ParameterizedTest
  @ValueSource(strings = {"common/signature/tampered", "common/parameters/*"})
  void passesCommonClausesAboutChangedParameters(String clauses) {
    SuiteRun run = added.run("adopted-common", clauses, true);

    assertThat(run.failures()).isEmpty();
    assertThat(run.clauses(Verdict.PASS)).isNotEmpty();
  }

  static List<Fault> faults() {
    return added.faults(PARTS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void findsPlantedFaults(Fault fault) {
    FaultRun run = added.run(fault, stub);

    assertThat(run.missed()).as(run.message()).isEmpty();
  }
}
