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

/** Fifth step of the gateway: the request keeps the schema of its action (page, section 2). */
final class RequestSchema {
  private final Specification specification;
  private final CommonParameters commonParameters;
  private final GatewayData data;

  /** Requests that kept it: pollers repeat themselves, and need no second look. */
  private final BoundedCache<Boolean> kept = new BoundedCache<>();

  RequestSchema(Specification specification, CommonParameters commonParameters, GatewayData data) {
    this.specification = specification;
    this.commonParameters = commonParameters;
    this.data = data;
  }

  /** The action's own parameters, which are what the page says. */
  ObjectNode require(ReceivedRequest request, Api api) throws ApiErrorException {
    ObjectNode arguments = Json.mapper().createObjectNode();
    ObjectNode asked = Json.mapper().createObjectNode();
    for (String name : List.of("Action", "Version", "Region")) {
      asked.put(name, commonParameters.required(request, name));
    }
    for (ActionParameter argument : request.parameters()) {
      if (commonParameters.isCommon(request, argument.name())) {
        continue;
      }
      if (asked.has(argument.name())) {
        throw data.refuse("unknown", argument.name());
      }
      arguments.set(argument.name(), argument.value());
    }
    if (!request.isJson()) {
      arguments = typed(api, arguments);
    }
    asked.setAll(arguments);
    requireCheckPassed(api, asked);
    return arguments;
  }

  /** Returns the texts of a query or form as the types of the input table. */
  private ObjectNode typed(Api api, ObjectNode texts) {
    Map<String, String> flat = new LinkedHashMap<>();
    texts.properties().forEach(p -> flat.put(p.getKey(), p.getValue().asString()));
    JsonNode schema = specification.data(api.folder() + "/request.schema.json");
    return FlatParameters.nest(flat, schema.path("properties"));
  }

  private void requireCheckPassed(Api api, ObjectNode asked) throws ApiErrorException {
    String text = api.folder() + asked;
    if (kept.find(text).isPresent()) {
      return;
    }
    for (Violation violation : specification.checkRequest(api, asked)) {
      String name = violation.pointer().substring(1).replace('/', '.');
      throw switch (violation.keyword()) {
        case "required" -> data.refuse("missing", name);
        case "additionalProperties" -> data.refuse("unknown", name);
        case "type" -> data.refuse("type", name);
        default -> data.refuse("malformed-value", name);
      };
    }
    kept.remember(text, true);
  }
}
