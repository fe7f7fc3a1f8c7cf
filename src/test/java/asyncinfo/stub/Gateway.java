package asyncinfo.stub;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.contract.CommonParameter;
import asyncinfo.contract.Json;
import asyncinfo.contract.Limit;
import asyncinfo.contract.Violation;
import asyncinfo.wire.Argument;
import asyncinfo.wire.CallShape;
import asyncinfo.wire.Credentials;
import asyncinfo.wire.SignatureMethod;
import asyncinfo.wire.SignatureV1;
import asyncinfo.wire.SignatureV3;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands before the backend, as in the real thing. Each request passes these steps in this
 * order, and the first that objects answers: protocol (method, size, encoding), common parameters,
 * product (by Host, else by version) with version and action, signature, region, request schema,
 * frequency. What passes reaches the mappings in one shape, that of the pages' examples, so that a
 * mapping serves all shapes and never names the gateway.
 */
final class Gateway implements StubRequestFilterV2 {
  private static final int CLOCK_TOLERANCE_SECONDS = 300;
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          Pattern.quote(SignatureV3.ALGORITHM)
              + " Credential=([^/,\\s]+)/([^/,\\s]+)/([^/,\\s]+)/([^/,\\s]+),\\s*"
              + "SignedHeaders=([^,\\s]+),\\s*Signature=(\\S+)");

  private final Catalogue catalogue;
  private final GatewayData data;
  private final Accounts accounts;
  private final InstantSource clock;
  private final RateLimiter limiter;
  private final Map<String, CommonParameter> commonParameters;
  private final int maxFormBytes;
  private final int maxJsonBytes;
  private final UnaryOperator<Limit> limit;

  /**
   * @param limit from the documented limit to the one that is enforced; a limit of no requests
   *     enforces nothing
   */
  Gateway(
      Catalogue catalogue,
      GatewayData data,
      Accounts accounts,
      InstantSource clock,
      UnaryOperator<Limit> limit) {
    this.catalogue = catalogue;
    this.data = data;
    this.accounts = accounts;
    this.clock = clock;
    this.limiter = new RateLimiter(clock);
    this.commonParameters =
        catalogue.commonParameters().stream()
            .collect(Collectors.toMap(CommonParameter::name, Function.identity()));
    this.maxFormBytes = maxBytes(CallShape.POST_FORM_V1_SHA1);
    this.maxJsonBytes = maxBytes(CallShape.POST_JSON_V3);
    this.limit = limit;
  }

  @Override
  public String getName() {
    return "gateway";
  }

  @Override
  public RequestFilterAction filter(Request raw, ServeEvent serveEvent) {
    try {
      return RequestFilterAction.continueWith(pass(raw));
    } catch (RefusedException e) {
      return RequestFilterAction.stopWith(
          ResponseDefinitionBuilder.responseDefinition()
              .withStatus(200)
              .withHeader("Content-Type", "application/json")
              .withBody(e.refusal().body())
              .build());
    }
  }

  private Request pass(Request raw) throws RefusedException {
    protocol(raw);
    ReceivedRequest request = new ReceivedRequest(raw, data);
    requireCommonParameters(request);
    Optional<String> product = productByHost(request);
    Api api = route(request, product);
    Credentials credentials = authenticate(request, api, product.isPresent());
    String region = common(request, "Region").orElseThrow();
    if (!data.knowsRegion(region)) {
      throw data.refuse("value", request.v3() ? "X-TC-Region" : "Region");
    }
    ObjectNode asked = requireSchema(request, api);
    requireFrequency(credentials, api, region);
    return new BackendRequest(raw, asked);
  }

  // ---- protocol

  private void protocol(Request raw) throws RefusedException {
    String method = raw.getMethod().getName();
    if (!List.of("GET", "POST").contains(method)) {
      throw data.refuse("other-method");
    }
    if (method.equals("GET")) {
      requireSize("size-query", raw.getUrl().length(), data.maxQueryBytes());
    } else {
      boolean form =
          Optional.ofNullable(raw.getHeader("Content-Type")).orElse("").contains("form-urlencoded");
      requireSize(
          form ? "size-form" : "size-json",
          raw.getBody().length,
          form ? maxFormBytes : maxJsonBytes);
    }
  }

  private void requireSize(String refusal, int bytes, int max) throws RefusedException {
    if (bytes > max) {
      throw data.refuse(refusal, max, bytes);
    }
  }

  private int maxBytes(CallShape shape) {
    return catalogue.promises().stream()
        .filter(p -> p.alteration().equals("oversize") && p.shapes().contains(shape.name()))
        .mapToInt(p -> Integer.parseInt(p.parameter()))
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }

  // ---- common parameters

  private void requireCommonParameters(ReceivedRequest request) throws RefusedException {
    String version = request.v3() ? "v3" : "v1";
    // A request without anything is told about its timestamp first.
    List<CommonParameter> inOrder =
        catalogue.commonParameters().stream()
            .filter(p -> p.requiredBy().contains(version))
            .sorted(
                (a, b) ->
                    Boolean.compare(!a.name().equals("Timestamp"), !b.name().equals("Timestamp")))
            .toList();
    for (CommonParameter parameter : inOrder) {
      if (common(request, parameter.name()).filter(value -> !value.isEmpty()).isEmpty()) {
        throw request.v3()
            ? data.refuse("missing-header", parameter.header().orElseThrow())
            : data.refuse("missing", parameter.name());
      }
    }
    for (CommonParameter parameter : catalogue.commonParameters()) {
      Optional<String> value = common(request, parameter.name());
      if (parameter.type().equals("Integer")
          && value.isPresent()
          && !value.get().matches("\\d{1,18}")) {
        throw data.refuse("type", parameter.name());
      }
    }
  }

  private Optional<String> common(ReceivedRequest request, String name) {
    CommonParameter parameter = commonParameters.get(name);
    if (request.v3()) {
      return parameter.header().flatMap(request::header);
    }
    return parameter.v1() ? request.parameter(name) : Optional.empty();
  }

  // ---- product, version, action

  /** The product that the host names: a documented domain, or a regional one beside it. */
  private Optional<String> productByHost(ReceivedRequest request) {
    String host = request.hosts().get(request.hosts().size() - 1).toLowerCase(Locale.ROOT);
    return catalogue.apis().stream()
        .filter(
            api -> {
              String[] labels = api.domain().split("\\.", -1);
              String zone =
                  String.join(".", Arrays.copyOfRange(labels, labels.length - 2, labels.length));
              return host.startsWith(api.product() + ".") && host.endsWith("." + zone);
            })
        .map(Api::product)
        .findFirst();
  }

  private Api route(ReceivedRequest request, Optional<String> product) throws RefusedException {
    String version = common(request, "Version").orElseThrow();
    String action = common(request, "Action").orElseThrow();
    List<Api> candidates =
        catalogue.apis().stream()
            .filter(api -> product.map(api.product()::equals).orElse(true))
            .filter(api -> api.version().equals(version))
            .toList();
    if (candidates.isEmpty()) {
      throw data.refuse("version", version, product.orElse("unknown"));
    }
    return candidates.stream()
        .filter(api -> api.action().equals(action))
        .findFirst()
        .orElseThrow(() -> data.refuse("action", action, candidates.get(0).product(), version));
  }

  // ---- signature

  private Credentials authenticate(ReceivedRequest request, Api api, boolean namedByHost)
      throws RefusedException {
    long timestamp = Long.parseLong(common(request, "Timestamp").orElseThrow());
    return request.v3()
        ? authenticateV3(request, api, namedByHost, timestamp)
        : authenticateV1(request, timestamp);
  }

  private Credentials authenticateV3(
      ReceivedRequest request, Api api, boolean namedByHost, long timestamp)
      throws RefusedException {
    Matcher authorization = AUTHORIZATION.matcher(request.header("Authorization").orElseThrow());
    if (!authorization.matches()) {
      throw data.refuse("authorization", "it has another form.");
    }
    List<String> signedHeaders = List.of(authorization.group(5).split(";", -1));
    if (!signedHeaders.containsAll(List.of("content-type", "host"))) {
      throw data.refuse("authorization", "`content-type` and `host` must be signed.");
    }
    for (String name : signedHeaders) {
      if (!name.equals("host") && request.header(name).isEmpty()) {
        throw data.refuse("authorization", "`" + name + "` is signed but absent.");
      }
    }
    requireService(authorization.group(3), request, api, namedByHost);
    if (!authorization.group(4).equals(SignatureV3.TERMINATOR)) {
      throw data.refuse(
          "authorization", "the Credential does not end in " + SignatureV3.TERMINATOR + ".");
    }
    Credentials credentials = account(authorization.group(1));
    requireFresh(timestamp);
    if (!authorization.group(2).equals(SignatureV3.date(timestamp))) {
      throw data.refuse("authorization", "`Date` in Credential not valid.");
    }
    requireToken(credentials, request.header("X-TC-Token"));
    String scope = SignatureV3.scope(authorization.group(2), authorization.group(3));
    byte[] payload = payload(request);
    boolean matches =
        request.hosts().stream()
            .map(
                host ->
                    SignatureV3.canonicalRequest(
                        request.method(),
                        request.method().equals("GET") ? request.query() : "",
                        signedHeaders,
                        name -> name.equals("host") ? host : request.header(name).orElseThrow(),
                        payload))
            .map(canonical -> SignatureV3.stringToSign(Long.toString(timestamp), scope, canonical))
            .map(toSign -> SignatureV3.signature(credentials.secretKey(), scope, toSign))
            .anyMatch(authorization.group(6)::equals);
    if (!matches) {
      throw data.refuse("signature");
    }
    return credentials;
  }

  /** The product; or, where the host names none, what SDKs make of an address: its first label. */
  private void requireService(String service, ReceivedRequest request, Api api, boolean namedByHost)
      throws RefusedException {
    boolean asSdksSendIt =
        !namedByHost
            && request.hosts().stream().anyMatch(host -> host.split("\\.", 2)[0].equals(service));
    if (!service.equals(api.product()) && !asSdksSendIt) {
      throw data.refuse("authorization", "`Service` in Credential not valid.");
    }
  }

  private byte[] payload(ReceivedRequest request) throws RefusedException {
    Optional<String> declared = request.header("X-TC-Content-SHA256");
    if (declared.isEmpty()) {
      return request.body();
    }
    if (!declared.get().equals(SignatureV3.UNSIGNED_PAYLOAD)) {
      throw data.refuse("content-digest");
    }
    return SignatureV3.UNSIGNED_PAYLOAD.getBytes(StandardCharsets.UTF_8);
  }

  private Credentials authenticateV1(ReceivedRequest request, long timestamp)
      throws RefusedException {
    String name =
        request.parameter("SignatureMethod").orElse(SignatureMethod.HMAC_SHA1.documentedName());
    SignatureMethod method =
        Map.of(
                SignatureMethod.HMAC_SHA1.documentedName(), SignatureMethod.HMAC_SHA1,
                SignatureMethod.HMAC_SHA256.documentedName(), SignatureMethod.HMAC_SHA256)
            .get(name);
    if (method == null) {
      throw data.refuse("value", "SignatureMethod");
    }
    Credentials credentials = account(request.parameter("SecretId").orElseThrow());
    requireFresh(timestamp);
    requireToken(credentials, request.parameter("Token"));
    String signature = request.parameter("Signature").orElseThrow();
    boolean matches =
        request.hosts().stream()
            .map(host -> SignatureV1.stringToSign(request.method(), host, request.pairs()))
            .map(toSign -> SignatureV1.signature(method, credentials.secretKey(), toSign))
            .anyMatch(signature::equals);
    if (!matches) {
      throw data.refuse("signature");
    }
    return credentials;
  }

  private Credentials account(String secretId) throws RefusedException {
    return accounts.find(secretId).orElseThrow(() -> data.refuse("secret-id"));
  }

  private void requireFresh(long timestamp) throws RefusedException {
    if (Math.abs(clock.millis() / 1000 - timestamp) > CLOCK_TOLERANCE_SECONDS) {
      throw data.refuse("expired");
    }
  }

  private void requireToken(Credentials credentials, Optional<String> token)
      throws RefusedException {
    if (!credentials.token().equals(token)) {
      throw data.refuse("token");
    }
  }

  // ---- request schema

  private ObjectNode requireSchema(ReceivedRequest request, Api api) throws RefusedException {
    ObjectNode asked = Json.mapper().createObjectNode();
    for (String name : List.of("Action", "Version", "Region")) {
      common(request, name).ifPresent(value -> asked.put(name, value));
    }
    for (Argument argument : request.parameters()) {
      boolean common =
          !request.v3()
              && catalogue.commonParameters().stream()
                  .anyMatch(p -> p.v1() && p.name().equals(argument.name()));
      if (!common) {
        if (asked.has(argument.name())) {
          throw data.refuse("unknown", argument.name());
        }
        asked.set(argument.name(), argument.value());
      }
    }
    for (Violation violation : catalogue.checkRequest(api, asked)) {
      String name = violation.pointer().substring(1);
      throw switch (violation.keyword()) {
        case "required" -> data.refuse("missing", name);
        case "additionalProperties" -> data.refuse("unknown", name);
        case "type" -> data.refuse("type", name);
        default -> data.refuse("malformed-value", name);
      };
    }
    return asked;
  }

  // ---- frequency

  private void requireFrequency(Credentials credentials, Api api, String region)
      throws RefusedException {
    Limit enforced = limit.apply(api.limit());
    int count = limiter.count(List.of(credentials.secretId(), api.folder(), region), enforced);
    if (enforced.requests() > 0 && count > enforced.requests()) {
      throw data.refuse("frequency", count, enforced.requests());
    }
  }
}
