package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import asyncinfo.contract.Specification;
import asyncinfo.selftest.FaultRun.Outcome;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault of the catalogue fails the clauses that it breaks and no other, and no lawful
 * variation fails any.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultDetectionIT {
  private static final Specification CATALOGUE = Specification.load();
  private static final StubModel KNOWN = StubModel.read(CATALOGUE);
  private static final List<Fault> COMPLIANT =
      FaultFile.read(FaultFile.COMPLIANT, CATALOGUE, KNOWN);
  private static final List<Fault> FAULTS = FaultFile.read(FaultFile.FAULTS, CATALOGUE, KNOWN);
  private static final FaultCampaign PROOF =
      new FaultCampaign(
          CATALOGUE, KNOWN, Stream.of(COMPLIANT, FAULTS).flatMap(List::stream).toList());

  static List<Fault> faults() {
    return FAULTS;
  }

  static List<Fault> compliant() {
    return COMPLIANT;
  }

  @AfterAll
  static void writeTheKillTable() {
    KillTable table = PROOF.table();
    table.write();
    System.out.println(table.summary());
    PROOF.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("compliant")
  void blamesALawfulVariationForNothing(Fault variation) {
    FaultRun trial = PROOF.trial(variation);

    assertThat(trial.changed() > 0).as("differs").isEqualTo(!variation.then().isEmpty());
    assertThat(trial.flagged()).as(trial.message()).isEmpty();
    assertThat(trial.undetected()).as("must deviate and did not").isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void failsTheClausesThatTheFaultBreaksAndNoOther(Fault fault) {
    assumeTrue(PROOF.trial(COMPLIANT.get(0)).red().isEmpty(), "the stub has a flaw of its own");
    FaultRun trial = PROOF.trial(fault);

    assertThat(trial.changed()).as("replies that it changed").isPositive();
    assertThat(trial.missed()).as("must fail and did not").isEmpty();
    assertThat(trial.stray()).as("failed and is not touched").isEmpty();
    assertThat(trial.outcome()).isEqualTo(Outcome.KILLED);
  }

  /** The control. */
  @Test
  void provesEveryClauseOnAFlawlessStub() {
    FaultRun control = PROOF.trial(COMPLIANT.get(0));

    assertThat(control.fault().then()).isEmpty();
    assertThat(control.red()).as(control.message()).isEmpty();
  }

  @Test
  void saysClausePromiseExpectedActualAndRequestId() {
    SuiteRun run =
        SuiteRun.against(
            "message",
            List.of(ResponseFault.replace("\"paused\"", "\"Paused\"")),
            "OutputParametersIT");

    assertThat(run.failures())
        .anySatisfy(
            message ->
                assertThat(message)
                    .matches(
                        """
                        mongodb/3/Status=paused is broken by mongodb
                          promised:  Status takes the value "paused": paused due to failure\\.
                          source:    page, mongodb 2019-07-25 .*, 3\\. Output Parameters
                          expected:  Status "paused"
                          actual:    \\{"Status":"Paused",.*\\}
                          RequestId: [0-9a-f-]{36}
                          reproduce: mvn verify -Dclause='mongodb/3/Status=paused'\
                        """));
  }

  @Test
  void killsEveryClauseAtLeastOnce() {
    assertThat(PROOF.table().neverKilled()).isEmpty();
  }
}
