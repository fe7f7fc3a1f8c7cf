package asyncinfo.selftest;

import asyncinfo.contract.Clause;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The data of the stub: the gateway's errors, and the fixtures of clauses. */
final class StubModel {
  private final Specification specification;
  private final Fixtures fixtures;
  private final Map<String, ErrorResponse> refusals = new HashMap<>();

  private record ErrorResponse(String code, Pattern message) {}

  private StubModel(Specification specification, Fixtures fixtures, JsonNode gateway) {
    this.specification = specification;
    this.fixtures = fixtures;
    gateway
        .path("refusals")
        .properties()
        .forEach(
            e ->
                refusals.put(
                    e.getKey(),
                    new ErrorResponse(
                        e.getValue().path("code").asString(),
                        pattern(e.getValue().path("message").asString()))));
  }

  /** Reads the data of the stub under {@code stubs/}. */
  static StubModel read(Specification specification) {
    return read(specification, Path.of("stubs"));
  }

  /** Reads the data of a stub in another folder. */
  static StubModel read(Specification specification, Path root) {
    try {
      return new StubModel(
          specification,
          Fixtures.ofStub(root, specification),
          Json.read(Files.readString(root.resolve("gateway.json"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pattern pattern(String template) {
    return Pattern.compile(
        Arrays.stream(template.split("\\{\\d}", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  Fixtures fixtures() {
    return fixtures;
  }

  /** Returns whether any API has a fixture for a clause. */
  boolean hasFixture(Clause clause) {
    return specification.apis().stream()
        .filter(clause::binds)
        .anyMatch(api -> fixtures.forClause(clause, api).isPresent());
  }

  boolean hasRefusal(String name) {
    return refusals.containsKey(name);
  }

  /** Returns whether the gateway returned the error of this name. */
  boolean refused(Exchange exchange, String name) {
    ErrorResponse refusal = refusals.get(name);
    return exchange.original().errorCode().filter(refusal.code::equals).isPresent()
        && refusal.message.matcher(message(exchange)).matches();
  }

  static String message(Exchange exchange) {
    return exchange
        .original()
        .json()
        .map(j -> j.at("/Response/Error/Message").asString(""))
        .orElse("");
  }

  /** Returns whether a request is the fixture of a clause. */
  boolean matchesFixture(Exchange exchange, String clause) {
    return specification
        .clause(clause)
        .filter(c -> exchange.api().map(c::binds).orElse(false))
        .flatMap(c -> fixtures.forClause(c, exchange.api().orElseThrow()))
        .map(exchange::hasParameters)
        .orElse(false);
  }
}
