package asyncinfo.report;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Sees to it that a run which does not come to its end is reported too: when the build's own
 * process ends, be it by Ctrl-C or because a step before the report failed, and the report was not
 * written since the run began, another process writes it. The build's process cannot: Maven has
 * taken the classes away by then.
 */
final class InterruptedRunReporter {
  private static final String MARK = "run-is-on";
  private static final int PATIENCE = 60;

  private InterruptedRunReporter() {}

  /**
   * Watches a run from now on. A build that ends before the suites begin, as `mvn test` does, was
   * no run that could be cut short.
   *
   * @param folder the report's folder, where a mark says that the run is on
   * @param evidence the folder that the suites and simulations make
   * @param main the entry point that runs {@code report interrupted}
   * @param settings what the run was told, as variables of the environment
   */
  static void watch(Path folder, Path evidence, Map<String, String> settings, Class<?> main)
      throws IOException {
    if (InterruptedRunReporter.class.getClassLoader() == ClassLoader.getSystemClassLoader()) {
      return; // No build around it: this process ends before the run begins.
    }
    Path mark = folder.resolve(MARK);
    Files.writeString(mark, Long.toString(ProcessHandle.current().pid()));
    ProcessBuilder report =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath(),
            main.getName(),
            "report",
            "interrupted");
    report.environment().putAll(settings);
    report.inheritIO();
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Runtime.getRuntime()
        .addShutdownHook(new Thread(root, () -> write(mark, evidence, report), "report"));
  }

  /** Says that the report of a run is written. */
  static void over(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(MARK));
  }

  private static void write(Path mark, Path evidence, ProcessBuilder report) {
    try {
      if (Files.exists(mark) && Files.isDirectory(evidence)) {
        report.start().waitFor(PATIENCE, TimeUnit.SECONDS);
      }
    } catch (IOException e) {
      System.err.println("the report could not be written: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The class path of this class: Maven's loader has one that the process does not know of. */
  private static String classPath() {
    List<String> path = new ArrayList<>();
    if (InterruptedRunReporter.class.getClassLoader() instanceof URLClassLoader maven) {
      Arrays.stream(maven.getURLs())
          .map(URL::getPath)
          .map(p -> new File(decoded(p)).getPath())
          .forEach(path::add);
    } else {
      path.add(System.getProperty("java.class.path"));
    }
    return path.stream().collect(Collectors.joining(File.pathSeparator));
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
