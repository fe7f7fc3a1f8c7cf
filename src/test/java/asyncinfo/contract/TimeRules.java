package asyncinfo.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The rules about times that JSON Schema cannot express: a time may be unset, that is empty or a
 * zero date, until a task is in a final state, and does not change from then on ({@code
 * x-unset-until-final}); an end is not before its start ({@code x-not-before}).
 *
 * @param members the schemas of the members of a response, by name
 * @param response the response
 */
record TimeRules(JsonNode members, JsonNode response) {
  private static final String FORMAT = "format";

  /**
   * Returns the violations with those of unset times removed or added, and then those of the order.
   *
   * @param violations the violations of the schema itself
   */
  List<Violation> apply(List<Violation> violations) {
    List<Violation> all = new ArrayList<>(violations);
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      String state = member.getValue().path(Schemas.UNSET_UNTIL_FINAL).asString("");
      JsonNode time = response.path(member.getKey());
      if (!state.isEmpty() && time.isString() && ReadableDateTime.isUnset(time.asString())) {
        all.removeIf(v -> v.pointer().equals(pointer(member.getKey())));
        unsetTooLate(member.getKey(), state).ifPresent(all::add);
      }
    }
    if (all.isEmpty()) {
      members.properties().forEach(m -> order(m.getKey(), m.getValue()).ifPresent(all::add));
    }
    return all;
  }

  /**
   * Returns the violations by times that differ from those of an earlier response about the same
   * task in the same final state. A time that only one of the two has does not differ.
   */
  List<Violation> changedSince(JsonNode earlier) {
    List<Violation> changed = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      String state = member.getValue().path(Schemas.UNSET_UNTIL_FINAL).asString("");
      String before = earlier.path(member.getKey()).asString("");
      String now = response.path(member.getKey()).asString("");
      if (!before.equals(now)
          && isFinal(state)
          && earlier.path(state).equals(response.path(state))
          && !ReadableDateTime.isUnset(before)
          && !ReadableDateTime.isUnset(now)
          && ReadableDateTime.differ(before, now)) {
        changed.add(
            new Violation(
                pointer(member.getKey()),
                Schemas.UNSET_UNTIL_FINAL,
                "\"%s\" as before, while %s is %s".formatted(before, state, response.path(state)),
                "\"" + now + "\""));
      }
    }
    return changed;
  }

  /** Returns whether a member has a final value; none where it is absent or not listed. */
  private boolean isFinal(String stateMember) {
    JsonNode state = response.path(stateMember);
    return members
        .path(stateMember)
        .path("oneOf")
        .valueStream()
        .filter(value -> value.path(Schemas.FINAL).asBoolean(false))
        .map(value -> value.path("const"))
        .anyMatch(
            value ->
                value.getNodeType() == state.getNodeType()
                    && value.asString().equals(state.asString()));
  }

  private Optional<Violation> unsetTooLate(String member, String stateMember) {
    return isFinal(stateMember)
        ? Optional.of(
            new Violation(
                pointer(member),
                FORMAT,
                "%s, or to be absent, once %s is %s"
                    .formatted(ReadableDateTime.WORDS, stateMember, response.path(stateMember)),
                response.path(member).toString()))
        : Optional.empty();
  }

  private Optional<Violation> order(String member, JsonNode schema) {
    String earlier = schema.path(Schemas.NOT_BEFORE).asString("");
    String end = response.path(member).asString("");
    String start = response.path(earlier).asString("");
    return !earlier.isEmpty()
            && !ReadableDateTime.isUnset(end)
            && !ReadableDateTime.isUnset(start)
            && ReadableDateTime.isBefore(end, start)
        ? Optional.of(
            new Violation(
                pointer(member),
                Schemas.NOT_BEFORE,
                "not before %s \"%s\"".formatted(earlier, start),
                "\"" + end + "\""))
        : Optional.empty();
  }

  private static String pointer(String member) {
    return "/Response/" + member;
  }
}
