package asyncinfo.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the harness, as the build wrote it beside the classes. */
final class HarnessVersion {
  private static final String FILE = "/harness.properties";

  private HarnessVersion() {}

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
