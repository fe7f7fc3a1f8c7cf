package asyncinfo.stub;

import asyncinfo.client.Credentials;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys that the gateway knows: those it was given, and new ones that it makes up on request.
 */
public final class CredentialStore {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Credentials> known = new ConcurrentHashMap<>();

  /** A new key that nobody else uses. */
  public Credentials issue() {
    Credentials credentials = new Credentials("AKID" + random(32), random(32));
    add(credentials);
    return credentials;
  }

  /** Makes a key known. */
  public void add(Credentials credentials) {
    known.put(credentials.secretId(), credentials);
  }

  /** Returns the key of a SecretId; empty if it is unknown. */
  public Optional<Credentials> find(String secretId) {
    return Optional.ofNullable(known.get(secretId));
  }

  private String random(int length) {
    StringBuilder text = new StringBuilder(length);
    random.ints(length, 0, LETTERS.length()).forEach(i -> text.append(LETTERS.charAt(i)));
    return text.toString();
  }
}
