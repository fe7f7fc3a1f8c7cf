package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.client.RequestFormat;
import asyncinfo.contract.ClauseKind;
import asyncinfo.verdict.Covers;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** Section 2 of a page: input parameters. */
@Order(2)
@ExtendWith(ClauseInvocationProvider.class)
class InputParametersIT {

  /** A request with all listed parameters is served. */
  @ClauseTest
  @Covers(ClauseKind.INPUT)
  void servesARequestWithTheParameter(TestCase testCase) throws NoResponseException {
    testCase.requireServed(testCase.sendWithParameter(InputParameter.of(testCase).row()));
  }

  /** A request without a required parameter is refused; without another, it is served. */
  @ClauseTest
  @Covers(ClauseKind.INPUT)
  void refusesARequestWithoutARequiredParameter(TestCase testCase) throws NoResponseException {
    InputParameter input = InputParameter.of(testCase);
    CheckedResponse response =
        testCase.sendMutated(testCase.format(), input.omission(), input.row().name());
    if (input.row().required()) {
      testCase.requireError(response, input.refusalOfOmission().codes());
    } else {
      testCase.requireServed(response);
    }
  }

  /** A parameter has the type, or the one value, that the table lists. */
  @ClauseTest
  @Covers(value = ClauseKind.INPUT, formats = Covers.Formats.ONE)
  void refusesAnotherTypeOrValue(TestCase testCase) throws NoResponseException {
    InputParameter input = InputParameter.of(testCase);
    testCase.requireRefusal(
        testCase.sendMutated(RequestFormat.POST_JSON_V3, input.change(), input.row().name()),
        input.refusalOfChange());
  }

  /** An id that names no task has no execution result. */
  @ClauseTest
  @Covers(value = ClauseKind.INPUT, subjectParameterOnly = true)
  void answersAnUnknownTaskWithAnError(TestCase testCase) throws NoResponseException {
    testCase.requireDocumentedError(testCase.sendUnknownSubject());
  }
}
