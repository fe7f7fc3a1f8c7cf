package asyncinfo.selftest;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.stream.Stream;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs suites in a process of its own against the target of the settings. */
final class SuiteLauncher {
  private SuiteLauncher() {}

  /**
   * Prints each failure.
   *
   * @param args the simple names of the suites
   */
  public static void main(String[] args) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                Stream.of(args)
                    .map(suite -> selectClass("asyncinfo.suite." + suite))
                    .toArray(ClassSelector[]::new))
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    Launcher launcher = LauncherFactory.create();
    launcher.execute(request, listener);
    listener
        .getSummary()
        .getFailures()
        .forEach(failure -> System.out.println(failure.getException().getMessage()));
    System.out.println(listener.getSummary().getTestsFoundCount() + " cases");
  }
}
