package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Field;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.contract.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Checks that hold for every response, whatever the request: transport, envelope, and the schema of
 * the API. A defect is charged to one clause, the one that rules it out.
 */
final class ResponseChecks {
  private static final String RESPONSE = "common/response/";
  static final String HTTP_STATUS = RESPONSE + "http-status";
  static final String JSON = RESPONSE + "json";
  static final String CONTENT_TYPE = RESPONSE + "content-type";
  static final String ENVELOPE = RESPONSE + "envelope";
  static final String ERROR_OR_DATA = RESPONSE + "error-or-data";
  static final String ERROR_CODE_AND_MESSAGE = RESPONSE + "error-code-and-message";
  static final String REQUEST_ID = RESPONSE + "request-id";
  static final String REQUEST_ID_UNIQUE = RESPONSE + "request-id-unique";

  private final Specification specification;
  private final Set<String> requestIds = ConcurrentHashMap.newKeySet();

  ResponseChecks(Specification specification) {
    this.specification = specification;
  }

  /** Checks a response of an API, once: its RequestId must not occur again. */
  List<Observation> check(Api api, ApiResponse reply) {
    List<Observation> seen = new ArrayList<>();
    seen.add(
        reply.status() == 200
            ? Observation.passed(HTTP_STATUS)
            : Observation.broken(
                HTTP_STATUS,
                "HTTP status 200",
                "HTTP status " + reply.status(),
                "status",
                Integer.toString(reply.status())));
    Optional<String> notJson = whyNotJson(reply);
    Optional<JsonNode> document = reply.json();
    seen.add(
        notJson
            .map(
                why ->
                    Observation.broken(
                        JSON,
                        "one JSON document in UTF-8",
                        why,
                        document.isEmpty() ? Observation.DOCUMENT : "text",
                        document.isEmpty() ? "not JSON, HTTP " + reply.status() : why))
            .orElseGet(() -> Observation.passed(JSON)));
    seen.add(judgeContentType(reply.header("Content-Type").orElse("")));
    if (document.isEmpty()) {
      return seen;
    }
    Optional<String> notEnveloped = whyNotEnveloped(document.get());
    seen.add(
        notEnveloped
            .map(
                why ->
                    Observation.broken(
                        ENVELOPE,
                        "an object whose only member is the object Response",
                        why,
                        Observation.DOCUMENT,
                        why))
            .orElseGet(() -> Observation.passed(ENVELOPE)));
    if (notEnveloped.isPresent()) {
      return seen;
    }
    seen.addAll(
        Specification.isError(document.get())
            ? judgeError(api, document.get())
            : judgeSuccess(api, document.get()));
    reply.requestId().filter(id -> !id.isBlank()).ifPresent(id -> seen.add(judgeUnique(id)));
    return seen;
  }

  /**
   * Checks a response with data against earlier ones about the same task, for what does not change.
   *
   * @return one broken observation for each member that has changed
   */
  List<Observation> checkChanges(Api api, List<JsonNode> earlier, ApiResponse response) {
    JsonNode document = response.json().orElseThrow();
    Map<String, Observation> byClause = new LinkedHashMap<>();
    for (JsonNode each : earlier) {
      for (Violation violation : specification.checkLaterReply(api, each, document)) {
        String clause = api.product() + "/3/" + violation.pointer().replaceFirst(".*/", "");
        byClause.putIfAbsent(clause, broken(clause, violation, document, List.of()));
      }
    }
    return List.copyOf(byClause.values());
  }

