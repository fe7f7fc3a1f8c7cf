package asyncinfo.stub;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A certificate for one run, and the trust store that clients need. The JDK's keytool makes a
 * certificate authority that signs once, and the server's key.
 *
 * @param keyStore the server's key, PKCS12
 * @param password of the key store
 * @param trustStore the authority's certificate, PKCS12, password {@link #TRUST_STORE_PASSWORD}
 * @param pem the same certificate for clients that read PEM
 */
record ServerCertificate(Path keyStore, String password, Path trustStore, Path pem) {
  /** Java's customary password: a trust store holds no secret. */
  static final String TRUST_STORE_PASSWORD = "changeit";

  private static final String AUTHORITY = "authority";
  private static final String SERVER = "server";
  private static final int DAYS = 30;

  /**
   * Makes a certificate.
   *
   * @param directory where the trust store and the PEM file are written; the key store too, which
   *     is deleted when the process ends
   * @param names DNS names, with an optional leading {@code *}; loopback names are added
   */
  static ServerCertificate generate(Path directory, List<String> names) throws IOException {
    Path keyStore = Files.createTempFile(directory, "keystore", ".p12");
    keyStore.toFile().deleteOnExit();
    Files.delete(keyStore);
    String password = UUID.randomUUID().toString();
    keytool(
        keyStore,
        password,
        List.of(
            "-alias",
            AUTHORITY,
            "-dname",
            "CN=asyncinfo stub " + UUID.randomUUID(),
            "-ext",
            "bc:critical=ca:true",
            "-ext",
            "ku:critical=keyCertSign"));
    keytool(
        keyStore,
        password,
        List.of(
            "-alias",
            SERVER,
            "-signer",
            AUTHORITY,
            "-dname",
            "CN=localhost",
            "-ext",
            "ku:critical=digitalSignature",
            "-ext",
            "eku=serverAuth",
            "-ext",
            "san=" + subjects(names)));
    ServerCertificate made =
        new ServerCertificate(
            keyStore,
            password,
            directory.resolve("truststore.p12"),
            directory.resolve("certificate.pem"));
    try {
      made.separate();
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot write the certificate into " + directory, e);
    }
    return made;
  }

  private static String subjects(List<String> names) {
    List<String> subjects = new ArrayList<>(List.of("dns:localhost", "ip:127.0.0.1", "ip:::1"));
    names.forEach(name -> subjects.add("dns:" + name));
    return String.join(",", subjects);
  }

  private static void keytool(Path keyStore, String password, List<String> more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                Integer.toString(DAYS),
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore.toString(),
                "-storepass:env",
                "STORE_PASSWORD"));
    command.addAll(more);
    ProcessBuilder keytool = new ProcessBuilder(command).redirectErrorStream(true);
    keytool.environment().put("STORE_PASSWORD", password);
    Process process = keytool.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException("keytool made no certificate: " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool made a certificate", e);
    }
  }

  /**
   * Leaves the server's key alone in the key store, and writes the authority's certificate for
   * clients.
   */
  private void separate() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      keys.load(in, password.toCharArray());
    }
    Certificate authority = keys.getCertificate(AUTHORITY);
    keys.deleteEntry(AUTHORITY);
    store(keys, keyStore, password);

    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(AUTHORITY, authority);
    store(trusted, trustStore, TRUST_STORE_PASSWORD);
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    Files.writeString(
        pem,
        "-----BEGIN CERTIFICATE-----\n"
            + lines.encodeToString(authority.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }

  private static void store(KeyStore keys, Path file, String password)
      throws GeneralSecurityException, IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      keys.store(out, password.toCharArray());
    }
  }
}
