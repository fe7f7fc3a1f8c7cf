package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
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

  /** The documented request brings the documented reply; only the RequestId is another. */
  @ClauseTest
  @Covers(ClauseKind.EXAMPLE)
  void answersTheDocumentedRequestAsDocumented(TestCase it) throws NoResponseException {
    int number = Integer.parseInt(it.clause().name().replaceAll("\\D", ""));
    Example example = it.api().examples().get(number - 1);

    ApiResponse reply = it.sendFixture();

    ObjectNode expected = withoutRequestId(example.response());
    ObjectNode actual =
        withoutRequestId(reply.json().orElse(JsonNodeFactory.instance.objectNode()));
    it.require(actual.equals(expected), expected.toString(), TestCase.describe(reply));
  }

  private static ObjectNode withoutRequestId(JsonNode document) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    document.path("Response").properties().stream()
        .filter(e -> !e.getKey().equals("RequestId"))
        .forEach(e -> copy.set(e.getKey(), e.getValue()));
    return copy;
  }
}
