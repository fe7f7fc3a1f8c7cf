package asyncinfo.suite;

import asyncinfo.contract.ClauseKind;
import asyncinfo.verdict.Covers;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.ApiResponse;
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
    ApiResponse reply = it.ask(it.shape(), input.leftOut(), input.row().name());
    if (!input.row().required()) {
      it.requireServed(reply);
      return;
    }
    it.requireError(reply, input.codesWithout());
  }

  /** A parameter has the type, or the one value, that the table says. */
  @ClauseTest
  @Covers(value = ClauseKind.INPUT, shapes = Covers.Shapes.ONE)
  void refusesAnotherTypeOrValue(TestCase it) throws NoResponseException {
    InputParameter input = InputParameter.of(it);
    it.requireError(
        it.ask(RequestFormat.POST_JSON_V3, input.other(), input.row().name()), input.codesForOther());
  }

  /** An id that names no task has no execution result. */
  @ClauseTest
  @Covers(value = ClauseKind.INPUT, ofWhatIsAskedAbout = true)
  void answersAnUnknownTaskWithAnError(TestCase it) throws NoResponseException {
    it.requireDocumentedError(it.askAboutNothing());
  }
}
