package asyncinfo.suite;

import asyncinfo.contract.Example;
import asyncinfo.contract.Kind;
import asyncinfo.verdict.Proves;
import asyncinfo.wire.NoReplyException;
import asyncinfo.wire.Reply;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Section 4 of a page: example. */
@Order(4)
@ExtendWith(ClauseCases.class)
class ExampleIT {

  /** The documented request brings the documented reply; only the RequestId is another. */
  @PerClause
  @Proves(Kind.EXAMPLE)
  void answersTheDocumentedRequestAsDocumented(Case it) throws NoReplyException {
    int number = Integer.parseInt(it.clause().name().replaceAll("\\D", ""));
    Example example = it.api().examples().get(number - 1);

    Reply reply = it.provoke();

    ObjectNode expected = withoutRequestId(example.response());
    ObjectNode actual =
        withoutRequestId(reply.json().orElse(JsonNodeFactory.instance.objectNode()));
    it.require(actual.equals(expected), expected.toString(), Case.describe(reply));
  }

  private static ObjectNode withoutRequestId(JsonNode document) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    document.path("Response").properties().stream()
        .filter(e -> !e.getKey().equals("RequestId"))
        .forEach(e -> copy.set(e.getKey(), e.getValue()));
    return copy;
  }
}
