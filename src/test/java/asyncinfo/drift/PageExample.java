package asyncinfo.drift;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An example of a page.
 *
 * @param title its title
 * @param host the host that it asks; empty where it names none
 * @param request all parameters of its request, common ones included
 * @param response its output; empty where that is no JSON
 * @param problem why a part of it is no request or no JSON; empty where each is
 */
record PageExample(
    String title,
    String host,
    Map<String, String> request,
    Optional<JsonNode> response,
    String problem) {

  /** The same with an output, or with a problem. */
  PageExample with(Optional<JsonNode> output, String why) {
    return new PageExample(title, host, request, output, why);
  }
}
