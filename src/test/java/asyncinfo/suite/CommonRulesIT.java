package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.client.RequestFormat;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Requirement;
import asyncinfo.verdict.Covers;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rules of API 3.0 for every action: request structure, parameters, signature. */
@Order(7)
@ExtendWith(ClauseInvocationProvider.class)
class CommonRulesIT {

  /** A request that keeps the rules is served. */
  @ClauseTest
  @Covers(value = ClauseKind.SERVED, formats = Covers.Formats.OF_THE_PROMISE)
  void servesACompliantRequest(TestCase testCase) throws NoResponseException {
    testCase.requireServed(testCase.sendMutated(testCase.requirement()));
  }

  /** A request that breaks a rule is refused with a code that names the reason. */
  @ClauseTest
  @Covers(value = ClauseKind.REFUSED, formats = Covers.Formats.OF_THE_PROMISE)
  void refusesARequestThatBreaksARule(TestCase testCase) throws NoResponseException {
    Requirement requirement = testCase.requirement();
    if (InputParameter.isOptional(testCase.api(), requirement)) {
      throw testCase.notTestable("the page makes " + requirement.parameter() + " optional");
    }
    testCase.requireRefusal(testCase.sendMutated(requirement), requirement);
  }

  /** A common error comes with its code. */
  @ClauseTest
  @Covers(value = ClauseKind.COMMON_ERROR, formats = Covers.Formats.OF_THE_PROMISE)
  void returnsTheCommonErrorCode(TestCase testCase) throws NoResponseException {
    String code = testCase.clause().name();
    if (testCase.specification().requirementOf(code).isEmpty() || testCase.hasFixture()) {
      testCase.requireError(testCase.sendFixture(), List.of(code));
    } else {
      testCase.requireOwnCode(testCase.sendMutated(testCase.requirementOfCode()));
    }
  }

  /** The response does not depend on the request format. */
  @ClauseTest
  @Covers(
      value = ClauseKind.EVERY_REPLY,
      name = "same-for-every-shape",
      formats = Covers.Formats.ONE)
  void answersEachFormatAlike(TestCase testCase) throws NoResponseException {
    RequestFormat own = testCase.format();
    String before = testCase.sendValidUncached(own).content();
    for (RequestFormat format : RequestFormat.values()) {
      String other = testCase.sendValidUncached(format).content();
      CheckedResponse after = testCase.sendValidUncached(own);
      // A task may move on between two requests; only a response between two equal ones counts.
      testCase.require(
          after,
          !before.equals(after.content()) || other.equals(before),
          own + ": " + before,
          format + ": " + other);
      before = after.content();
    }
  }
}
