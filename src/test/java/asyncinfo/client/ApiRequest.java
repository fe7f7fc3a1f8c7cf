package asyncinfo.client;

import asyncinfo.contract.Api;
import asyncinfo.contract.FlatParameters;
import asyncinfo.contract.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A request for an action with its parameters, request format and credentials. Immutable; {@link
 * #sign} returns the bytes to send.
 *
 * @param api the action called
 * @param format the HTTP method, encoding and signature version
 * @param host the Host header, which is signed
 * @param common common parameters by their documented names, those of the signature excepted
 * @param arguments the action's own parameters
 * @param omitted common parameters to omit
 * @param credentials the key that signs
 * @param signedHeaders the headers that signature v3 covers, in lower case
 * @param scopeDate the date of the credential scope; empty for the date of the timestamp
 * @param service the service of the credential scope
 * @param rawBody a JSON body to send instead of the one built from the arguments
 */
public record ApiRequest(
    Api api,
    RequestFormat format,
    String host,
    Map<String, String> common,
    List<ActionParameter> arguments,
    Set<String> omitted,
    Credentials credentials,
    List<String> signedHeaders,
    Optional<String> scopeDate,
    String service,
    Optional<String> rawBody) {

  /** Content-Type of a JSON body, as official SDKs send it. */
  public static final String JSON = "application/json; charset=utf-8";

  /** Content-Type of a signed GET. */
  public static final String FORM = "application/x-www-form-urlencoded";

  /** Content-Type of a form body, as official SDKs send it. */
  public static final String FORM_UTF8 = FORM + "; charset=utf-8";

  private static final Map<String, String> V3_HEADERS =
      Map.of(
          "Action", "X-TC-Action",
          "Version", "X-TC-Version",
          "Region", "X-TC-Region",
          "Timestamp", "X-TC-Timestamp",
          "Language", "X-TC-Language",
          "RequestClient", "X-TC-RequestClient");

  /**
   * Returns a valid request.
   *
   * @param arguments the action's own parameters, as a query carries them
   * @param now the time that the request states, cut to seconds
   * @param nonce a positive number that no other request uses
   */
  public static ApiRequest of(
      Api api,
      RequestFormat format,
      String host,
      String region,
      Map<String, String> arguments,
      Credentials credentials,
      Instant now,
      int nonce) {
    Map<String, String> common = new LinkedHashMap<>();
    common.put("Action", api.action());
    common.put("Version", api.version());
    common.put("Region", region);
    common.put("Timestamp", Long.toString(now.getEpochSecond()));
    if (!format.v3()) {
      common.put("Nonce", Integer.toString(nonce));
    }
    return new ApiRequest(
        api,
        format,
        host,
        common,
        arguments.entrySet().stream()
            .map(e -> ActionParameter.of(api, e.getKey(), e.getValue()))
            .toList(),
        Set.of(),
        credentials,
        List.of("content-type", "host"),
        Optional.empty(),
        api.product(),
        Optional.empty());
  }

  /** Returns a copy with a common parameter set. */
  public ApiRequest withCommon(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(common);
    changed.put(name, value);
    return changed(draft -> draft.common = changed);
  }

  /** Returns a copy without a common parameter. */
  public ApiRequest without(String name) {
    Set<String> changed = new TreeSet<>(omitted);
    changed.add(name);
    return changed(draft -> draft.omitted = changed);
  }

  /** Returns a copy with other arguments. */
  public ApiRequest withArguments(List<ActionParameter> changed) {
    return changed(draft -> draft.arguments = changed);
  }

  /** Returns a copy signed with another key. */
  public ApiRequest withCredentials(Credentials changed) {
    return changed(draft -> draft.credentials = changed);
  }

  /** Returns a copy with other signed headers. */
  public ApiRequest withSignedHeaders(List<String> changed) {
    return changed(draft -> draft.signedHeaders = changed);
  }

  /** Returns a copy with another date in the credential scope. */
  public ApiRequest withScopeDate(String date) {
    return changed(draft -> draft.scopeDate = Optional.of(date));
  }

  /** Returns a copy with another service in the credential scope. */
  public ApiRequest withService(String changed) {
    return changed(draft -> draft.service = changed);
  }

  /** Returns a copy with the given text as its JSON body. */
  public ApiRequest withRawBody(String body) {
    return changed(draft -> draft.rawBody = Optional.of(body));
  }

  private ApiRequest changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new ApiRequest(
        api,
        format,
        host,
        draft.common,
        draft.arguments,
        draft.omitted,
        draft.credentials,
        draft.signedHeaders,
        draft.scopeDate,
        draft.service,
        draft.rawBody);
  }

  /** Mutable copy of the components that a derived request may change. */
  private static final class Draft {
    private Map<String, String> common;
    private List<ActionParameter> arguments;
    private Set<String> omitted;
    private Credentials credentials;
    private List<String> signedHeaders;
    private Optional<String> scopeDate;
    private String service;
    private Optional<String> rawBody;

    Draft(ApiRequest call) {
      common = call.common;
      arguments = call.arguments;
      omitted = call.omitted;
      credentials = call.credentials;
      signedHeaders = call.signedHeaders;
      scopeDate = call.scopeDate;
      service = call.service;
      rawBody = call.rawBody;
    }
  }

  /** Returns the timestamp of the request, in Unix seconds. */
  public long timestamp() {
    return Long.parseLong(common.get("Timestamp"));
  }

  /** Signs the request and returns the bytes to send. */
  public SignedRequest sign() {
    return format.v3() ? signV3() : signV1();
  }

  private SignedRequest signV3() {
    boolean post = format.method().equals("POST");
    byte[] body = post ? jsonBody() : new byte[0];
    String query = post ? "" : encoded(parameters());
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Host", host));
    headers.add(new Header("Content-Type", post ? JSON : FORM));
    common.forEach((name, value) -> headers.add(new Header(V3_HEADERS.get(name), value)));
    credentials.token().ifPresent(token -> headers.add(new Header("X-TC-Token", token)));

    SignedRequest unsigned = new SignedRequest(format.method(), query, headers, body);
    Function<String, String> value = name -> unsigned.header(name).orElseThrow();
    String canonical =
        SignatureV3.canonicalRequest(format.method(), query, signedHeaders, value, body);
    String scope = SignatureV3.scope(scopeDate.orElse(SignatureV3.date(timestamp())), service);
    String toSign = SignatureV3.stringToSign(common.get("Timestamp"), scope, canonical);
    String signature = SignatureV3.signature(credentials.secretKey(), scope, toSign);
    headers.add(
        new Header(
            "Authorization",
            SignatureV3.authorization(credentials.secretId(), scope, signedHeaders, signature)));
    headers.removeIf(
        header ->
            omitted.stream()
                .anyMatch(name -> V3_HEADERS.getOrDefault(name, name).equals(header.name())));
    return new SignedRequest(format.method(), query, List.copyOf(headers), body);
  }

  private SignedRequest signV1() {
    List<Parameter> all = new ArrayList<>(parameters());
    common.forEach((name, value) -> all.add(new Parameter(name, value)));
    all.add(new Parameter("SecretId", credentials.secretId()));
    all.add(new Parameter("SignatureMethod", format.signatureMethod().documentedName()));
    credentials.token().ifPresent(token -> all.add(new Parameter("Token", token)));
    all.removeIf(p -> omitted.contains(p.name()));
    if (!omitted.contains("Signature")) {
      String toSign = SignatureV1.stringToSign(format.method(), host, all);
      all.add(
          new Parameter(
              "Signature",
              SignatureV1.signature(format.signatureMethod(), credentials.secretKey(), toSign)));
    }
    String encoded = encoded(all);
    return format.method().equals("POST")
        ? new SignedRequest(
            "POST",
            "",
            List.of(new Header("Host", host), new Header("Content-Type", FORM_UTF8)),
            encoded.getBytes(StandardCharsets.UTF_8))
        : new SignedRequest("GET", encoded, List.of(new Header("Host", host)), new byte[0]);
  }

  private List<Parameter> parameters() {
    return arguments.stream()
        .flatMap(a -> FlatParameters.flatten(a.name(), a.value()).entrySet().stream())
        .map(part -> new Parameter(part.getKey(), Json.text(part.getValue())))
        .toList();
  }

  private byte[] jsonBody() {
    return rawBody
        .orElseGet(
            () ->
                arguments.stream()
                    .map(a -> StringNode.valueOf(a.name()) + ":" + a.value())
                    .collect(Collectors.joining(",", "{", "}")))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(List<Parameter> parameters) {
    return parameters.stream()
        .map(p -> PercentEncoding.encode(p.name()) + "=" + PercentEncoding.encode(p.value()))
        .collect(Collectors.joining("&"));
  }

  /**
   * Returns the request as its page describes it: the common parameters of the input table and the
   * action's own parameters.
   */
  public JsonNode abstractRequest() {
    ObjectNode request = Json.mapper().createObjectNode();
    for (String name : List.of("Action", "Version", "Region")) {
      if (common.containsKey(name) && !omitted.contains(name)) {
        request.put(name, common.get(name));
      }
    }
    arguments.forEach(a -> request.set(a.name(), a.value()));
    return request;
  }
}
