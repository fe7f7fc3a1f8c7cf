package asyncinfo.stub;

import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
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
 * Sets WireMock's faults on outcomes while the stub runs, without changing a mapping. An outcome is
 * the clause of a status value, a business error code or a common error code, errors of the gateway
 * included.
 */
public final class Faults implements ResponseTransformerV2 {
  private static final List<ClauseKind> OUTCOMES =
      List.of(ClauseKind.VALUE, ClauseKind.ERROR, ClauseKind.COMMON_ERROR);

  private final Map<Clause, UnaryOperator<Response>> faults = new ConcurrentHashMap<>();

  private final Specification specification;

  Faults(Specification specification) {
    this.specification = specification;
  }

  /** Breaks the connection for each response with this outcome until {@link #clear}. */
  public void set(Clause outcome, Fault fault) {
    put(outcome, response -> Response.response().fault(fault).build());
  }

  /** Delays each response with this outcome until {@link #clear}. */
  public void delay(Clause outcome, Duration delay) {
    put(
        outcome,
        response ->
            Response.Builder.like(response).incrementInitialDelay(delay.toMillis()).build());
  }

  /** Removes all faults. */
  public void clear() {
    faults.clear();
  }

  /** Returns whether no outcome has a fault. */
  boolean none() {
    return faults.isEmpty();
  }

  private void put(Clause outcome, UnaryOperator<Response> change) {
    if (!OUTCOMES.contains(outcome.kind())) {
      throw new IllegalArgumentException(
          outcome + " is not an outcome: use the clause of a status value or of an error code");
    }
    faults.put(outcome, change);
  }

  @Override
  public String getName() {
    return "faults";
  }

  @Override
  public Response transform(Response response, ServeEvent event) {
    if (none()) {
      return response;
    }
    JsonNode content;
    try {
      content = Json.read(response.getBodyAsString()).path("Response");
    } catch (JacksonException e) {
      return response;
    }
    return faults.entrySet().stream()
        .filter(fault -> hasOutcome(fault.getKey(), content, event.getRequest().getUrl()))
        .findFirst()
        .map(fault -> fault.getValue().apply(response))
        .orElse(response);
  }

  private boolean hasOutcome(Clause outcome, JsonNode content, String url) {
    String folder = url.substring(1).split("[?]", 2)[0];
    if (outcome.api().isPresent() && specification.api(folder).filter(outcome::binds).isEmpty()) {
      return false;
    }
    return outcome.kind() == ClauseKind.VALUE
        ? content.path(outcome.name()).asString("").equals(outcome.value().orElseThrow())
        : content.at("/Error/Code").asString("").equals(outcome.name());
  }
}
