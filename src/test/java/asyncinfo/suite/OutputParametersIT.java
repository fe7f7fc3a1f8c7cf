package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.contract.ClauseKind;
import asyncinfo.verdict.Covers;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** Section 3 of a page: output parameters. */
@Order(3)
@ExtendWith(ClauseInvocationProvider.class)
class OutputParametersIT {
  /** Enough to meet each of ten nodes behind a round-robin balancer. */
  private static final int LOOKS = 10;

  /** A listed field is present, unless it may be absent, and is of the listed type. */
  @ClauseTest
  @Covers(ClauseKind.OUTPUT)
  void returnsTheListedField(TestCase testCase) throws NoResponseException {
    testCase.requireCheckPassed(testCase.sendForTask());
  }

  /** A task in a listed state has the listed value. */
  @ClauseTest
  @Covers(ClauseKind.VALUE)
  void returnsTheListedValue(TestCase testCase) throws NoResponseException {
    testCase.requireValue(testCase.sendFixture());
  }

  /** A task stays in its state or moves on; it does not return to an earlier state. */
  @ClauseTest
  @Covers(value = ClauseKind.VALUE, formats = Covers.Formats.ONE)
  void neverReturnsToAnEarlierValue(TestCase testCase) throws NoResponseException {
    int looks = Math.min(LOOKS, testCase.api().limit().requests());
    for (int look = 1; look <= looks; look++) {
      testCase.requireValue(testCase.sendFixtureUncached());
    }
  }

  /** No field is present that the table does not list. */
  @ClauseTest
  @Covers(ClauseKind.ONLY_OUTPUTS)
  void returnsNoOtherField(TestCase testCase) throws NoResponseException {
    testCase.requireCheckPassed(testCase.sendForTask());
  }
}
