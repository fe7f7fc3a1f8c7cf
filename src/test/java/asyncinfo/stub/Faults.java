package asyncinfo.stub;

import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Json;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * WireMock's own faults, set on outcomes while the stub runs and without touching a mapping. An
 * outcome is the clause of a status value, a business error code or a common error code; the
 * gateway's refusals are outcomes too.
 */
public final class Faults implements ResponseTransformerV2 {
  private static final List<ClauseKind> OUTCOMES =
      List.of(ClauseKind.VALUE, ClauseKind.ERROR, ClauseKind.COMMON_ERROR);

  private final Map<Clause, UnaryOperator<Response>> faults = new ConcurrentHashMap<>();

  Faults() {}

  /** From now on, each reply with this outcome breaks off with the fault. */
  public void set(Clause outcome, Fault fault) {
    put(outcome, reply -> Response.response().fault(fault).build());
  }

  /** From now on, each reply with this outcome comes that much later. */
  public void delay(Clause outcome, Duration delay) {
    put(
        outcome,
        reply -> Response.Builder.like(reply).incrementInitialDelay(delay.toMillis()).build());
  }

  /** From now on, all replies are as they should be. */
  public void clear() {
    faults.clear();
  }

  /** Whether no outcome has a fault. */
  boolean none() {
    return faults.isEmpty();
  }

  private void put(Clause outcome, UnaryOperator<Response> change) {
    if (!OUTCOMES.contains(outcome.kind())) {
      throw new IllegalArgumentException(
          outcome + " is no outcome: take the clause of a status value or of an error code");
    }
    faults.put(outcome, change);
  }

  @Override
  public String getName() {
    return "faults";
  }

  @Override
  public Response transform(Response reply, ServeEvent event) {
    if (none()) {
      return reply;
    }
    JsonNode response;
    try {
      response = Json.read(reply.getBodyAsString()).path("Response");
    } catch (JacksonException e) {
      return reply;
    }
    return faults.entrySet().stream()
        .filter(fault -> shows(fault.getKey(), response, event.getRequest().getUrl()))
        .findFirst()
        .map(fault -> fault.getValue().apply(reply))
        .orElse(reply);
  }

  private static boolean shows(Clause outcome, JsonNode response, String url) {
    if (outcome.product().map(product -> !url.startsWith("/" + product + "/")).orElse(false)) {
      return false;
    }
    return outcome.kind() == ClauseKind.VALUE
        ? response.path(outcome.name()).asString("").equals(outcome.value().orElseThrow())
        : response.at("/Error/Code").asString("").equals(outcome.name());
  }
}
