package asyncinfo.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A PKCS12 file with the certificates to trust instead of the JDK's. {@link #toString} contains no
 * secret.
 *
 * @param file the file
 * @param password the password of the file
 */
public record Truststore(Path file, String password) {
  /** The supported type of key store. */
  public static final String TYPE = "PKCS12";

  /**
   * Returns an SSL context that trusts only these certificates.
   *
   * @throws IOException one line that names the file and the problem
   */
  public SSLContext context() throws IOException {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(certificates());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": its certificates cannot be used: " + e.getMessage(), e);
    }
  }

  private KeyStore certificates() throws IOException, GeneralSecurityException {
    if (!Files.isReadable(file)) {
      throw new IOException("cannot read " + file);
    }
    KeyStore store = KeyStore.getInstance(TYPE);
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    } catch (IOException e) {
      throw new IOException(file + " is no PKCS12 file, or truststore.password is wrong", e);
    }
    for (String alias : Collections.list(store.aliases())) {
      if (store.isCertificateEntry(alias)) {
        return store;
      }
    }
    throw new IOException(file + " holds no trusted certificate");
  }

  @Override
  public String toString() {
    return "Truststore[" + file + "]";
  }
}
