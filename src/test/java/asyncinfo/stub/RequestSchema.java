package asyncinfo.stub;

import asyncinfo.client.ActionParameter;
import asyncinfo.contract.Api;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.contract.Violation;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a request against the schema of its action as the fifth step of the gateway (page, section
 * 2).
 */
final class RequestSchema {
  private final Specification specification;
  private final CommonParameters commonParameters;
  private final GatewayData data;

  /** Requests known to be valid: polling clients repeat themselves. */
  private final BoundedCache<Boolean> validated = new BoundedCache<>();

  RequestSchema(Specification specification, CommonParameters commonParameters, GatewayData data) {
    this.specification = specification;
    this.commonParameters = commonParameters;
    this.data = data;
  }

  /**
   * Returns the action's own parameters, with types.
   *
   * @throws ApiErrorException for the first violation of the schema
   */
  ObjectNode require(ReceivedRequest request, Api api) throws ApiErrorException {
    ObjectNode arguments = Json.mapper().createObjectNode();
    ObjectNode document = Json.mapper().createObjectNode();
    for (String name : List.of("Action", "Version", "Region")) {
      document.put(name, commonParameters.required(request, name));
    }
    for (ActionParameter argument : request.parameters()) {
      if (commonParameters.isCommon(request, argument.name())) {
        continue;
      }
      if (document.has(argument.name())) {
        throw data.refuse("unknown", argument.name());
      }
      JsonNode value = request.isJson() ? argument.value() : typed(api, argument);
      arguments.set(argument.name(), value);
      document.set(argument.name(), value);
    }
    requireValid(api, document);
    return arguments;
  }

  /** Converts a parameter of a query or form, which is always text, to its documented type. */
  private static JsonNode typed(Api api, ActionParameter argument) {
    return ActionParameter.of(api, argument.name(), argument.value().asString()).value();
  }

  private void requireValid(Api api, ObjectNode document) throws ApiErrorException {
    String text = api.folder() + document;
    if (validated.find(text).isPresent()) {
      return;
    }
    for (Violation violation : specification.checkRequest(api, document)) {
      String name = violation.pointer().substring(1);
      throw switch (violation.keyword()) {
        case "required" -> data.refuse("missing", name);
        case "additionalProperties" -> data.refuse("unknown", name);
        case "type" -> data.refuse("type", name);
        default -> data.refuse("malformed-value", name);
      };
    }
    validated.put(text, true);
  }
}
