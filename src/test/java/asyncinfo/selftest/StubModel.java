package asyncinfo.selftest;

import asyncinfo.contract.Specification;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Json;
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

/**
 * What is known about the flawless stub: why its gateway refuses, and what brings clauses about.
 */
final class StubModel {
  private final Specification catalogue;
  private final Fixtures provocations;
  private final Map<String, ErrorResponse> refusals = new HashMap<>();

  private record ErrorResponse(String code, Pattern message) {}

  private StubModel(Specification catalogue, Fixtures provocations, JsonNode gateway) {
    this.catalogue = catalogue;
    this.provocations = provocations;
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
  static StubModel read(Specification catalogue) {
    return read(catalogue, Path.of("stubs"));
  }

  /** Reads the data of a stub under another folder. */
  static StubModel read(Specification catalogue, Path root) {
    try {
      return new StubModel(
          catalogue,
          Fixtures.ofStub(root, catalogue),
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

  Fixtures provocations() {
    return provocations;
  }

  /** Whether some API is known to answer some request as a clause says. */
  boolean hasProvocation(Clause clause) {
    return catalogue.apis().stream()
        .filter(clause::binds)
        .anyMatch(api -> provocations.forClause(clause, api).isPresent());
  }

  boolean hasRefusal(String name) {
    return refusals.containsKey(name);
  }

  /** Whether the gateway refused for the reason of this name. */
  boolean refused(Exchange it, String name) {
    ErrorResponse refusal = refusals.get(name);
    return it.honest().errorCode().filter(refusal.code::equals).isPresent()
        && refusal.message.matcher(message(it)).matches();
  }

  static String message(Exchange it) {
    return it.honest().json().map(j -> j.at("/Response/Error/Message").asString("")).orElse("");
  }

  /** Whether a request is the one that brings a clause about. */
  boolean asks(Exchange it, String clause) {
    return catalogue
        .clause(clause)
        .filter(c -> it.api().map(c::binds).orElse(false))
        .flatMap(c -> provocations.forClause(c, it.api().orElseThrow()))
        .map(it::asksWith)
        .orElse(false);
  }
}
