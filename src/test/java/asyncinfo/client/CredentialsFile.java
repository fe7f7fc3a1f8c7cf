package asyncinfo.client;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.configuration2.INIConfiguration;
import org.apache.commons.configuration2.SubnodeConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;

/**
 * The credentials file of the SDKs: INI text with a section for each profile, which holds {@code
 * secret_id}, {@code secret_key} and, for a temporary key, {@code token}.
 */
public final class CredentialsFile {
  /** The profile that SDKs use by default. */
  public static final String DEFAULT_PROFILE = "default";

  private static final String SECRET_ID = "secret_id";
  private static final String SECRET_KEY = "secret_key";
  private static final String TOKEN = "token";

  private CredentialsFile() {}

  /**
   * Returns the keys of a file by profile, in file order; at least one.
   *
   * @throws IOException one line that names the file and the problem, without secrets
   */
  public static Map<String, Credentials> read(Path file) throws IOException {
    INIConfiguration ini = parse(file);
    Map<String, Credentials> keys = new LinkedHashMap<>();
    for (String profile : ini.getSections()) {
      if (profile == null) {
        throw new IOException(file + ": a line stands before the first [profile]");
      }
      SubnodeConfiguration section = ini.getSection(profile);
      keys.put(
          profile,
          new Credentials(
              required(section, SECRET_ID, profile, file),
              required(section, SECRET_KEY, profile, file),
              optional(section, TOKEN)));
    }
    if (keys.isEmpty()) {
      throw new IOException(file + ": no [profile] with " + SECRET_ID + " and " + SECRET_KEY);
    }
    return keys;
  }

  private static INIConfiguration parse(Path file) throws IOException {
    INIConfiguration ini = new INIConfiguration();
    try {
      ini.read(new StringReader(Files.readString(file)));
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    } catch (IOException | ConfigurationException e) {
      throw new IOException(file + ": cannot be read as an INI file", e);
    }
    return ini;
  }

  private static String required(
      SubnodeConfiguration section, String key, String profile, Path file) throws IOException {
    return optional(section, key)
        .orElseThrow(() -> new IOException(file + ": [" + profile + "] has no " + key));
  }

  private static Optional<String> optional(SubnodeConfiguration section, String key) {
    return Optional.ofNullable(section.getString(key)).filter(value -> !value.isBlank());
  }

  /**
   * Writes keys to a file that only its owner can read, where the file system supports permissions.
   */
  public static void write(Path file, Map<String, Credentials> keys) throws IOException {
    StringBuilder text = new StringBuilder();
    keys.forEach(
        (profile, key) -> {
          text.append('[').append(profile).append("]\n");
          text.append(SECRET_ID).append(" = ").append(key.secretId()).append('\n');
          text.append(SECRET_KEY).append(" = ").append(key.secretKey()).append('\n');
          key.token().ifPresent(t -> text.append(TOKEN).append(" = ").append(t).append('\n'));
        });
    Files.deleteIfExists(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, text);
  }
}
