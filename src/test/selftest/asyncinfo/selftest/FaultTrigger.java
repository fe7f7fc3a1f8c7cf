package asyncinfo.selftest;

import asyncinfo.contract.Specification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which replies a fault is planted in; all that is said must hold, and nothing said means each.
 *
 * @param reply what the flawless reply is
 * @param code its {@code Error.Code}
 * @param members members of its {@code Response}, with their values
 * @param has a member that its {@code Response} has
 * @param refusals names in {@code stubs/gateway.json}, of which one is why the gateway refused
 * @param message a regular expression found in {@code Error.Message}; the stub's own words
 * @param request a regular expression found in the request's text, headers included
 * @param asks clause ids; the request is one of those that bring them about
 * @param clock how the time that the request states differs from the real one
 * @param every of those, each so many-th
 * @param share of those, this share, drawn with a fixed seed
 * @param look of those, from the so many-th time on that the same is asked
 */
record FaultTrigger(
    Outcome reply,
    String code,
    Map<String, String> members,
    String has,
    List<String> refusals,
    String message,
    String request,
    List<String> asks,
    Clock clock,
    Integer every,
    Double share,
    Integer look) {
  /** What a reply is. */
  enum Outcome {
    DATA,
    ERROR
  }

  /** How a stated time differs from the real one, by more than a minute. */
  enum Clock {
    BEHIND,
    AHEAD
  }

  FaultTrigger {
    members = Optional.ofNullable(members).orElse(Map.of());
    refusals = Optional.ofNullable(refusals).orElse(List.of());
    asks = Optional.ofNullable(asks).orElse(List.of());
  }

  /** Whether it takes many calls to see it. */
  boolean rare() {
    return asks.isEmpty() && (every != null || share != null);
  }

  /** Whether it holds for an exchange, how often being left aside. */
  boolean holds(Exchange it, StubModel known) {
    boolean error = it.original().json().map(Specification::isError).orElse(false);
    return (reply == null || error == (reply == Outcome.ERROR))
        && (code == null || code.equals(it.original().errorCode().orElse("")))
        && members.entrySet().stream()
            .allMatch(
                e -> it.original().member(e.getKey()).filter(e.getValue()::equals).isPresent())
        && (has == null || it.original().member(has).isPresent())
        && (refusals.isEmpty() || refusals.stream().anyMatch(name -> known.refused(it, name)))
        && (message == null || finds(message, StubModel.message(it)))
        && (request == null || finds(request, it.requestText()))
        && (asks.isEmpty() || asks.stream().anyMatch(clause -> known.asks(it, clause)))
        && (clock == null || it.timestamp().map(this::isOff).orElse(false));
  }

  private static boolean finds(String regex, String text) {
    return Pattern.compile(regex).matcher(text).find();
  }

  private boolean isOff(long stated) {
    long ahead = stated - System.currentTimeMillis() / 1000;
    return clock == Clock.AHEAD ? ahead > 60 : ahead < -60;
  }
}
