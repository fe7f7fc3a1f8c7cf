package asyncinfo.selftest;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.endpoint.StubEndpoint;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.endpoint.Ticker;
import asyncinfo.endpoint.Waiver;
import asyncinfo.report.ReportCommand;
import asyncinfo.stub.Stub;
import asyncinfo.suite.TestRun;
import asyncinfo.verdict.ClauseResult;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.EvidenceLog;
import asyncinfo.verdict.Verdict;
import com.github.tomakehurst.wiremock.extension.Extension;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/**
 * A run of the real suites in this process against a faulty stub.
 *
 * @param clauseResults the verdict of each clause
 * @param lines the lines that the build prints
 * @param failures the message of each failed test
 * @param skipped the message of each aborted test
 * @param throttled how many requests were throttled and sent again
 */
record SuiteRun(
    List<ClauseResult> clauseResults,
    List<String> lines,
    List<String> failures,
    List<String> skipped,
    int throttled) {
  /** All suites, in the order of the pages. */
  static final String[] ALL_SUITES = {
    "ApiDescriptionIT",
    "InputParametersIT",
    "OutputParametersIT",
    "ExampleIT",
    "ErrorCodeIT",
    "CommonRulesIT",
    "RequestSizeIT",
    "RequestFrequencyIT",
    "EveryResponseIT"
  };

  /** Runs suites against a stub with these extensions, each check in one request format. */
  static SuiteRun against(String name, List<Extension> planted, String... suites) {
    return against(name, planted, ClauseFilter.ALL, suites);
  }

  /** Runs suites for the clauses that a filter includes. */
  static SuiteRun against(
      String name, List<Extension> planted, ClauseFilter filter, String... suites) {
    Specification specification = Specification.load();
    Stub.Options options = Stub.Options.of(specification).withExtensions(planted);
    return against(name, specification, new StubEndpoint(specification, options, filter), suites);
  }

  /** Runs suites against any target. */
  static SuiteRun against(
      String name, Specification specification, TargetEndpoint target, String... suites) {
    return against(name, specification, target, InstantSource.system(), suites);
  }

  /** Runs suites with another clock. */
  static SuiteRun against(
      String name,
      Specification specification,
      TargetEndpoint target,
      InstantSource clock,
      String... suites) {
    Path evidence = Path.of("target", "selftest", name, "suites.jsonl");
    TestRun.RunConfiguration given =
        new TestRun.RunConfiguration(
            specification, target, evidence, true, clock, new SkippingTicker());
    return against(name, given, suites);
  }

  /**
   * Runs suites with any configuration. The test kit reads no properties file, so cases run one
   * after another, always in the same order.
   */
  static SuiteRun against(String name, TestRun.RunConfiguration given, String... suites) {
    return against(name, given, Map.of(), suites);
  }

  /** Runs all suites with cases in parallel and in random order, as a build does. */
  static SuiteRun inParallel(String name, Specification specification, TargetEndpoint target) {
    Path evidence = Path.of("target", "selftest", name, "suites.jsonl");
    TestRun.RunConfiguration given =
        new TestRun.RunConfiguration(
            specification, target, evidence, true, InstantSource.system(), new SkippingTicker());
    Map<String, String> parameters =
        Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "8",
            "junit.jupiter.testmethod.order.default", "org.junit.jupiter.api.MethodOrderer$Random");
    return against(name, given, parameters, ALL_SUITES);
  }

  private static SuiteRun against(
      String name,
      TestRun.RunConfiguration given,
      Map<String, String> parameters,
      String... suites) {
    EngineExecutionResults results = execute(name, given, parameters, suites);
    List<String> failures = messages(results.testEvents().failed());
    List<String> skipped = messages(results.testEvents().aborted());
    Path folder = given.evidence().getParent();
    int throttled =
        RequestCounts.readAll(folder).stream()
            .flatMap(t -> t.throttled().values().stream())
            .mapToInt(Integer::intValue)
            .sum();
    ReportCheck.writeAndCheck(given.specification(), given.target(), folder);
    List<Evidence> evidence = EvidenceLog.readAll(folder);
    return new SuiteRun(
        clauseResults(given, evidence),
        ReportCommand.lines(given.specification(), given.target(), evidence),
        failures,
        skipped,
        throttled);
  }

  /** Runs suites, and returns the verdicts alone: a report takes longer than many a run. */
  static List<ClauseResult> clauseResults(
      String name, TestRun.RunConfiguration given, String... suites) {
    execute(name, given, Map.of(), suites);
    return clauseResults(given, EvidenceLog.readAll(given.evidence().getParent()));
  }

  private static List<ClauseResult> clauseResults(
      TestRun.RunConfiguration given, List<Evidence> evidence) {
    TargetEndpoint target = given.target();
    return ClauseResult.all(
        given.specification(),
        target.apis(),
        evidence,
        clause -> target.waivers().inForce(clause).map(Waiver::toString));
  }

  private static EngineExecutionResults execute(
      String name,
      TestRun.RunConfiguration given,
      Map<String, String> parameters,
      String... suites) {
    TestRun.register(name, given);
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameters(parameters)
        .configurationParameter(TestRun.RUN_ID, name)
        .configurationParameter(
            "junit.jupiter.testclass.order.default",
            "org.junit.jupiter.api.ClassOrderer$OrderAnnotation")
        .selectors(
            Arrays.stream(suites)
                .map(suite -> selectClass("asyncinfo.suite." + suite))
                .toArray(DiscoverySelector[]::new))
        .execute();
  }

  private static List<String> messages(Events events) {
    return events.stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class).getThrowable())
        .flatMap(Optional::stream)
        .map(Throwable::getMessage)
        .toList();
  }

  /** A ticker that skips each sleep. */
  private static final class SkippingTicker implements Ticker {
    private final AtomicLong slept = new AtomicLong();

    @Override
    public long nanos() {
      return System.nanoTime() + slept.get();
    }

    @Override
    public void sleep(long nanos) {
      slept.addAndGet(Math.max(0, nanos));
    }
  }

  /** Returns the ids of the clauses with a verdict. */
  Set<String> clauses(Verdict verdict) {
    return clauseResults.stream()
        .filter(j -> j.verdict() == verdict)
        .map(j -> j.clause().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
