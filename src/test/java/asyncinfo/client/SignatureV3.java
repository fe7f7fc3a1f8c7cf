package asyncinfo.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Signature v3, TC3-HMAC-SHA256 (API 3.0, Signature v3). */
public final class SignatureV3 {
  /** The algorithm's name, first word of the Authorization header and of the string to sign. */
  public static final String ALGORITHM = SignatureMethod.TC3_HMAC_SHA256.documentedName();

  /** The last part of each credential scope. */
  public static final String TERMINATOR = "tc3_request";

  /** The payload to hash if the client does not sign the body. */
  public static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

  private static final Pattern SCOPE = Pattern.compile("Credential=[^/,]*/([^/,]+/[^/,]+/[^/,]+)");

  private SignatureV3() {}

  /**
   * Returns the canonical request.
   *
   * @param method the HTTP method
   * @param query the part after the question mark, exactly as sent; empty for POST
   * @param signedHeaders lower-case names, in the order in which they are signed
   * @param headers returns the value of a signed header by name
   * @param payload the body as sent
   */
  public static String canonicalRequest(
      String method,
      String query,
      List<String> signedHeaders,
      Function<String, String> headers,
      byte[] payload) {
    String block =
        signedHeaders.stream()
            .map(name -> name + ":" + headers.apply(name).strip().toLowerCase(Locale.ROOT) + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n", method, "/", query, block, String.join(";", signedHeaders), sha256(payload));
  }

  /** Returns the credential scope: {@code <UTC date>/<service>/tc3_request}. */
  public static String scope(String date, String service) {
    return date + "/" + service + "/" + TERMINATOR;
  }

  /** Returns the UTC date of a scope for the timestamp of a request, in Unix seconds. */
  public static String date(long timestamp) {
    return Instant.ofEpochSecond(timestamp).atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  /** Returns the string to sign. */
  public static String stringToSign(String timestamp, String scope, String canonicalRequest) {
    return String.join(
        "\n",
        ALGORITHM,
        timestamp,
        scope,
        sha256(canonicalRequest.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns the credential scope that a request names; empty for signature v1. */
  public static Optional<String> scope(SignedRequest request) {
    return request
        .header("Authorization")
        .map(SCOPE::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1));
  }

  /** Returns kDate, kService and kSigning of a scope, in this order. */
  static List<byte[]> keys(String secretKey, String scope) {
    String[] parts = scope.split("/", -1);
    return keys(secretKey, parts[0], parts[1]);
  }

  /** Returns kDate, kService and kSigning, in this order. */
  static List<byte[]> keys(String secretKey, String date, String service) {
    byte[] kDate = hmac(("TC3" + secretKey).getBytes(StandardCharsets.UTF_8), date);
    byte[] kService = hmac(kDate, service);
    return List.of(kDate, kService, hmac(kService, TERMINATOR));
  }

  /**
   * Returns the signature in lower-case hex.
   *
   * @param scope {@code <date>/<service>/tc3_request}, whose parts also derive the key
   */
  public static String signature(String secretKey, String scope, String stringToSign) {
    return signature(signingKey(secretKey, scope), stringToSign);
  }

  /** Returns the signature made with a derived key, in lower-case hex. */
  public static String signature(byte[] signingKey, String stringToSign) {
    return HexFormat.of().formatHex(hmac(signingKey, stringToSign));
  }

  /** Returns kSigning of a scope, which is constant for a day. */
  public static byte[] signingKey(String secretKey, String scope) {
    return keys(secretKey, scope).get(2);
  }

  /** Returns the value of the Authorization header. */
  public static String authorization(
      String secretId, String scope, List<String> signedHeaders, String signature) {
    return "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(ALGORITHM, secretId, scope, String.join(";", signedHeaders), signature);
  }

  private static byte[] hmac(byte[] key, String text) {
    return Hmac.of("HmacSHA256", key, text);
  }

  /** Returns the SHA-256 hash in lower-case hex. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
