package asyncinfo.wire;

import java.util.Optional;

/**
 * A key of an account. Its text form names nothing secret.
 *
 * @param secretId the SecretId
 * @param secretKey the SecretKey
 * @param token the token of a temporary key; empty for a permanent one
 */
public record Credentials(String secretId, String secretKey, Optional<String> token) {

  /** A permanent key. */
  public Credentials(String secretId, String secretKey) {
    this(secretId, secretKey, Optional.empty());
  }

  @Override
  public String toString() {
    return "Credentials[redacted]";
  }
}
