package asyncinfo.contract;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A documented example (section 4 of a page).
 *
 * @param title the page's title for it
 * @param request the action's own parameters
 * @param response the whole output, as documented
 */
public record Example(String title, Map<String, String> request, JsonNode response) {}
