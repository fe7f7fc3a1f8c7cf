package asyncinfo.stub;

import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error that the gateway returns instead of passing a request on.
 *
 * @param code the common error code
 * @param message the message with its values filled in
 */
record ErrorResponse(String code, String message) {

  /** Returns the response body with a new RequestId. */
  String body() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode response = root.putObject("Response");
    response.putObject("Error").put("Code", code).put("Message", message);
    response.put("RequestId", UUID.randomUUID().toString());
    return root.toString();
  }
}
