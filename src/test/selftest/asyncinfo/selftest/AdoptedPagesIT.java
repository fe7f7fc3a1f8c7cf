package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Specification;
import asyncinfo.drift.AdoptCommand;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.StubEndpoint;
import asyncinfo.stub.Stub;
import asyncinfo.suite.TestRun;
import asyncinfo.verdict.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Pages that the adopt command alone turns into APIs: the suites pass on their stubs. */
class AdoptedPagesIT {
  private static final Path PAGES = Path.of("src", "test", "resources", "pages");
  private static final Path STRUCTURES = PAGES.resolve("structures.txt");
  private static final Path FOLDER = Path.of("target", "selftest", "adopted-pages");

  private static final int PARTS = 25;

  private static List<Api> others;
  private static Specification specification;

  @BeforeAll
  static void adopt() throws IOException {
    LinkedProject.clear(FOLDER);
    others = Specification.load().apis();
    for (String part : List.of("schemas", "stubs")) {
      copy(Path.of(part), FOLDER.resolve(part));
    }
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--schemas", FOLDER.resolve("schemas").toString(),
                "--stubs", FOLDER.resolve("stubs").toString(),
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
    specification = Specification.load(FOLDER.resolve("schemas"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static Stub.Options stub() {
    return Stub.Options.of(specification).withRoot(FOLDER.resolve("stubs"));
  }

  static List<Api> apis() {
    return specification.apis().stream().filter(api -> !others.contains(api)).toList();
  }

  @Test
  void adoptsAtLeastSixPages() {
    assertThat(apis()).hasSizeGreaterThanOrEqualTo(6);
  }

  @ParameterizedTest
  @MethodSource("apis")
  void passesEachClauseOfThePage(Api api) {
    ClauseFilter filter = new ClauseFilter(api.id() + "/*");
    TestRun.RunConfiguration given =
        new TestRun.RunConfiguration(
            specification,
            new StubEndpoint(specification, stub(), filter),
            FOLDER.resolve(api.id()).resolve("suites.jsonl"),
            false);

    SuiteRun run = SuiteRun.against("adopted-" + api, given, SuiteRun.ALL_SUITES);

    assertThat(run.failures()).isEmpty();
    assertThat(run.clauses(Verdict.PASS))
        .containsAll(
            specification.clauses().stream()
                .filter(filter.and(clause -> clause.kind() != ClauseKind.LIMIT))
                .map(Clause::id)
                .toList());
  }

  /** Of the faults that are planted in each adopted API, each so many-th. */
  static List<Fault> faults() {
    StubModel model = StubModel.read(specification, FOLDER.resolve("stubs"));
    List<Fault> all =
        FaultFile.read(FaultFile.FAULTS, specification, model).stream()
            .filter(fault -> fault.apis().size() == 1 && apis().containsAll(fault.apis()))
            .filter(fault -> !fault.slow())
            // The conditions of faults name tasks, which an action without parameters has not.
            .filter(fault -> !specification.requests(fault.apis().get(0)).samples().isEmpty())
            .toList();
    return IntStream.range(0, all.size())
        .filter(i -> FaultCampaign.WHOLE || i % PARTS == 0)
        .mapToObj(all::get)
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void findsPlantedFaults(Fault fault) {
    StubModel model = StubModel.read(specification, FOLDER.resolve("stubs"));
    try (Stub stub = Stub.start(stub())) {
      FaultRun run =
          FaultRun.of(
              fault, clause -> fault.mustFail().contains(clause.id()), specification, model, stub);

      assertThat(run.missed()).as(run.message()).isEmpty();
    }
  }
}
