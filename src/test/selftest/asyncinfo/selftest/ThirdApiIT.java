package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Field;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.StubEndpoint;
import asyncinfo.ratelimit.LimitVerdict;
import asyncinfo.ratelimit.LimitVerdict.LimitStatus;
import asyncinfo.stub.Stub;
import asyncinfo.suite.TestRun;
import asyncinfo.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A third API needs only files: those under {@code src/test/resources/third-api}, copied over
 * {@code schemas} and {@code stubs}, are tested like the first two, and no Java mentions their
 * contents.
 */
class ThirdApiIT {
  private static final Path FILES = Path.of("src", "test", "resources", "third-api");
  private static final Path FOLDER = Path.of("target", "selftest", "third-api");

  /** Only each n-th of the planted faults is tried. */
  private static final int PARTS = 5;

  private static Specification specification;
  private static Api third;
  private static StubModel model;
  private static Stub stub;

  /**
   * Copies the files to the other APIs, and to a folder without them: no common clause may depend
   * on the other APIs.
   */
  @BeforeAll
  static void copyFiles() throws IOException {
    List<Api> others = Specification.load().apis();
    LinkedProject.clear(FOLDER);
    for (String part : List.of("schemas", "stubs")) {
      copy(Path.of(part), FOLDER.resolve(part), file -> true);
      copy(FILES.resolve(part), FOLDER.resolve(part), file -> true);
      Path alone = FOLDER.resolve("alone").resolve(part);
      copy(Path.of(part), alone, file -> others.stream().noneMatch(api -> isOf(api, file)));
      copy(FILES.resolve(part), alone, file -> true);
    }
    specification = Specification.load(FOLDER.resolve("schemas"));
    third =
        specification.apis().stream()
            .filter(api -> !others.contains(api))
            .findFirst()
            .orElseThrow();
    model = StubModel.read(specification, FOLDER.resolve("stubs"));
    stub = Stub.start(withOthers());
  }

  @AfterAll
  static void stop() {
    stub.close();
  }

  private static boolean isOf(Api api, Path file) {
    return file.toString().contains("/" + api.id() + "/") || file.endsWith(api.id() + ".json");
  }

  private static void copy(Path from, Path to, Predicate<Path> included) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).filter(included).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static Stub.Options withOthers() {
    return Stub.Options.of(specification).withRoot(FOLDER.resolve("stubs"));
  }

  /** The third API must differ, or the other tests would prove nothing. */
  @Test
  void differsFromTheOthers() {
    List<String> types = third.inputs().stream().map(Field::type).toList();
    List<Api> others = specification.apis().stream().filter(api -> !api.equals(third)).toList();

    assertThat(others).isNotEmpty();
    assertThat(types).contains("Integer");
    assertThat(third.inputs()).anyMatch(input -> !input.required());
    assertThat(others)
        .anyMatch(api -> !api.limit().equals(third.limit()))
        .anyMatch(api -> !api.action().equals(third.action()))
        .anyMatch(api -> !api.version().equals(third.version()));
  }

  /** {@link SuiteRun} checks the report. */
  @ParameterizedTest
  @CsvSource({"page, false", "common, true"})
  void isProvedClauseByClause(String part, boolean oneFormat) {
    Specification alone = Specification.load(FOLDER.resolve("alone/schemas"));
    Stub.Options own = Stub.Options.of(alone).withRoot(FOLDER.resolve("alone/stubs"));
    ClauseFilter filter = new ClauseFilter(part.equals("page") ? third.id() + "/*" : part + "/*");
    TestRun.RunConfiguration given =
        new TestRun.RunConfiguration(
            alone,
            new StubEndpoint(alone, own, filter),
            FOLDER.resolve(part).resolve("suites.jsonl"),
            oneFormat);

    SuiteRun run = SuiteRun.against("third-api-" + part, given, SuiteRun.ALL_SUITES);

    assertThat(alone.apis()).containsExactly(third);
    assertThat(run.failures()).isEmpty();
    assertThat(run.clauses(Verdict.PASS))
        .containsAll(
            alone.clauses().stream()
                .filter(filter.and(clause -> clause.kind() != ClauseKind.LIMIT))
                .map(Clause::id)
                .toList());
  }

  static List<Fault> faults() {
    List<Fault> all =
        FaultFile.read(FaultFile.FAULTS, specification, model).stream()
            .filter(fault -> fault.apis().equals(List.of(third)) && !fault.slow())
            .toList();
    return IntStream.range(0, all.size())
        .filter(i -> FaultCampaign.WHOLE || i % PARTS == 0)
        .mapToObj(all::get)
        .toList();
  }

  /** Each n-th of the faults that faults.yaml defines for each API. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void failsTheClausesThatAFaultBreaks(Fault fault) {
    Predicate<Clause> included = clause -> fault.mustFail().contains(clause.id());

    FaultRun run = FaultRun.of(fault, included, specification, model, stub);

    assertThat(run.missed()).as(run.message()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void hasItsOwnLimit(int more) throws Exception {
    int requests = third.limit().requests() + more;

    LimitVerdict verdict = WorkloadRun.judge(third, withOthers().withLimit(requests));

    assertThat(verdict.status())
        .isEqualTo(more == 0 ? LimitStatus.ENFORCED : LimitStatus.NOT_ENFORCED);
    assertThat(verdict.limiter()).contains(requests + " per second");
  }

  @Test
  void isNotMentionedInJava() throws IOException {
    Set<String> names = new TreeSet<>(List.of(third.id(), third.version(), third.action()));
    names.add(third.domain());
    third.errors().stream().map(DocumentedValue::value).forEach(names::add);
    for (Field member : third.outputs()) {
      member.values().stream().map(DocumentedValue::value).forEach(names::add);
    }
    Set<String> model = new TreeSet<>();
    Specification.load().apis().forEach(api -> api.errors().forEach(e -> model.add(e.value())));
    names.removeAll(model);

    List<String> naming = new ArrayList<>();
    for (Path root : List.of(Path.of("src", "test", "java"), Path.of("simulations"))) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String text = Files.readString(file);
          names.stream()
              .filter(name -> text.contains("\"" + name))
              .forEach(name -> naming.add(file + ": " + name));
        }
      }
    }

    assertThat(naming).isEmpty();
  }
}
