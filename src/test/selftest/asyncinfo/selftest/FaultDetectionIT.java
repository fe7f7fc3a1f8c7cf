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
 * Each fault in faults.yaml fails the clauses that it breaks and no other, and no compliant
 * variation fails any.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultDetectionIT {
  private static final Specification SPECIFICATION = Specification.load();
  private static final StubModel MODEL = StubModel.read(SPECIFICATION);
  private static final List<Fault> COMPLIANT =
      FaultFile.read(FaultFile.COMPLIANT, SPECIFICATION, MODEL);
  private static final List<Fault> FAULTS = FaultFile.read(FaultFile.FAULTS, SPECIFICATION, MODEL);
  private static final FaultCampaign CAMPAIGN =
      new FaultCampaign(
          SPECIFICATION, MODEL, Stream.of(COMPLIANT, FAULTS).flatMap(List::stream).toList());

  static List<Fault> faults() {
    return FAULTS;
  }

  static List<Fault> compliant() {
    return COMPLIANT;
  }

  @AfterAll
  static void writeTheKillTable() {
    KillTable table = CAMPAIGN.table();
    table.write();
    System.out.println(table.summary());
    CAMPAIGN.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("compliant")
  void passesACompliantVariation(Fault variation) {
    FaultRun run = CAMPAIGN.run(variation);

    assertThat(run.changed() > 0).as("differs").isEqualTo(!variation.then().isEmpty());
    assertThat(run.flagged()).as(run.message()).isEmpty();
    assertThat(run.undetected()).as("must deviate and did not").isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void failsExactlyTheClausesThatTheFaultBreaks(Fault fault) {
    assumeTrue(CAMPAIGN.run(COMPLIANT.get(0)).red().isEmpty(), "the stub itself is faulty");
    FaultRun run = CAMPAIGN.run(fault);

    assertThat(run.changed()).as("responses that it changed").isPositive();
    assertThat(run.missed()).as("must fail and did not").isEmpty();
    assertThat(run.stray()).as("failed without being touched").isEmpty();
    assertThat(run.outcome()).isEqualTo(Outcome.KILLED);
  }

  /** The control run. */
  @Test
  void provesEveryClauseWithoutAFault() {
    FaultRun control = CAMPAIGN.run(COMPLIANT.get(0));

    assertThat(control.fault().then()).isEmpty();
    assertThat(control.red()).as(control.message()).isEmpty();
  }

  @Test
  void reportsClauseRequirementExpectedActualAndRequestId() {
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
  void detectsAFaultForEveryClause() {
    assertThat(CAMPAIGN.table().neverKilled()).isEmpty();
  }
}
