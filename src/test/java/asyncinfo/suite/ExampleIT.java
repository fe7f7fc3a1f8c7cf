package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Example;
import asyncinfo.verdict.Covers;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Section 4 of a page: example. */
@Order(4)
@ExtendWith(ClauseInvocationProvider.class)
class ExampleIT {

  /**
   * The documented request is answered with the documented response; only the RequestId differs.
   */
  @ClauseTest
  @Covers(ClauseKind.EXAMPLE)
  void answersTheDocumentedRequestAsDocumented(TestCase testCase) throws NoResponseException {
    int number = Integer.parseInt(testCase.clause().name().replaceAll("\\D", ""));
    Example example = testCase.api().examples().get(number - 1);

    CheckedResponse response = testCase.sendFixture();

    ObjectNode expected = withoutRequestId(example.response());
    ObjectNode actual =
        withoutRequestId(response.response().json().orElse(JsonNodeFactory.instance.objectNode()));
    testCase.require(response, actual.equals(expected), expected.toString(), response.summary());
  }

  private static ObjectNode withoutRequestId(JsonNode document) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    document.path("Response").properties().stream()
        .filter(e -> !e.getKey().equals("RequestId"))
        .forEach(e -> copy.set(e.getKey(), e.getValue()));
    return copy;
  }
}
