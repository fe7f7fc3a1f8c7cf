package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Requirement;
import asyncinfo.verdict.Covers;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The rules of API 3.0 on the frequency of requests; the simulations test the number. An endpoint
 * may stop responding after a burst, so this is the last suite that sends requests of its own.
 */
@Order(9)
@ExtendWith(ClauseInvocationProvider.class)
class RequestFrequencyIT {

  /** Requests above the limit are refused with an error like any other. */
  @ClauseTest
  @Covers(
      value = ClauseKind.REFUSED,
      mutation = Requirement.BURST,
      formats = Covers.Formats.OF_THE_PROMISE)
  void refusesRequestsAboveTheLimit(TestCase testCase) throws NoResponseException {
    Requirement requirement = testCase.requirement();
    DroppableResponse outcome = testCase.sendBursts(requirement);
    if (outcome.dropped().isPresent()) {
      throw testCase.failed(
          "Error.Code " + String.join(" or ", requirement.codes()), outcome.dropped().get());
    }
    testCase.requireRefusal(outcome.response().orElseThrow(), requirement);
  }

  /** The error names the limit that was exceeded. */
  @ClauseTest
  @Covers(
      value = ClauseKind.COMMON_ERROR,
      mutation = Requirement.BURST,
      formats = Covers.Formats.OF_THE_PROMISE)
  void returnsTheCommonErrorCode(TestCase testCase) throws NoResponseException {
    DroppableResponse outcome = testCase.sendBursts(testCase.requirementOfCode());
    if (outcome.dropped().isPresent()) {
      throw testCase.notTestable(outcome.dropped().get());
    }
    testCase.requireOwnCode(outcome.response().orElseThrow());
  }
}
