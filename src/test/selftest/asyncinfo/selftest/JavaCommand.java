package asyncinfo.selftest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts a class of this project in a JVM of its own, which lives for seconds. */
public final class JavaCommand {
  private JavaCommand() {}

  /** Returns the JVM of this test, its options and a class path; more options may follow. */
  public static List<String> of(String classPath) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            classPath));
  }
}
