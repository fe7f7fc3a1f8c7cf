package asyncinfo.selftest;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.contract.Field;
import asyncinfo.contract.FlatParameters;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A request to the faulty endpoint, and the original response of the stub behind it.
 *
 * @param request the request as received
 * @param api the API whose domain and action it names; empty if it names no domain
 * @param arguments its parameters, decoded; empty if they cannot be read
 * @param original the response of the stub
 */
record Exchange(
    SignedRequest request, Optional<Api> api, Map<String, String> arguments, ApiResponse original) {
  /** Longer requests only test the limit of their length. */
  private static final int LONGEST = 64 * 1024;

  private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]+)/");

  /** Parameters that every action has. */
  private static final List<String> COMMON = List.of("Action", "Version", "Region");

  /** The API and the parameters of a request, apart from its format and from volatile values. */
  record RequestKey(Optional<Api> api, Map<String, String> own) {}

  static Exchange of(Specification specification, SignedRequest request, ApiResponse original) {
    String host = request.header("Host").orElse("").replaceFirst(":\\d+$", "");
    Map<String, String> arguments = arguments(request);
    String action = request.header("X-TC-Action").orElse(arguments.getOrDefault("Action", ""));
    // A mutated request may name no action of the domain.
    Optional<Api> api =
        specification.apis().stream()
            .filter(a -> a.domain().equalsIgnoreCase(host))
            .max(Comparator.comparing(a -> a.action().equals(action)));
    return new Exchange(request, api, arguments, original);
  }

  private static Map<String, String> arguments(SignedRequest request) {
    Map<String, String> arguments = new TreeMap<>();
    if (request.body().length > LONGEST) {
      return arguments;
    }
    String body = request.bodyText();
    if (body.startsWith("{")) {
      try {
        Json.read(body).properties().forEach(e -> putFlat(e.getKey(), e.getValue(), arguments));
      } catch (JacksonException e) {
        return arguments;
      }
    } else {
      for (String pair : (request.query() + "&" + body).split("&", -1)) {
        String[] nameAndValue = pair.split("=", 2);
        if (nameAndValue.length == 2) {
          arguments.put(
              nameAndValue[0], URLDecoder.decode(nameAndValue[1], StandardCharsets.UTF_8));
        }
      }
    }
    return arguments;
  }

  /** Arrays and objects have a name for each part, as in a query. */
  private static void putFlat(String name, JsonNode value, Map<String, String> arguments) {
    FlatParameters.flatten(name, value).forEach((part, p) -> arguments.put(part, p.asString("")));
  }

  /** Returns whether it has these parameters, among others; arrays and objects are in JSON. */
  boolean hasParameters(Map<String, String> parameters) {
    Map<String, String> flat = new TreeMap<>();
    parameters.forEach(
        (name, text) -> {
          if (text.startsWith("[") || text.startsWith("{")) {
            putFlat(name, Json.read(text), flat);
          } else {
            flat.put(name, text);
          }
        });
    return arguments.entrySet().containsAll(flat.entrySet());
  }

  /** Returns its key, without common parameters. */
  RequestKey key() {
    Map<String, String> own = new TreeMap<>(arguments);
    List<String> inputs =
        api.map(a -> a.inputs().stream().map(Field::name).toList()).orElse(List.of());
    own.keySet().removeIf(name -> !inputs.contains(name.split("[.]", 2)[0]));
    COMMON.forEach(own::remove);
    return new RequestKey(api, own);
  }

  /** Returns the request as text: request line, headers, an empty line, body. */
  String requestText() {
    StringBuilder text = new StringBuilder(request.method() + " " + request.target() + "\n");
    request.headers().forEach(h -> text.append(h.name() + ": " + h.value() + "\n"));
    return text.append('\n')
        .append(request.body().length > LONGEST ? "" : request.bodyText())
        .toString();
  }

  /** Returns the SecretId that the request names. */
  Optional<String> secretId() {
    return request
        .header("Authorization")
        .map(CREDENTIAL::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .or(() -> Optional.ofNullable(arguments.get("SecretId")));
  }

  /** Returns the timestamp of the request in seconds; empty if it has none. */
  Optional<Long> timestamp() {
    return request
        .header("X-TC-Timestamp")
        .or(() -> Optional.ofNullable(arguments.get("Timestamp")))
        .filter(text -> text.matches("\\d{1,18}"))
        .map(Long::valueOf);
  }
}
