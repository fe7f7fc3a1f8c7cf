package asyncinfo.report;

import asyncinfo.contract.ModuleFolder;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Ensures that an interrupted run is reported. When the build's process ends, by Ctrl-C or because
 * a step failed, and the report has not been written since the run began, another process writes
 * it: Maven has closed the class loader of the build by then.
 */
final class InterruptedRunReporter {
  private static final String MARK = "run-in-progress";
  private static final int TIMEOUT_SECONDS = 60;

  private InterruptedRunReporter() {}

  /**
   * Watches a run from now on. It does nothing outside a build, and for a build that ends before
   * the suites begin, such as {@code mvn test}.
   *
   * @param folder the folder of the report, where a mark shows that the run is in progress
   * @param evidence the folder that the suites and simulations create
   * @param settings the settings of the run, as environment variables
   */
  static void watch(Path folder, Path evidence, Map<String, String> settings) throws IOException {
    if (!(InterruptedRunReporter.class.getClassLoader() instanceof URLClassLoader build)) {
      return;
    }
    Path mark = folder.resolve(MARK);
    Files.writeString(mark, Long.toString(ProcessHandle.current().pid()));
    ProcessBuilder report =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dbasedir=" + ModuleFolder.resolve("").normalize(),
                "-cp",
                classPath(build),
                ReportCommand.class.getName(),
                "interrupted")
            .inheritIO();
    report.environment().putAll(settings);
    // The thread group of this step is destroyed with the step.
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Runtime.getRuntime()
        .addShutdownHook(new Thread(root, () -> write(mark, evidence, report), "report"));
  }

  private static String classPath(URLClassLoader build) {
    return Arrays.stream(build.getURLs())
        .map(url -> Path.of(URI.create(url.toString())).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Records that the report of the run is written. */
  static void over(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(MARK));
  }

  private static void write(Path mark, Path evidence, ProcessBuilder report) {
    try {
      if (Files.exists(mark) && Files.isDirectory(evidence)) {
        report.start().waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      }
    } catch (IOException e) {
      System.err.println("the report could not be written: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
