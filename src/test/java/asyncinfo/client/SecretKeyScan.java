package asyncinfo.client;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the SecretKey of a caller in responses, plain or in a reversible encoding, and the keys
 * that signature v3 derives from it, which sign for a day.
 */
public final class SecretKeyScan {
  private final Credentials credentials;

  private SecretKeyScan(Credentials credentials) {
    this.credentials = credentials;
  }

  /** Returns a scan for the SecretKey of these credentials. */
  public static SecretKeyScan of(Credentials credentials) {
    return new SecretKeyScan(credentials);
  }

  /** Returns the forms of the SecretKey and of the keys derived from it to sign a request. */
  static SecretForms forms(Credentials credentials, Optional<String> scope) {
    return SecretForms.of(
        Stream.of(credentials.secretKey()),
        scope.map(each -> SignatureV3.keys(credentials.secretKey(), each)).orElse(List.of()));
  }

  /**
   * Returns a description of the first occurrence of the SecretKey, or of a key derived from it, in
   * the response to a request; empty if none.
   */
  public Optional<String> find(SignedRequest request, ApiResponse response) {
    SecretForms secretKey = forms(credentials, SignatureV3.scope(request));
    Optional<String> header =
        response.headers().stream()
            .filter(h -> secretKey.foundIn(h.name() + ": " + h.value()))
            .map(h -> "the header " + (secretKey.foundIn(h.name()) ? "names" : h.name()))
            .findFirst();
    return header.or(() -> Optional.of("the body").filter(b -> secretKey.foundIn(response.text())));
  }
}