  private static Observation judgeContentType(String contentType) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
    boolean rightType =
        parts[0].strip().equals("application/json")
            && Arrays.stream(parts)
                .skip(1)
                .allMatch(p -> !p.startsWith("charset") || p.matches("charset=\"?utf-8\"?"));
    return rightType
        ? Observation.passed(CONTENT_TYPE)
        : Observation.broken(
            CONTENT_TYPE,
            "Content-Type application/json",
            contentType.isEmpty() ? "no Content-Type" : "Content-Type " + contentType,
            "Content-Type",
            contentType);
  }

  private static Optional<String> whyNotJson(ApiResponse reply) {
    Optional<String> encoding = reply.header(ApiResponse.CONTENT_ENCODING);
    if (encoding.isPresent()) {
      return Optional.of("a body that is not in the Content-Encoding " + encoding.get());
    }
    try {
      Json.read(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(reply.body())).toString());
      return Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.of("a body that is not UTF-8");
    } catch (JacksonException e) {
      return Optional.of("a body that is not JSON: " + Json.problem(e));
    }
  }

  private static Optional<String> whyNotEnveloped(JsonNode document) {
    if (!document.isObject()) {
      return Optional.of("a JSON " + document.getNodeType().toString().toLowerCase(Locale.ROOT));
    }
    if (!document.path("Response").isObject() || document.size() != 1) {
      return Optional.of(
          document.properties().stream()
              .map(
                  e ->
                      e.getKey()
                          + " ("
                          + e.getValue().getNodeType().toString().toLowerCase(Locale.ROOT)
                          + ")")
              .collect(Collectors.joining(", ", "an object of ", "")));
    }
    return Optional.empty();
  }

  private List<Observation> judgeError(Api api, JsonNode document) {
    String onlyListed = only(api, ClauseKind.ONLY_ERRORS);
    Map<String, Observation> byClause = new LinkedHashMap<>();
    for (Violation violation : specification.checkReply(api, document)) {
      String clause;
      if (violation.pointer().equals("/Response/Error/Code")
          && violation.keyword().equals("enum")) {
        if (isCodeOfARefusal(document.at("/Response/Error/Code").asString())) {
          continue;
        }
        clause = onlyListed;
      } else if (violation.pointer().startsWith("/Response/Error")) {
        clause = ERROR_CODE_AND_MESSAGE;
      } else if (violation.pointer().equals("/Response/RequestId")) {
        clause = REQUEST_ID;
      } else {
        clause = ERROR_OR_DATA;
      }
      byClause.putIfAbsent(clause, broken(clause, violation, document, List.of()));
    }
    boolean codeReadable = document.at("/Response/Error/Code").isString();
    for (String clause : List.of(ERROR_CODE_AND_MESSAGE, REQUEST_ID, ERROR_OR_DATA, onlyListed)) {
      if (!clause.equals(onlyListed) || codeReadable) {
        byClause.putIfAbsent(clause, Observation.passed(clause));
      }
    }
    return List.copyOf(byClause.values());
  }

  /** A clause on refused requests may accept codes of products, which no common list has. */
  private boolean isCodeOfARefusal(String code) {
    return specification.requirements().stream().anyMatch(r -> r.codes().contains(code));
  }

  private List<Observation> judgeSuccess(Api api, JsonNode document) {
    String third = api.id() + "/3/";
    String onlyListed = only(api, ClauseKind.ONLY_OUTPUTS);
    Set<String> listed = new HashSet<>(api.outputs().stream().map(Field::name).toList());
    Map<String, Observation> byClause = new LinkedHashMap<>();
    for (Violation violation : specification.checkReply(api, document)) {
      String member = violation.pointer().replaceFirst("^/Response/?", "").replaceFirst("/.*", "");
      String clause = listed.contains(member) ? third + member : onlyListed;
      List<DocumentedValue> values =
          listed.contains(member) ? api.output(member).values() : List.of();
      byClause.putIfAbsent(clause, broken(clause, violation, document, values));
    }
    byClause.putIfAbsent(onlyListed, Observation.passed(onlyListed));
    byClause.putIfAbsent(ERROR_OR_DATA, Observation.passed(ERROR_OR_DATA));
    for (Field output : api.outputs()) {
      JsonNode member = document.path("Response").path(output.name());
      if (!member.isMissingNode()) {
        byClause.putIfAbsent(third + output.name(), Observation.passed(third + output.name()));
      }
      // A listed value has been seen, whichever request showed it.
      output.values().stream()
          .map(DocumentedValue::value)
          .filter(value -> output.is(value, member))
          .map(value -> third + output.name() + "=" + value)
          .forEach(clause -> byClause.put(clause, Observation.passed(clause)));
    }
    return List.copyOf(byClause.values());
  }

  /** Returns the id of the clause about a field of the output table. */
  static String clauseOf(Api api, Field field) {
    return api.id() + "/3/" + field.name();
  }

  private Observation judgeUnique(String requestId) {
    return requestIds.add(requestId)
        ? Observation.passed(REQUEST_ID_UNIQUE)
        : Observation.broken(
            REQUEST_ID_UNIQUE,
            "a RequestId that no other reply has",
            "\"" + requestId + "\" again",
            "/Response/RequestId",
            "again");
  }

  private String only(Api api, ClauseKind kind) {
    return specification.clauses(api).stream()
        .filter(clause -> clause.kind() == kind)
        .map(Clause::id)
        .findFirst()
        .orElseThrow();
  }

  private static Observation broken(
      String clause, Violation violation, JsonNode document, List<DocumentedValue> listed) {
    String where = violation.pointer().substring(1).replace('/', '.');
    return Observation.broken(
        clause,
        where + ": " + violation.expected(),
        where + ": " + violation.actual(),
        violation.pointer(),
        violation.keyword() + ", " + deviation(document.at(violation.pointer()), listed));
  }

  /**
   * Returns how a value deviates from the listed ones. Values that only share a bad spelling
   * deviate alike; of any others each is a deviation of its own.
   */
  private static String deviation(JsonNode value, List<DocumentedValue> listed) {
    if (!value.isString()) {
      return value.getNodeType().toString().toLowerCase(Locale.ROOT);
    }
    String text = value.asString();
    if (text.isBlank()) {
      return "empty";
    }
    if (listed.stream().anyMatch(each -> each.value().equalsIgnoreCase(text))) {
      return "letter case";
    }
    if (listed.stream().anyMatch(each -> each.value().equals(text.strip()))) {
      return "white space";
    }
    return text;
  }
}
