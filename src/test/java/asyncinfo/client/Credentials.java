package asyncinfo.client;

import java.util.Optional;

/**
 * A key of an account. {@link #toString} is redacted.
 *
 * @param secretId the SecretId
 * @param secretKey the SecretKey
 * @param token the token of a temporary key; empty for a permanent one
 */
public record Credentials(String secretId, String secretKey, Optional<String> token) {

  /** The environment variable from which SDKs read the SecretId. */
  public static final String SECRET_ID_VARIABLE = "TENCENTCLOUD_SECRET_ID";

  /** The environment variable from which SDKs read the SecretKey. */
  public static final String SECRET_KEY_VARIABLE = "TENCENTCLOUD_SECRET_KEY";

  /** The environment variable from which SDKs read the token of a temporary key. */
  public static final String TOKEN_VARIABLE = "TENCENTCLOUD_TOKEN";

  /** Creates a permanent key. */
  public Credentials(String secretId, String secretKey) {
    this(secretId, secretKey, Optional.empty());
  }

  @Override
  public String toString() {
    return "Credentials[redacted]";
  }
}
