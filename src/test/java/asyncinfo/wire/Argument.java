package asyncinfo.wire;

import tools.jackson.databind.JsonNode;

/**
 * A parameter of the action, with its JSON type; queries and forms carry its text.
 *
 * @param name the name
 * @param value the value
 */
public record Argument(String name, JsonNode value) {}
