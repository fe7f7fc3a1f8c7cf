package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Field;
import asyncinfo.contract.Specification;
import asyncinfo.ratelimit.LimitVerdict;
import asyncinfo.ratelimit.LimitVerdict.LimitStatus;
import asyncinfo.stub.Stub;
import asyncinfo.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

  private static AddedApis added;
  private static AddedApis alone;
  private static Api third;
  private static Stub stub;

  /**
   * Adds the files to the other APIs, and to a folder without them: no common clause may depend on
   * the other APIs.
   */
  @BeforeAll
  static void copyFiles() throws IOException {
    added = AddedApis.beside(FOLDER.resolve("beside"), AddedApis.filesOf(FILES));
    alone = AddedApis.alone(FOLDER.resolve("alone"), AddedApis.filesOf(FILES));
    third = added.apis().get(0);
    stub = Stub.start(added.stub());
  }

  @AfterAll
  static void stop() {
    stub.close();
  }

  /** The third API must differ, or the other tests would prove nothing. */
  @Test
  void differsFromTheOthers() {
    List<String> types = third.inputs().stream().map(Field::type).toList();
    List<Api> others =
        added.specification().apis().stream().filter(api -> !api.equals(third)).toList();

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
    String clauses = part.equals("page") ? third.id() + "/*" : part + "/*";

    SuiteRun run = alone.run("third-api-" + part, clauses, oneFormat);

    assertThat(alone.specification().apis()).containsExactly(third);
    assertThat(run.failures()).isEmpty();
    assertThat(run.clauses(Verdict.PASS)).containsAll(alone.provedBySuites(clauses));
  }

  static List<Fault> faults() {
    return added.faults(PARTS);
  }

  /** Each n-th of the faults that faults.yaml defines for each API. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void failsTheClausesThatAFaultBreaks(Fault fault) {
    FaultRun run = added.run(fault, stub);

    assertThat(run.missed()).as(run.message()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void hasItsOwnLimit(int more) throws Exception {
    int requests = third.limit().requests() + more;

    LimitVerdict verdict = WorkloadRun.judge(third, added.stub().withLimit(requests));

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
