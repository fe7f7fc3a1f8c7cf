package asyncinfo.stub;

import asyncinfo.client.Credentials;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Holds the keys that the gateway accepts; creates new ones on request. */
public final class CredentialStore {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Credentials> keys = new ConcurrentHashMap<>();

  /** Creates a key that no other caller uses, and adds it. */
  public Credentials create() {
    Credentials credentials = new Credentials("AKID" + random(32), random(32));
    add(credentials);
    return credentials;
  }

  /** Adds a key. */
  public void add(Credentials credentials) {
    keys.put(credentials.secretId(), credentials);
  }

  /** Returns the key of a SecretId; empty if it is unknown. */
  public Optional<Credentials> find(String secretId) {
    return Optional.ofNullable(keys.get(secretId));
  }

  private String random(int length) {
    StringBuilder text = new StringBuilder(length);
    random.ints(length, 0, LETTERS.length()).forEach(i -> text.append(LETTERS.charAt(i)));
    return text.toString();
  }
}
