package asyncinfo.selftest;

import asyncinfo.contract.Specification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Selects the responses that a fault changes: all given conditions must hold.
 *
 * @param response the kind of the original response
 * @param code its {@code Error.Code}
 * @param members members of its {@code Response}, with their values
 * @param has a member that its {@code Response} has
 * @param refusals names in {@code stubs/gateway.json}, one of which is the gateway's error
 * @param message a regular expression found in the stub's {@code Error.Message}
 * @param request a regular expression found in the request's text, headers included
 * @param fixtures clause ids; the request is a fixture of one of them
 * @param clock how the timestamp of the request differs from the current time
 * @param every of the selected responses, each n-th
 * @param probability of the selected responses, this share, drawn with a fixed seed
 * @param attempt of the selected responses, from the n-th identical request on
 */
record FaultTrigger(
    Outcome response,
    String code,
    Map<String, String> members,
    String has,
    List<String> refusals,
    String message,
    String request,
    List<String> fixtures,
    Clock clock,
    Integer every,
    Double probability,
    Integer attempt) {
  /** The kind of a response. */
  enum Outcome {
    DATA,
    ERROR
  }

  /** A difference of a timestamp from the current time, by more than a minute. */
  enum Clock {
    BEHIND,
    AHEAD
  }

  FaultTrigger {
    members = Optional.ofNullable(members).orElse(Map.of());
    refusals = Optional.ofNullable(refusals).orElse(List.of());
    fixtures = Optional.ofNullable(fixtures).orElse(List.of());
  }

  /** Returns whether it takes many requests to see the fault. */
  boolean rare() {
    return fixtures.isEmpty() && (every != null || probability != null);
  }

  /** Returns whether the conditions hold for an exchange, apart from its frequency. */
  boolean holds(Exchange exchange, StubModel model) {
    boolean error = exchange.original().json().map(Specification::isError).orElse(false);
    return (response == null || error == (response == Outcome.ERROR))
        && (code == null || code.equals(exchange.original().errorCode().orElse("")))
        && members.entrySet().stream()
            .allMatch(
                e ->
                    exchange.original().member(e.getKey()).filter(e.getValue()::equals).isPresent())
        && (has == null || isPresent(exchange.original().json(), has))
        && (refusals.isEmpty() || refusals.stream().anyMatch(name -> model.refused(exchange, name)))
        && (message == null || finds(message, StubModel.message(exchange)))
        && (request == null || finds(request, exchange.requestText()))
        && (fixtures.isEmpty()
            || fixtures.stream().anyMatch(clause -> model.matchesFixture(exchange, clause)))
        && (clock == null || exchange.timestamp().map(this::isOff).orElse(false));
  }

  private static boolean finds(String regex, String text) {
    return Pattern.compile(regex).matcher(text).find();
  }

  private boolean isOff(long stated) {
    long ahead = stated - System.currentTimeMillis() / 1000;
    return clock == Clock.AHEAD ? ahead > 60 : ahead < -60;
  }

  /** Returns whether a response has a member that is not null. */
  private static boolean isPresent(Optional<JsonNode> response, String member) {
    return response
        .map(root -> root.path("Response").path(member))
        .filter(value -> !value.isMissingNode() && !value.isNull())
        .isPresent();
  }
}
