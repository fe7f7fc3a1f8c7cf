package asyncinfo.stub;

import asyncinfo.client.Credentials;
import asyncinfo.client.SignatureMethod;
import asyncinfo.client.SignatureV1;
import asyncinfo.client.SignatureV3;
import asyncinfo.contract.Api;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Verifies the signature, v3 or v1, as the fourth step of the gateway (API 3.0, Signature v3 and
 * v1). The client chooses which headers it signs, {@code content-type} and {@code host} at least;
 * the host may be signed with or without its port, because SDKs differ.
 */
final class Authentication {
  private static final int CLOCK_TOLERANCE_SECONDS = 300;
  private static final List<String> MUST_BE_SIGNED = List.of("content-type", "host");
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          Pattern.quote(SignatureV3.ALGORITHM)
              + " Credential=([^/, ]++)/([^/, ]++)/([^/, ]++)/([^/, ]++), *+"
              + "SignedHeaders=([^, ]++), *+Signature=([^ ]++)");
  private static final Pattern LOWER_CASE_ESCAPE = Pattern.compile("%(?:[a-f].|.[a-f])");
  private static final Map<String, SignatureMethod> V1_METHODS =
      Arrays.stream(SignatureMethod.values())
          .filter(method -> method != SignatureMethod.TC3_HMAC_SHA256)
          .collect(Collectors.toMap(SignatureMethod::documentedName, Function.identity()));

  private final CommonParameters commonParameters;
  private final GatewayData data;
  private final CredentialStore credentialStore;
  private final InstantSource clock;
  private final Map<String, Map.Entry<String, byte[]>> signingKeys = new ConcurrentHashMap<>();

  Authentication(
      CommonParameters commonParameters,
      GatewayData data,
      CredentialStore credentialStore,
      InstantSource clock) {
    this.commonParameters = commonParameters;
    this.data = data;
    this.credentialStore = credentialStore;
    this.clock = clock;
  }

  /**
   * Returns the key that signed the request.
   *
   * @param namedByHost whether the host names the product, in which case the scope must name it too
   * @throws ApiErrorException if the signature, its scope, its timestamp or its token is not valid
   */
  Credentials verify(ReceivedRequest request, Api api, boolean namedByHost)
      throws ApiErrorException {
    return request.v3() ? verifyV3(request, api, namedByHost) : verifyV1(request);
  }

  private Credentials verifyV3(ReceivedRequest request, Api api, boolean namedByHost)
      throws ApiErrorException {
    Matcher authorization =
        AUTHORIZATION.matcher(commonParameters.required(request, "Authorization"));
    if (!authorization.matches()) {
      throw data.refuse("authorization", "its form is not valid.");
    }
    List<String> signedHeaders = List.of(authorization.group(5).split(";", -1));
    if (!signedHeaders.containsAll(MUST_BE_SIGNED)) {
      throw data.refuse("authorization", "`content-type` and `host` must be signed.");
    }
    for (String name : signedHeaders) {
      if (!name.equals("host") && request.header(name).isEmpty()) {
        throw data.refuse("authorization", "`" + name + "` is signed but absent.");
      }
    }
    String date = authorization.group(2);
    String service = authorization.group(3);
    if (!service.equals(api.product())
        && (namedByHost || !request.firstLabels().contains(service))) {
      throw data.refuse("authorization", "`Service` in Credential not valid.");
    }
    if (!authorization.group(4).equals(SignatureV3.TERMINATOR)) {
      throw data.refuse(
          "authorization", "the Credential does not end in " + SignatureV3.TERMINATOR + ".");
    }
    Credentials credentials = key(authorization.group(1));
    long timestamp = requireFresh(request);
    if (!date.equals(SignatureV3.date(timestamp))) {
      throw data.refuse("authorization", "`Date` in Credential not valid.");
    }
    requireToken(request, credentials);
    String scope = SignatureV3.scope(date, service);
    byte[] payload = payload(request);
    for (String host : request.hosts()) {
      String canonical =
          SignatureV3.canonicalRequest(
              request.method(),
              request.method().equals("GET") ? request.query() : "",
              signedHeaders,
              name -> name.equals("host") ? host : request.header(name).orElseThrow(),
              payload);
      String toSign = SignatureV3.stringToSign(Long.toString(timestamp), scope, canonical);
      if (SignatureV3.signature(signingKey(credentials, scope), toSign)
          .equals(authorization.group(6))) {
        return credentials;
      }
    }
    throw data.refuse("signature");
  }

  /** Returns the derived key of a day; the last one of each SecretId is cached. */
  private byte[] signingKey(Credentials credentials, String scope) {
    String source = credentials.secretKey() + " " + scope;
    return signingKeys
        .compute(
            credentials.secretId(),
            (id, cached) ->
                cached != null && cached.getKey().equals(source)
                    ? cached
                    : Map.entry(source, SignatureV3.signingKey(credentials.secretKey(), scope)))
        .getValue();
  }

  private byte[] payload(ReceivedRequest request) throws ApiErrorException {
    Optional<String> declared = commonParameters.value(request, "ContentSHA256");
    if (declared.isPresent() && declared.get().equals(SignatureV3.UNSIGNED_PAYLOAD)) {
      return SignatureV3.UNSIGNED_PAYLOAD.getBytes(StandardCharsets.UTF_8);
    }
    byte[] body = request.body();
    if (declared.isPresent() && !declared.get().equalsIgnoreCase(SignatureV3.sha256(body))) {
      throw data.refuse("content-digest");
    }
    return body;
  }

  private Credentials verifyV1(ReceivedRequest request) throws ApiErrorException {
    SignatureMethod method =
        V1_METHODS.get(
            commonParameters
                .value(request, "SignatureMethod")
                .orElse(SignatureMethod.HMAC_SHA1.documentedName()));
    if (method == null) {
      throw data.refuse("value", "SignatureMethod");
    }
    Credentials credentials = key(commonParameters.required(request, "SecretId"));
    requireFresh(request);
    requireToken(request, credentials);
    if (LOWER_CASE_ESCAPE.matcher(request.encodedParameters()).find()) {
      throw data.refuse("signature");
    }
    String signature = commonParameters.required(request, "Signature");
    for (String host : request.hosts()) {
      String toSign = SignatureV1.stringToSign(request.method(), host, request.pairs());
      if (SignatureV1.signature(method, credentials.secretKey(), toSign).equals(signature)) {
        return credentials;
      }
    }
    throw data.refuse("signature");
  }

  private Credentials key(String secretId) throws ApiErrorException {
    return credentialStore.find(secretId).orElseThrow(() -> data.refuse("secret-id"));
  }

  private long requireFresh(ReceivedRequest request) throws ApiErrorException {
    long timestamp = Long.parseLong(commonParameters.required(request, "Timestamp"));
    if (Math.abs(clock.instant().getEpochSecond() - timestamp) > CLOCK_TOLERANCE_SECONDS) {
      throw data.refuse("expired");
    }
    return timestamp;
  }

  private void requireToken(ReceivedRequest request, Credentials credentials)
      throws ApiErrorException {
    if (!credentials.token().equals(commonParameters.value(request, "Token"))) {
      throw data.refuse("token");
    }
  }
}
