package asyncinfo.client;

import java.util.Optional;

/**
 * A key of an account. Its text form names nothing secret.
 *
 * @param secretId the SecretId
 * @param secretKey the SecretKey
 * @param token the token of a temporary key; empty for a permanent one
 */
public record Credentials(String secretId, String secretKey, Optional<String> token) {

  /** The variable of the environment in which SDKs find the SecretId. */
  public static final String SECRET_ID_VARIABLE = "TENCENTCLOUD_SECRET_ID";

  /** The variable of the environment in which SDKs find the SecretKey. */
  public static final String SECRET_KEY_VARIABLE = "TENCENTCLOUD_SECRET_KEY";

  /** The variable of the environment in which SDKs find the token of a temporary key. */
  public static final String TOKEN_VARIABLE = "TENCENTCLOUD_TOKEN";

  /** A permanent key. */
  public Credentials(String secretId, String secretKey) {
    this(secretId, secretKey, Optional.empty());
  }

  @Override
  public String toString() {
    return "Credentials[redacted]";
  }
}
