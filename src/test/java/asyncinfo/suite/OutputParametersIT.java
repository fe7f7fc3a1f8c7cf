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
    CheckedResponse response = testCase.sendFixture();
    String value = testCase.clause().value().orElseThrow();
    testCase.requireValue(
        response, testCase.clause().name() + " \"" + value + "\"", response.summary());
  }

  /** A task that is looked at again and again is in that state each time. */
  @ClauseTest
  @Covers(value = ClauseKind.VALUE, formats = Covers.Formats.ONE)
  void showsTheValueAtEachLook(TestCase testCase) throws NoResponseException {
    String value = testCase.clause().value().orElseThrow();
    for (int look = 1; look <= LOOKS; look++) {
      CheckedResponse response = testCase.sendFixtureUncached();
      testCase.requireValue(
          response,
          "%s \"%s\" at each of %d looks".formatted(testCase.clause().name(), value, LOOKS),
          "at look %d: %s".formatted(look, response.summary()));
    }
  }

  /** No field is present that the table does not list. */
  @ClauseTest
  @Covers(ClauseKind.ONLY_OUTPUTS)
  void returnsNoOtherField(TestCase testCase) throws NoResponseException {
    testCase.requireCheckPassed(testCase.sendForTask());
  }
}
