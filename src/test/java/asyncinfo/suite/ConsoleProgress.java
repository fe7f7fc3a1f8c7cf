package asyncinfo.suite;

import asyncinfo.config.Settings;
import asyncinfo.contract.ContractException;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.SettingsException;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.verdict.Progress;
import asyncinfo.verdict.ResultPaths;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.UnaryOperator;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints a line when a suite has ended and every ten seconds of a longer one, and writes the
 * progress of the run to disk. JUnit finds the listener by its entry under {@code
 * META-INF/services}. Unit tests are not reported, nor are tests that report their own progress.
 */
public final class ConsoleProgress implements TestExecutionListener {
  private static final String SUITES = ConsoleProgress.class.getPackageName();

  private final Map<String, Progress.Suite> suites = new LinkedHashMap<>();
  private final ProgressLine line = new ProgressLine();
  private final Timer timer = new Timer("progress", true);
  private long start;
  private boolean suitesOnly;

  @Override
  public synchronized void testPlanExecutionStarted(TestPlan plan) {
    List<? extends Class<?>> classes =
        plan.getRoots().stream()
            .flatMap(root -> plan.getChildren(root).stream())
            .filter(top -> !top.getTags().contains(TestTag.create(Progress.OWN_PROGRESS)))
            .flatMap(top -> top.getSource().stream())
            .filter(ClassSource.class::isInstance)
            .map(source -> ((ClassSource) source).getJavaClass())
            .filter(c -> c.getSimpleName().endsWith("IT"))
            .toList();
    suitesOnly = !classes.isEmpty() && classes.stream().allMatch(ConsoleProgress::isSuite);
    classes.forEach(c -> suites.put(c.getName(), Progress.Suite.planned(c.getSimpleName(), 0)));
    if (suitesOnly) {
      countCases(classes);
      write();
      start = System.nanoTime();
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              printRunning();
            }
          },
          1_000,
          1_000);
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    timer.cancel();
  }

  private synchronized void printRunning() {
    line.due(elapsed(), suites.values()).ifPresent(System.out::println);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static boolean isSuite(Class<?> testClass) {
    return testClass.getPackageName().equals(SUITES);
  }

  /** Ignores invalid settings; {@link Settings#open} reports them. */
  private void countCases(List<? extends Class<?>> classes) {
    try {
      Specification specification = Specification.load();
      try (TargetEndpoint target = Settings.ofProcess(specification).open()) {
        for (Class<?> suite : classes) {
          suites.put(
              suite.getName(),
              Progress.Suite.planned(
                  suite.getSimpleName(),
                  ClauseInvocationProvider.count(suite, specification, target)));
        }
      }
    } catch (ContractException | SettingsException e) {
      suites.replaceAll((name, suite) -> Progress.Suite.planned(suite.name(), 0));
    }
  }

  @Override
  public synchronized void executionSkipped(TestIdentifier test, String reason) {
    if (test.isTest()) {
      update(test, s -> counted(s, 0, 0, 1));
    }
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
      boolean broken =
          failed && result.getThrowable().filter(AssertionError.class::isInstance).isPresent();
      boolean skipped = result.getStatus() == TestExecutionResult.Status.ABORTED;
      update(test, s -> counted(s, broken ? 1 : 0, failed && !broken ? 1 : 0, skipped ? 1 : 0));
    } else if (test.getSource().filter(ClassSource.class::isInstance).isPresent()) {
      update(test, ConsoleProgress::ended);
      className(test).map(suites::get).ifPresent(this::print);
      if (suitesOnly) {
        write();
      }
    }
  }

  private void update(TestIdentifier test, UnaryOperator<Progress.Suite> change) {
    className(test).ifPresent(name -> suites.computeIfPresent(name, (n, s) -> change.apply(s)));
  }

  private static Optional<String> className(TestIdentifier test) {
    TestSource source = test.getSource().orElse(null);
    if (source instanceof ClassSource ofClass) {
      return Optional.of(ofClass.getClassName());
    }
    return source instanceof MethodSource ofMethod
        ? Optional.of(ofMethod.getClassName())
        : Optional.empty();
  }

  private static Progress.Suite counted(Progress.Suite s, int failures, int errors, int skipped) {
    return new Progress.Suite(
        s.name(),
        s.expected(),
        s.run() + 1,
        s.failures() + failures,
        s.errors() + errors,
        s.skipped() + skipped,
        false);
  }

  private static Progress.Suite ended(Progress.Suite s) {
    return new Progress.Suite(
        s.name(), s.expected(), s.run(), s.failures(), s.errors(), s.skipped(), true);
  }

  private void print(Progress.Suite suite) {
    Progress progress = new Progress(List.copyOf(suites.values()));
    // In one call, because the limit simulation prints at the same time.
    System.out.println(
        "%s %d of %d: %s, %d cases%s%s"
            .formatted(
                suitesOnly ? "suites" : "self-test",
                progress.ended(),
                suites.size(),
                suite.name(),
                suite.run(),
                suite.failures() == 0 ? "" : ", " + suite.failures() + " failed",
                suite.errors() == 0 ? "" : ", " + suite.errors() + " in error"));
    line.printed(elapsed());
  }

  private void write() {
    new Progress(List.copyOf(suites.values())).write(ResultPaths.EVIDENCE);
  }
}
