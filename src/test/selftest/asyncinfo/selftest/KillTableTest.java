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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a fault, and the table of all. */
class KillTableTest {
  private static final Specification CATALOGUE = Specification.ofProducts("dts", "mongodb");

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
  void comparesWhatFailedWithWhatMustFail(
      String mustFail, String touches, String red, boolean trouble, Outcome outcome) {
    assertThat(trial(false, mustFail, touches, red, trouble).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "'', PASSED",
    "dts/3/Status=UNOBSERVED, PASSED",
    "dts/3/Status=FAIL, FLAGGED",
    "dts/3/Status=ERROR, FLAGGED"
  })
  void letsALawfulVariationFailNothing(String red, Outcome outcome) {
    assertThat(trial(true, "", "", red, false).outcome()).isEqualTo(outcome);
  }

  @Test
  void namesTheClausesThatNoFaultBroke() {
    String every =
        CATALOGUE.clauses().stream()
            .filter(c -> c.kind() != ClauseKind.LIMIT && !c.id().equals("dts/3/Info"))
            .map(Clause::id)
            .collect(Collectors.joining(" "));
    FaultRun all = trial(false, every, "", every.replace(" ", "=FAIL ") + "=FAIL", false);
    FaultRun unseen = trial(false, "dts/3/Info", "", "dts/3/Info=UNOBSERVED", false);
    FaultRun stray = trial(false, "dts/3/Status", "", "dts/3/Status=FAIL dts/3/Info=FAIL", false);

    assertThat(new KillTable(CATALOGUE, List.of(all, unseen, stray)).neverKilled())
        .containsExactly("dts/3/Info");
  }

  @Test
  void saysItAllInOneLineAndInJsonThatKeepsItsSchema() {
    KillTable table =
        new KillTable(
            CATALOGUE,
            List.of(
                trial(true, "", "", "", false),
                trial(true, "", "", "dts/3/Info=FAIL", false),
                trial(false, "dts/3/Status", "", "dts/3/Status=FAIL", false),
                trial(false, "dts/3/Status", "", "", false),
                trial(false, "dts/3/Status", "", "dts/3/Status=FAIL dts/3/Info=FAIL", false)));

    assertThat(table.summary())
        .startsWith(
            "Proof of teeth: 1 faults killed, 1 lawful variations let pass, 1 SURVIVED, 1"
                + " COLLATERAL, 1 FLAGGED, 1 of ");
    assertThat(CATALOGUE.check(KillTable.SCHEMA, table.json())).isEmpty();
    assertThat(table.json().at("/faults/2/failed"))
        .hasToString("[\"dts/3/Info\",\"dts/3/Status\"]");
    assertThat(table.json().at("/lawful/1/outcome").asString()).isEqualTo("FLAGGED");
  }

  @Test
  void wantsWhatTheSchemaSays() {
    var json = new KillTable(CATALOGUE, List.of(trial(true, "", "", "", false))).json();
    json.remove("neverKilled");

    assertThat(CATALOGUE.check(KillTable.SCHEMA, json))
        .anyMatch(violation -> violation.pointer().equals("/neverKilled"));
  }

  private static FaultRun trial(
      boolean compliant, String mustFail, String touches, String red, boolean trouble) {
    Fault fault =
        new Fault(
            "name",
            "group",
            "words",
            compliant,
            CATALOGUE.apis(),
            null,
            List.of(),
            set(mustFail),
            set(touches),
            Set.of(),
            trouble,
            false,
            false);
    Map<String, Verdict> verdicts = new HashMap<>();
    set(red)
        .forEach(
            each -> {
              int equals = each.lastIndexOf('=');
              verdicts.put(each.substring(0, equals), Verdict.valueOf(each.substring(equals + 1)));
            });
    return new FaultRun(fault, verdicts, "said", 1);
  }

  private static Set<String> set(String words) {
    return Stream.of(words.split(" ", -1)).filter(w -> !w.isEmpty()).collect(Collectors.toSet());
  }
}
