package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
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
  void servesARequestWithTheParameter(TestCase it) throws NoResponseException {
    it.requireServed(it.askWith(InputParameter.of(it)));
  }

  /** A request without a required parameter is refused. */
  @ClauseTest
  @Covers(ClauseKind.INPUT)
  void refusesARequestWithoutTheParameter(TestCase it) throws NoResponseException {
    InputParameter input = InputParameter.of(it);
    ApiResponse reply = it.ask(it.format(), input.skipReason(), input.row().name());
    if (!input.row().required()) {
      it.requireServed(reply);
      return;
    }
    it.requireError(reply, input.codesWithout());
  }

  /** A parameter has the type, or the one value, that the table says. */
  @ClauseTest
  @Covers(value = ClauseKind.INPUT, formats = Covers.Formats.ONE)
  void refusesAnotherTypeOrValue(TestCase it) throws NoResponseException {
    InputParameter input = InputParameter.of(it);
    it.requireError(
        it.ask(RequestFormat.POST_JSON_V3, input.other(), input.row().name()),
        input.codesForOther());
  }

  /** An id that names no task has no execution result. */
  @ClauseTest
  @Covers(value = ClauseKind.INPUT, subjectParameterOnly = true)
  void answersAnUnknownTaskWithAnError(TestCase it) throws NoResponseException {
    it.requireDocumentedError(it.sendUnknownSubject());
  }
}
