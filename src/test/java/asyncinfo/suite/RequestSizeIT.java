package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Requirement;
import asyncinfo.verdict.Covers;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The rules of API 3.0 on the size of requests. They may cost an endpoint's goodwill, so they are
 * tested after all that is not affected by that.
 */
@Order(8)
@ExtendWith(ClauseInvocationProvider.class)
class RequestSizeIT {

  /** A request that is longer than allowed is refused, by the API or by a proxy before it. */
  @ClauseTest
  @Covers(
      value = ClauseKind.REFUSED,
      mutation = Requirement.OVERSIZE,
      formats = Covers.Formats.OF_THE_PROMISE)
  void refusesARequestThatIsTooLong(TestCase testCase) throws NoResponseException {
    Requirement requirement = testCase.requirement();
    DroppableResponse outcome = testCase.sendOversized(requirement);
    if (outcome.dropped().isPresent()) {
      testCase.pass("refused before the API: " + outcome.dropped().get());
      return;
    }
    testCase.requireRefusal(outcome.response().orElseThrow(), requirement);
  }

  /** The API names the size of a request as the reason. */
  @ClauseTest
  @Covers(
      value = ClauseKind.COMMON_ERROR,
      mutation = Requirement.OVERSIZE,
      formats = Covers.Formats.OF_THE_PROMISE)
  void returnsTheCommonErrorCode(TestCase testCase) throws NoResponseException {
    DroppableResponse outcome = testCase.sendOversized(testCase.requirementOfCode());
    if (outcome.dropped().isPresent()) {
      throw testCase.notTestable("refused before the API: " + outcome.dropped().get());
    }
    testCase.requireOwnCode(outcome.response().orElseThrow());
  }
}
