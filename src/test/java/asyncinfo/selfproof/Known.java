package asyncinfo.selfproof;

import asyncinfo.contract.Catalogue;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Json;
import asyncinfo.target.Provocations;
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
final class Known {
  private final Catalogue catalogue;
  private final Provocations provocations;
  private final Map<String, Refusal> refusals = new HashMap<>();

  private record Refusal(String code, Pattern message) {}

  private Known(Catalogue catalogue, Provocations provocations, JsonNode gateway) {
    this.catalogue = catalogue;
    this.provocations = provocations;
    gateway
        .path("refusals")
        .properties()
        .forEach(
            e ->
                refusals.put(
                    e.getKey(),
                    new Refusal(
                        e.getValue().path("code").asString(),
                        pattern(e.getValue().path("message").asString()))));
  }

  /** Reads the data of the stub under {@code stubs/}. */
  static Known read(Catalogue catalogue) {
    return read(catalogue, Path.of("stubs"));
  }

  /** Reads the data of a stub under another folder. */
  static Known read(Catalogue catalogue, Path root) {
    try {
      return new Known(
          catalogue,
          Provocations.ofStub(root, catalogue),
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

  Provocations provocations() {
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
    Refusal refusal = refusals.get(name);
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
