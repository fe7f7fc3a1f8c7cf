package asyncinfo.stub;

import asyncinfo.client.ActionParameter;
import asyncinfo.contract.Api;
import asyncinfo.contract.FlatParameters;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.contract.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    for (String name : List.of("Action", "Version", CommonParameters.REGION)) {
      if (api.inputs().stream().anyMatch(input -> input.name().equals(name))) {
        commonParameters.value(request, name).ifPresent(value -> document.put(name, value));
      }
    }
    for (ActionParameter argument : request.parameters()) {
      if (commonParameters.isCommon(request, argument.name())) {
        continue;
      }
      if (document.has(argument.name())) {
        throw data.refuse("unknown", argument.name());
      }
      arguments.set(argument.name(), argument.value());
    }
    if (!request.isJson()) {
      arguments = typed(api, arguments);
    }
    document.setAll(arguments);
    requireValid(api, document);
    return arguments;
  }

  /** Converts the parameters of a query or form, which are always text, to documented types. */
  private ObjectNode typed(Api api, ObjectNode texts) {
    Map<String, String> flat = new LinkedHashMap<>();
    texts.properties().forEach(p -> flat.put(p.getKey(), p.getValue().asString()));
    JsonNode schema = specification.data(api.folder() + "/request.schema.json");
    return FlatParameters.nest(flat, schema.path("properties"));
  }

  private void requireValid(Api api, ObjectNode document) throws ApiErrorException {
    String text = api.folder() + document;
    if (validated.find(text).isPresent()) {
      return;
    }
    for (Violation violation : specification.checkRequest(api, document)) {
      String name = violation.pointer().substring(1).replace('/', '.');
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
