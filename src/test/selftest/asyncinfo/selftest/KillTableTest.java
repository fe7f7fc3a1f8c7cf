package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Specification;
import asyncinfo.selftest.FaultRun.Outcome;
import asyncinfo.verdict.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outcomes of faults, and the table of all runs. */
@Tag("slow")
class KillTableTest {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");

  @ParameterizedTest
  @CsvSource({
    "dts/3/Status, '', dts/3/Status=FAIL, false, KILLED",
    "dts/3/Status, '', dts/3/Status=UNOBSERVED, false, KILLED",
    "dts/3/Status, '', '', false, SURVIVED",
    "dts/3/Status dts/3/Info, '', dts/3/Status=FAIL, false, SURVIVED",
    "'', dts/3/Status dts/3/Info, dts/3/Status=FAIL, false, KILLED",
    "'', dts/3/Status, '', false, SURVIVED",
    "dts/3/Status, '', dts/3/Status=FAIL dts/3/Info=FAIL, false, COLLATERAL",
    "dts/3/Status, dts/3/Info, dts/3/Status=FAIL dts/3/Info=FAIL, false, KILLED",
    "dts/3/Status, '', dts/3/Status=ERROR, false, COLLATERAL",
    "dts/3/Status, '', dts/3/Status=ERROR, true, KILLED",
    "dts/3/Status, '', dts/3/Status=FAIL, true, COLLATERAL"
  })
  void comparesFailedClausesWithThoseThatMustFail(
      String mustFail, String touches, String red, boolean expectsError, Outcome outcome) {
    assertThat(run(false, mustFail, touches, red, expectsError).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "'', PASSED",
    "dts/3/Status=UNOBSERVED, PASSED",
    "dts/3/Status=FAIL, FLAGGED",
    "dts/3/Status=ERROR, FLAGGED"
  })
  void flagsACompliantVariationThatFails(String red, Outcome outcome) {
    assertThat(run(true, "", "", red, false).outcome()).isEqualTo(outcome);
  }

  @Test
  void listsClausesThatNoFaultFailed() {
    String every =
        SPECIFICATION.clauses().stream()
            .filter(c -> c.kind() != ClauseKind.LIMIT && !c.id().equals("dts/3/Info"))
            .map(Clause::id)
            .collect(Collectors.joining(" "));
    FaultRun all = run(false, every, "", every.replace(" ", "=FAIL ") + "=FAIL", false);
    FaultRun unseen = run(false, "dts/3/Info", "", "dts/3/Info=UNOBSERVED", false);
    FaultRun stray = run(false, "dts/3/Status", "", "dts/3/Status=FAIL dts/3/Info=FAIL", false);

    assertThat(new KillTable(SPECIFICATION, List.of(all, unseen, stray)).neverKilled())
        .containsExactly("dts/3/Info");
  }

  @Test
  void writesOneLineAndValidJson() {
    KillTable table =
        new KillTable(
            SPECIFICATION,
            List.of(
                run(true, "", "", "", false),
                run(true, "", "", "dts/3/Info=FAIL", false),
                run(false, "dts/3/Status", "", "dts/3/Status=FAIL", false),
                run(false, "dts/3/Status", "", "", false),
                run(false, "dts/3/Status", "", "dts/3/Status=FAIL dts/3/Info=FAIL", false)));

    assertThat(table.summary())
        .startsWith(
            "Fault detection: 1 faults found, 1 compliant variations passed, 1 SURVIVED, 1"
                + " COLLATERAL, 1 FLAGGED, 1 of ");
    assertThat(SPECIFICATION.check(KillTable.SCHEMA, table.json())).isEmpty();
    assertThat(table.json().at("/faults/2/failed"))
        .hasToString("[\"dts/3/Info\",\"dts/3/Status\"]");
    assertThat(table.json().at("/lawful/1/outcome").asString()).isEqualTo("FLAGGED");
  }

  @Test
  void requiresTheMembersOfItsSchema() {
    var json = new KillTable(SPECIFICATION, List.of(run(true, "", "", "", false))).json();
    json.remove("neverKilled");

    assertThat(SPECIFICATION.check(KillTable.SCHEMA, json))
        .anyMatch(violation -> violation.pointer().equals("/neverKilled"));
  }

  private static FaultRun run(
      boolean compliant, String mustFail, String touches, String red, boolean expectsError) {
    Fault fault =
        new Fault(
            "name",
            "group",
            "words",
            compliant,
            SPECIFICATION.apis(),
            null,
            List.of(),
            set(mustFail),
            set(touches),
            Set.of(),
            expectsError,
            false,
            false);
    Map<String, Verdict> verdicts = new HashMap<>();
    set(red)
        .forEach(
            each -> {
              int equals = each.lastIndexOf('=');
              verdicts.put(each.substring(0, equals), Verdict.valueOf(each.substring(equals + 1)));
            });
    return new FaultRun(fault, verdicts, "message", 1);
  }

  private static Set<String> set(String words) {
    return Stream.of(words.split(" ", -1)).filter(w -> !w.isEmpty()).collect(Collectors.toSet());
  }
}
