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
 * The real suites, run in this process against a stub that is flawed on purpose.
 *
 * @param clauseResults what the run found, clause by clause
 * @param lines what the build says of it
 * @param failures the message of each failed test
 * @param skipped the message of each aborted test
 * @param throttled how many calls were throttled and waited for
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

  /** Runs suites against a stub with these extensions, each check in one shape of a call. */
  static SuiteRun against(String name, List<Extension> planted, String... suites) {
    return against(name, planted, ClauseFilter.ALL, suites);
  }

  /** The same for the clauses that a filter lets through. */
  static SuiteRun against(
      String name, List<Extension> planted, ClauseFilter filter, String... suites) {
    Specification specification = Specification.load();
    Stub.Options options = Stub.Options.of(specification).withExtensions(planted);
    return against(name, specification, new StubEndpoint(specification, options, filter), suites);
  }

  /** The same against any target. */
  static SuiteRun against(
      String name, Specification specification, TargetEndpoint target, String... suites) {
    return against(name, specification, target, InstantSource.system(), suites);
  }

  /** The same on another clock. */
  static SuiteRun against(
      String name,
      Specification specification,
      TargetEndpoint target,
      InstantSource clock,
      String... suites) {
    Path evidence = Path.of("target", "selftest", name, "suites.jsonl");
    TestRun.RunConfiguration given =
        new TestRun.RunConfiguration(specification, target, evidence, true, clock, new Impatient());
    return against(name, given, suites);
  }

  /**
   * The same for all that can be given to a run. The kit reads no file of properties, so cases run
   * one after another, in the same order each time.
   */
  static SuiteRun against(String name, TestRun.RunConfiguration given, String... suites) {
    return against(name, given, Map.of(), suites);
  }

  /** All suites, with cases side by side and in any order, as a build runs them. */
  static SuiteRun sideBySide(String name, Specification specification, TargetEndpoint target) {
    Path evidence = Path.of("target", "selftest", name, "suites.jsonl");
    TestRun.RunConfiguration given =
        new TestRun.RunConfiguration(
            specification, target, evidence, true, InstantSource.system(), new Impatient());
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
    Specification specification = given.specification();
    TargetEndpoint target = given.target();
    Path folder = given.evidence().getParent();
    TestRun.register(name, given);
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
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
    List<String> failures = messages(results.testEvents().failed());
    List<String> skipped = messages(results.testEvents().aborted());
    int throttled =
        RequestCounts.readAll(folder).stream()
            .flatMap(t -> t.throttled().values().stream())
            .mapToInt(Integer::intValue)
            .sum();
    ReportCheck.writeAndCheck(specification, target, folder);
    List<Evidence> evidence = EvidenceLog.readAll(folder);
    return new SuiteRun(
        ClauseResult.all(
            specification,
            target.apis(),
            evidence,
            clause -> target.waivers().inForce(clause).map(Waiver::toString)),
        ReportCommand.lines(specification, target, evidence),
        failures,
        skipped,
        throttled);
  }

  private static List<String> messages(Events events) {
    return events.stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class).getThrowable())
        .flatMap(Optional::stream)
        .map(Throwable::getMessage)
        .toList();
  }

  /** A clock on which nobody waits: who sleeps finds it later at once. */
  private static final class Impatient implements Ticker {
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

  /** The ids of the clauses with a verdict. */
  Set<String> clauses(Verdict verdict) {
    return clauseResults.stream()
        .filter(j -> j.verdict() == verdict)
        .map(j -> j.clause().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
