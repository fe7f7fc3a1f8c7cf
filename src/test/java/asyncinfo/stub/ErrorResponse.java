package asyncinfo.stub;

import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the gateway says instead of passing a request on.
 *
 * @param code the common error code
 * @param message the message, filled in
 */
record ErrorResponse(String code, String message) {

  /** The whole reply body, with a RequestId of its own. */
  String body() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode response = root.putObject("Response");
    response.putObject("Error").put("Code", code).put("Message", message);
    response.put("RequestId", UUID.randomUUID().toString());
    return root.toString();
  }
}
