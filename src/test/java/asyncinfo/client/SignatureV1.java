package asyncinfo.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Signature v1, HmacSHA1 and HmacSHA256 (API 3.0, Signature v1). */
public final class SignatureV1 {
  private SignatureV1() {}

  /**
   * Returns the string to sign: method, host, path, and all parameters but Signature, sorted by
   * name, with raw values.
   */
  public static String stringToSign(String method, String host, List<Parameter> parameters) {
    return method
        + host
        + "/?"
        + parameters.stream()
            .filter(p -> !p.name().equals("Signature"))
            .sorted(Comparator.comparing(Parameter::name))
            .map(p -> p.name() + "=" + p.value())
            .collect(Collectors.joining("&"));
  }

  /** Returns the signature in Base64. */
  public static String signature(SignatureMethod method, String secretKey, String stringToSign) {
    byte[] key = secretKey.getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(Hmac.of(method.macAlgorithm(), key, stringToSign));
  }
}
