package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Example;
import asyncinfo.verdict.Covers;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** Section 4 of a page: example. */
@Order(4)
@ExtendWith(ClauseInvocationProvider.class)
class ExampleIT {

  /** The documented request is answered with the fields of the documented response. */
  @ClauseTest
  @Covers(ClauseKind.EXAMPLE)
  void answersTheDocumentedRequestAsDocumented(TestCase testCase) throws NoResponseException {
    int number = Integer.parseInt(testCase.clause().name().replaceAll("\\D", ""));
    Example example = testCase.api().examples().get(number - 1);
    ExampleExpectation expected =
        new ExampleExpectation(testCase.specification(), testCase.api(), example);

    CheckedResponse response = testCase.sendFixture();

    List<String> deviations = expected.deviations(response);
    testCase.require(response, deviations, expected.toString(), response.summary());
  }
}
