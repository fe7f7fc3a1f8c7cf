package asyncinfo.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.contract.Api;
import asyncinfo.contract.Basis;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Specification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From evidence to verdicts. */
class ClauseResultTest {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final String PAGE = "dts/3/Status";
  private static final String COMMON = "common/response/json";
  private static final String OBSERVED = "common/parameters/repeated";

  @ParameterizedTest
  @CsvSource({
    "PASSED, PASS",
    "FAILED, FAIL",
    "ERROR, ERROR",
    "NOT_TESTABLE, NOT_TESTABLE",
    "'', UNOBSERVED",
    "PASSED FAILED ERROR, FAIL",
    "PASSED ERROR NOT_TESTABLE, ERROR",
    "PASSED NOT_TESTABLE, PASS"
  })
  void reportsTheWorstOutcome(String outcomes, Verdict verdict) {
    List<Evidence> evidence =
        Stream.of(outcomes.split(" ", -1))
            .filter(o -> !o.isEmpty())
            .map(o -> evidence(PAGE, "dts", Outcome.valueOf(o)))
            .toList();

    assertThat(clauseResult(PAGE, evidence).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "PASSED, PASSED, PASS",
    "PASSED, FAILED, FAIL",
    "PASSED, , UNOBSERVED",
    ", , UNOBSERVED",
    "NOT_TESTABLE, PASSED, NOT_TESTABLE"
  })
  void evaluatesTheCommonPartForEachTestedApi(Outcome dts, Outcome mongodb, Verdict verdict) {
    List<Evidence> evidence = new ArrayList<>();
    if (dts != null) {
      evidence.add(evidence(COMMON, "dts", dts));
    }
    if (mongodb != null) {
      evidence.add(evidence(COMMON, "mongodb", mongodb));
    }

    assertThat(clauseResult(COMMON, evidence).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED, WAIVED",
    "PASSED FAILED NOT_TESTABLE, WAIVED",
    "PASSED FAILED ERROR, ERROR",
    "PASSED, PASS",
    "NOT_TESTABLE, NOT_TESTABLE",
    "'', UNOBSERVED"
  })
  void waivesAViolationAndNothingElse(String outcomes, Verdict verdict) {
    List<Evidence> evidence =
        Stream.of(outcomes.split(" ", -1))
            .filter(o -> !o.isEmpty())
            .map(o -> evidence(PAGE, "dts", Outcome.valueOf(o)))
            .toList();

    ClauseResult clauseResult =
        ClauseResult.all(
                SPECIFICATION,
                SPECIFICATION.apis(),
                evidence,
                clause -> Optional.of("by agreement"))
            .stream()
            .filter(j -> j.clause().id().equals(PAGE))
            .findFirst()
            .orElseThrow();

    assertThat(clauseResult.verdict()).isEqualTo(verdict);
    assertThat(clauseResult.reason().equals("by agreement; dts: expected this, found that"))
        .isEqualTo(verdict == Verdict.WAIVED);
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED, DEVIATES",
    "PASSED FAILED NOT_TESTABLE, DEVIATES",
    "PASSED FAILED ERROR, ERROR",
    "PASSED, PASS",
    "'', UNOBSERVED"
  })
  void reportsADeviationWhereNoPagePromisesTheClause(String outcomes, Verdict verdict) {
    assertThat(SPECIFICATION.clause(OBSERVED).orElseThrow().basis()).isEqualTo(Basis.OBSERVED);
    List<Evidence> evidence =
        SPECIFICATION.apis().stream()
            .flatMap(
                api ->
                    Stream.of(outcomes.split(" ", -1))
                        .filter(o -> !o.isEmpty())
                        .map(o -> evidence(OBSERVED, api.id(), Outcome.valueOf(o))))
            .toList();

    assertThat(clauseResult(OBSERVED, evidence).verdict()).isEqualTo(verdict);
  }

  @Test
  void omitsTheClausesOfAnApiThatWasNotTested() {
    List<Api> tested = SPECIFICATION.apis().subList(0, 1);

    assertThat(
            ClauseResult.all(SPECIFICATION, tested, List.of()).stream()
                .map(ClauseResult::clause)
                .flatMap(c -> c.api().stream()))
        .containsOnly("dts");
  }

  @Test
  void reportsExpectedAndActual() {
    assertThat(clauseResult(PAGE, List.of(evidence(PAGE, "dts", Outcome.FAILED))).reason())
        .isEqualTo("dts: expected this, found that");
  }

  @Test
  void rejectsEvidenceAboutAnUnknownClause() {
    assertThatThrownBy(
            () ->
                ClauseResult.all(
                    SPECIFICATION,
                    SPECIFICATION.apis(),
                    List.of(evidence("dts/9/x", "dts", Outcome.PASSED))))
        .hasMessageContaining("dts/9/x");
  }

  @Test
  void readsALogWithAnIncompleteLastLine(@TempDir Path folder) throws Exception {
    Evidence passed = Evidence.passed(PAGE, "dts", "check");
    Evidence broken = evidence(COMMON, "mongodb", Outcome.FAILED);
    try (EvidenceLog evidenceLog = new EvidenceLog(folder.resolve("a.jsonl"))) {
      evidenceLog.add(passed);
      evidenceLog.add(broken);
      assertThat(evidenceLog.about(PAGE, "dts")).containsExactly(passed);
      assertThat(evidenceLog.about(PAGE, "mongodb")).isEmpty();
    }
    Files.writeString(folder.resolve("a.jsonl"), "{\"clause\":\"dts", StandardOpenOption.APPEND);

    assertThat(EvidenceLog.readAll(folder)).containsExactly(passed, broken);
    assertThat(EvidenceLog.readAll(folder.resolve("absent"))).isEmpty();
  }

  private static ClauseResult clauseResult(String clause, List<Evidence> evidence) {
    Clause about = SPECIFICATION.clause(clause).orElseThrow();
    return ClauseResult.all(SPECIFICATION, SPECIFICATION.apis(), evidence).stream()
        .filter(j -> j.clause().equals(about))
        .findFirst()
        .orElseThrow();
  }

  private static Evidence evidence(String clause, String product, Outcome outcome) {
    return new Evidence(
        clause,
        product,
        "check",
        outcome,
        outcome == Outcome.PASSED ? null : Finding.of("this", "that", "again"),
        1);
  }
}
