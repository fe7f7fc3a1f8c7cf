package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.Redaction;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The part of a response that a clause is about, for the report: the field, the value or the code.
 *
 * @param response the response
 * @param redaction removes the secrets of the request that the response repeats
 */
record ResponseExcerpt(ApiResponse response, Redaction redaction) {
  private static final int LONGEST = 60;
  private static final Set<ClauseKind> OF_A_FIELD = Set.of(ClauseKind.OUTPUT, ClauseKind.VALUE);

  /** Returns the part that a clause is about, in a few words. */
  String of(Clause clause) {
    Optional<JsonNode> content = response.json().map(json -> json.path("Response"));
    if (content.isEmpty() || !content.get().isObject()) {
      return shown("HTTP " + response.status() + ", no envelope");
    }
    if (clause.id().equals(ResponseChecks.HTTP_STATUS)) {
      return "HTTP " + response.status();
    }
    if (clause.id().equals(ResponseChecks.JSON)) {
      return shown(response.header("Content-Type").orElse("no Content-Type"));
    }
    Optional<String> code = response.errorCode();
    if (code.isPresent()) {
      return shown("Error.Code " + code.get());
    }
    JsonNode field = content.get().path(clause.name());
    if (OF_A_FIELD.contains(clause.kind()) && !field.isMissingNode()) {
      return shown(field.toString());
    }
    return content.get().has("Error") ? "an error without a code" : "data";
  }

  /** Returns the RequestId; empty where there is none. */
  String requestId() {
    return shown(response.requestId().orElse(""));
  }

  private String shown(String text) {
    String redacted = redaction.apply(text);
    return redacted.length() <= LONGEST ? redacted : redacted.substring(0, LONGEST) + "…";
  }
}
