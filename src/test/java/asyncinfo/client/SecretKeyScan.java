package asyncinfo.client;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the SecretKey of a caller in responses, plain or in a reversible encoding. */
public final class SecretKeyScan {
  private final Pattern secretKey;

  private SecretKeyScan(Pattern secretKey) {
    this.secretKey = secretKey;
  }

  /** Returns a scan for the SecretKey of these credentials. */
  public static SecretKeyScan of(Credentials credentials) {
    return new SecretKeyScan(SecretForms.of(Stream.of(credentials.secretKey())));
  }

  /**
   * Returns a description of the first occurrence of the SecretKey in a response; empty if none.
   */
  public Optional<String> find(ApiResponse response) {
    Optional<String> header =
        response.headers().stream()
            .filter(h -> occursIn(h.name() + ": " + h.value()))
            .map(h -> "the header " + (occursIn(h.name()) ? "names" : h.name()))
            .findFirst();
    return header.or(() -> Optional.of("the body").filter(b -> occursIn(response.text())));
  }

  private boolean occursIn(String text) {
    return secretKey.matcher(text).find();
  }
}
