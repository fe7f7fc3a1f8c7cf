package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.Redaction;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a reader of the report would want to know of a reply, clause by clause: the member, the
 * value, the code that was really there.
 *
 * @param reply the reply
 * @param secrets takes out what the reply repeats of the request's secrets
 */
record ResponseExcerpt(ApiResponse reply, Redaction secrets) {
  private static final int LONGEST = 60;
  private static final Set<ClauseKind> OF_A_MEMBER = Set.of(ClauseKind.OUTPUT, ClauseKind.VALUE);

  /** What the reply has to say about a clause, in a few words. */
  String of(Clause clause) {
    Optional<JsonNode> response = reply.json().map(json -> json.path("Response"));
    if (response.isEmpty() || !response.get().isObject()) {
      return shown("HTTP " + reply.status() + ", no envelope");
    }
    if (clause.id().equals(ResponseChecks.HTTP_STATUS)) {
      return "HTTP " + reply.status();
    }
    if (clause.id().equals(ResponseChecks.JSON)) {
      return shown(reply.header("Content-Type").orElse("no Content-Type"));
    }
    Optional<String> code = reply.errorCode();
    if (code.isPresent()) {
      return shown("Error.Code " + code.get());
    }
    JsonNode member = response.get().path(clause.name());
    if (OF_A_MEMBER.contains(clause.kind()) && !member.isMissingNode()) {
      return shown(member.toString());
    }
    return response.get().has("Error") ? "an error without a code" : "data";
  }

  /** The RequestId of the reply; empty where it has none. */
  String requestId() {
    return shown(reply.requestId().orElse(""));
  }

  private String shown(String text) {
    String told = secrets.apply(text);
    return told.length() <= LONGEST ? told : told.substring(0, LONGEST) + "…";
  }
}
