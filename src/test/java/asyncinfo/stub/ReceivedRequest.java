package asyncinfo.stub;

import asyncinfo.client.ActionParameter;
import asyncinfo.client.Parameter;
import asyncinfo.contract.Json;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * A request as received, its parameters decoded. Common parameters are found by their documented
 * names in every request format.
 */
final class ReceivedRequest {
  /** The header in which the server passes the connection of a request. */
  static final String CONNECTION = "X-Stub-Connection";

  private static final Pattern PORT = Pattern.compile(":\\d+$");

  private final Request raw;
  private final String query;
  private final String contentType;
  private final boolean v3;
  private final List<String> hosts;
  private final List<ActionParameter> parameters;

  /**
   * Parses a request.
   *
   * @param jsonBodies the cached parameters of recent JSON bodies
   * @throws ApiErrorException if it is not well-formed
   */
  ReceivedRequest(Request raw, GatewayData data, BoundedCache<List<ActionParameter>> jsonBodies)
      throws ApiErrorException {
    this.raw = raw;
    int mark = raw.getUrl().indexOf('?');
    this.query = mark < 0 ? "" : raw.getUrl().substring(mark + 1);
    this.contentType =
        Optional.ofNullable(raw.getHeader("Content-Type")).orElse("").toLowerCase(Locale.ROOT);
    this.v3 =
        raw.containsHeader("Authorization")
            || raw.containsHeader("X-TC-Action")
            || contentType.startsWith("application/json");
    this.hosts = hosts(raw);
    this.parameters = parse(data, jsonBodies);
  }

  private List<ActionParameter> parse(
      GatewayData data, BoundedCache<List<ActionParameter>> jsonBodies) throws ApiErrorException {
    if (raw.getMethod().isOneOf(RequestMethod.GET)) {
      return decode(query, data);
    }
    if (contentType.startsWith("application/x-www-form-urlencoded")) {
      return decode(encodedParameters(), data);
    }
    if (!contentType.startsWith("application/json")) {
      throw data.refuse("content-type");
    }
    // One character per byte, so that invalid UTF-8 never equals a valid body.
    String bytes = new String(raw.getBody(), StandardCharsets.ISO_8859_1);
    Optional<List<ActionParameter>> cached = jsonBodies.find(bytes);
    if (cached.isPresent()) {
      return cached.get();
    }
    List<ActionParameter> read = readJson(data);
    jsonBodies.put(bytes, read);
    return read;
  }

  private List<ActionParameter> readJson(GatewayData data) throws ApiErrorException {
    JsonNode json;
    try {
      json = Json.read(strictUtf8(raw.getBody()));
    } catch (JacksonException | CharacterCodingException e) {
      throw data.refuse("malformed-json");
    }
    if (!json.isObject()) {
      throw data.refuse("malformed-json");
    }
    return json.properties().stream()
        .map(e -> new ActionParameter(e.getKey(), e.getValue()))
        .toList();
  }

  private static List<ActionParameter> decode(String encoded, GatewayData data)
      throws ApiErrorException {
    List<ActionParameter> decoded = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    if (encoded.isEmpty()) {
      return decoded;
    }
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw data.refuse("malformed-query");
      }
      String name = percentDecoded(pair.substring(0, equals), data);
      if (name.isEmpty()) {
        throw data.refuse("empty-key");
      }
      if (!seen.add(name)) {
        throw data.refuse("repeated", name);
      }
      decoded.add(
          new ActionParameter(
              name, StringNode.valueOf(percentDecoded(pair.substring(equals + 1), data))));
    }
    return decoded;
  }

  private static String percentDecoded(String text, GatewayData data) throws ApiErrorException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
        int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw data.refuse("malformed-value", text);
        }
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.write(raw[i] == '+' ? ' ' : raw[i]);
      }
    }
    try {
      return strictUtf8(bytes.toByteArray());
    } catch (CharacterCodingException e) {
      throw data.refuse("malformed-value", text);
    }
  }

  private static String strictUtf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  boolean v3() {
    return v3;
  }

  /** Returns whether a JSON body carries the parameters, so that they have types. */
  boolean isJson() {
    return !method().equals("GET") && contentType.startsWith("application/json");
  }

  String method() {
    return raw.getMethod().getName();
  }

  String query() {
    return query;
  }

  /** Returns the connection that carries it: the remote address that the server sees. */
  String connection() {
    return header(CONNECTION).orElse("");
  }

  /** Returns the percent-encoded query or form as it was sent. */
  String encodedParameters() {
    return method().equals("GET") ? query : new String(raw.getBody(), StandardCharsets.UTF_8);
  }

  byte[] body() {
    return raw.getBody();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(raw.getHeader(name));
  }

  /** Returns the action's own parameters, with signature v1 the common ones as well. */
  List<ActionParameter> parameters() {
    return parameters;
  }

  /** Returns a parameter of the query, the form or the JSON body. */
  Optional<String> parameter(String name) {
    return parameters.stream()
        .filter(p -> p.name().equals(name))
        .map(p -> p.value().asString(p.value().toString()))
        .findFirst();
  }

  /** Returns the decoded parameters for signature v1. */
  List<Parameter> pairs() {
    return parameters.stream().map(p -> new Parameter(p.name(), p.value().asString())).toList();
  }

  /** Returns the host without its port. */
  String bareHost() {
    return hosts.get(hosts.size() - 1);
  }

  /** Returns the host in both forms that a client may sign: as sent, and without its port. */
  List<String> hosts() {
    return hosts;
  }

  /**
   * Returns all before the first dot of the host, which some SDKs sign as the service if the host
   * is an IP address.
   */
  List<String> firstLabels() {
    return hosts.stream().map(host -> host.split("\\.", 2)[0]).toList();
  }

  /** Reads the Host header or, with HTTP/2, the authority of the request. */
  private static List<String> hosts(Request raw) {
    String sent =
        Optional.ofNullable(raw.getHeader("Host")).orElseGet(() -> authority(raw.getAbsoluteUrl()));
    Matcher port = PORT.matcher(sent);
    return port.find() ? List.of(sent, sent.substring(0, port.start())) : List.of(sent);
  }

  private static String authority(String url) {
    return url.replaceFirst("^[a-z]+://", "").replaceFirst("[/?#].*$", "");
  }
}
