package asyncinfo.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.contract.Clause;
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
  private static final Specification CATALOGUE = Specification.ofProducts("dts", "mongodb");
  private static final String PAGE = "dts/3/Status";
  private static final String COMMON = "common/response/json";

  @ParameterizedTest
  @CsvSource({
    "KEPT, PASS",
    "BROKEN, FAIL",
    "TROUBLE, ERROR",
    "NOT_TESTABLE, NOT_TESTABLE",
    "'', UNOBSERVED",
    "KEPT BROKEN TROUBLE, FAIL",
    "KEPT TROUBLE NOT_TESTABLE, ERROR",
    "KEPT NOT_TESTABLE, PASS"
  })
  void takesTheWorstThatWasSeen(String outcomes, Verdict verdict) {
    List<Evidence> evidence =
        Stream.of(outcomes.split(" ", -1))
            .filter(o -> !o.isEmpty())
            .map(o -> evidence(PAGE, "dts", Outcome.valueOf(o)))
            .toList();

    assertThat(judgement(PAGE, evidence).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "KEPT, KEPT, PASS",
    "KEPT, BROKEN, FAIL",
    "KEPT, , UNOBSERVED",
    ", , UNOBSERVED",
    "NOT_TESTABLE, KEPT, NOT_TESTABLE"
  })
  void asksEachJudgedApiAboutTheCommonPart(Outcome dts, Outcome mongodb, Verdict verdict) {
    List<Evidence> evidence = new ArrayList<>();
    if (dts != null) {
      evidence.add(evidence(COMMON, "dts", dts));
    }
    if (mongodb != null) {
      evidence.add(evidence(COMMON, "mongodb", mongodb));
    }

    assertThat(judgement(COMMON, evidence).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "BROKEN, WAIVED",
    "KEPT BROKEN NOT_TESTABLE, WAIVED",
    "KEPT BROKEN TROUBLE, ERROR",
    "KEPT, PASS",
    "NOT_TESTABLE, NOT_TESTABLE",
    "'', UNOBSERVED"
  })
  void waivesWhatIsBrokenAndNothingElse(String outcomes, Verdict verdict) {
    List<Evidence> evidence =
        Stream.of(outcomes.split(" ", -1))
            .filter(o -> !o.isEmpty())
            .map(o -> evidence(PAGE, "dts", Outcome.valueOf(o)))
            .toList();

    ClauseResult judgement =
        ClauseResult.all(CATALOGUE, CATALOGUE.apis(), evidence, clause -> Optional.of("by agreement"))
            .stream()
            .filter(j -> j.clause().id().equals(PAGE))
            .findFirst()
            .orElseThrow();

    assertThat(judgement.verdict()).isEqualTo(verdict);
    assertThat(judgement.reason().equals("by agreement; dts: expected this, found that"))
        .isEqualTo(verdict == Verdict.WAIVED);
  }

  @Test
  void leavesOutTheClausesOfAnApiThatIsNotJudged() {
    List<Api> judged = CATALOGUE.apis().subList(0, 1);

    assertThat(
            ClauseResult.all(CATALOGUE, judged, List.of()).stream()
                .map(ClauseResult::clause)
                .flatMap(c -> c.product().stream()))
        .containsOnly("dts");
  }

  @Test
  void saysWhatWasExpectedAndFound() {
    assertThat(judgement(PAGE, List.of(evidence(PAGE, "dts", Outcome.FAILED))).reason())
        .isEqualTo("dts: expected this, found that");
  }

  @Test
  void refusesEvidenceAboutAClauseThatDoesNotExist() {
    assertThatThrownBy(
            () ->
                ClauseResult.all(
                    CATALOGUE, CATALOGUE.apis(), List.of(evidence("dts/9/x", "dts", Outcome.PASSED))))
        .hasMessageContaining("dts/9/x");
  }

  @Test
  void readsWhatALedgerWroteThoughTheLastLineWasCutShort(@TempDir Path folder) throws Exception {
    Evidence kept = Evidence.kept(PAGE, "dts", "check");
    Evidence broken = evidence(COMMON, "mongodb", Outcome.FAILED);
    try (EvidenceLog ledger = new EvidenceLog(folder.resolve("a.jsonl"))) {
      ledger.add(kept);
      ledger.add(broken);
      assertThat(ledger.about(PAGE, "dts")).containsExactly(kept);
      assertThat(ledger.about(PAGE, "mongodb")).isEmpty();
    }
    Files.writeString(folder.resolve("a.jsonl"), "{\"clause\":\"dts", StandardOpenOption.APPEND);

    assertThat(EvidenceLog.readAll(folder)).containsExactly(kept, broken);
    assertThat(EvidenceLog.readAll(folder.resolve("absent"))).isEmpty();
  }

  private static ClauseResult judgement(String clause, List<Evidence> evidence) {
    Clause about = CATALOGUE.clause(clause).orElseThrow();
    return ClauseResult.all(CATALOGUE, CATALOGUE.apis(), evidence).stream()
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
