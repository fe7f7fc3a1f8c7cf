package asyncinfo.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Version of the harness, which the build writes beside the classes. */
final class HarnessVersion {
  private static final String FILE = "/harness.properties";

  private HarnessVersion() {}

  /** Returns the version, or {@code unknown} where the classes were not built by Maven. */
  static String text() {
    Properties properties = new Properties();
    try (InputStream in = HarnessVersion.class.getResourceAsStream(FILE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
    return properties.getProperty("version", "unknown");
  }
}
