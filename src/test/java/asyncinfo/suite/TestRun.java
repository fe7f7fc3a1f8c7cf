package asyncinfo.suite;

import asyncinfo.config.Settings;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.PacedClient;
import asyncinfo.endpoint.Preflight;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.endpoint.Ticker;
import asyncinfo.recording.ExchangeLog;
import asyncinfo.verdict.EvidenceLog;
import asyncinfo.verdict.ResultPaths;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One run of the suites: the specification, the target, the transport to it, and the evidence. The
 * suites of one JUnit launch share it.
 */
public final class TestRun implements AutoCloseable {
  /** JUnit configuration parameter that names a configuration given to {@link #register}. */
  public static final String RUN_ID = "asyncinfo.endpoint";

  private static final Map<String, RunConfiguration> REGISTERED = new ConcurrentHashMap<>();

  private final Specification specification;
  private final TargetEndpoint target;
  private final EvidenceLog evidenceLog;
  private final ResponseChecks responseChecks;
  private final boolean oneFormat;
  private final InstantSource clock;
  private final Path folder;
  private final Transport transport;
  private final SharedResponses<CheckedResponse> sharedResponses = new SharedResponses<>();
  private final SharedResponses<DroppableResponse> sharedBursts = new SharedResponses<>();
  private final TaskHistory taskHistory = new TaskHistory();
  private final AtomicInteger nonce = new AtomicInteger(1);

  private TestRun(RunConfiguration configuration) {
    this.specification = configuration.specification();
    this.target = configuration.target();
    this.evidenceLog = new EvidenceLog(configuration.evidence());
    this.oneFormat = configuration.oneFormat();
    this.clock = clock(configuration);
    this.responseChecks = new ResponseChecks(specification);
    this.folder = configuration.evidence().toAbsolutePath().getParent();
    this.transport =
        target
            .recordedRun()
            .<Transport>map(ReplayTransport::new)
            .orElseGet(() -> live(configuration.ticker()));
  }

  /** Returns the clock of the run; a recorded run is judged at the time of its recording. */
  private static InstantSource clock(RunConfiguration configuration) {
    return configuration
        .target()
        .recordedRun()
        .map(run -> InstantSource.fixed(run.when()))
        .orElse(configuration.clock());
  }

  private Transport live(Ticker ticker) {
    PacedClient client = new PacedClient(target, ticker);
    Preflight.check(specification, target, client, clock, folder);
    Transport live = new HttpTransport(client);
    return target
        .recordingDirectory()
        .<Transport>map(
            to ->
                new RecordingTransport(
                    live, new ExchangeLog(folder, clock.instant()), target.credentials(), clock))
        .orElse(live);
  }

  /**
   * The parameters of a run.
   *
   * @param specification the specification
   * @param target the target under test
   * @param evidence the file to write the evidence to
   * @param oneFormat whether each check is made in one request format only
   * @param clock the time that requests state
   * @param ticker the time that request rate and maximum duration are measured by
   */
  public record RunConfiguration(
      Specification specification,
      TargetEndpoint target,
      Path evidence,
      boolean oneFormat,
      InstantSource clock,
      Ticker ticker) {

    /** A run on this machine's clock. */
    public RunConfiguration(
        Specification specification, TargetEndpoint target, Path evidence, boolean oneFormat) {
      this(specification, target, evidence, oneFormat, InstantSource.system(), Ticker.SYSTEM);
    }
  }

  /** Registers the run of the launch whose parameter names this id. The run closes its target. */
  public static void register(String id, RunConfiguration configuration) {
    REGISTERED.put(id, configuration);
  }

  /** Returns the run of a launch. */
  static TestRun of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(TestRun.class))
        .computeIfAbsent(
            TestRun.class,
            key ->
                start(
                    context
                        .getConfigurationParameter(RUN_ID)
                        .map(REGISTERED::remove)
                        .orElseGet(TestRun::fromSettings)),
            TestRun.class);
  }

  private static TestRun start(RunConfiguration configuration) {
    TestRun run = new TestRun(configuration);
    new FirstLooks(run).take();
    return run;
  }

  private static RunConfiguration fromSettings() {
    Specification specification = Specification.load();
    return new RunConfiguration(
        specification,
        Settings.ofProcess(specification).open(),
        ResultPaths.EVIDENCE.resolve("suites.jsonl"),
        false);
  }

  Specification specification() {
    return specification;
  }

  TargetEndpoint target() {
    return target;
  }

  EvidenceLog evidenceLog() {
    return evidenceLog;
  }

  ResponseChecks responseChecks() {
    return responseChecks;
  }

  boolean oneFormat() {
    return oneFormat;
  }

  Transport transport() {
    return transport;
  }

  SharedResponses<CheckedResponse> sharedResponses() {
    return sharedResponses;
  }

  SharedResponses<DroppableResponse> sharedBursts() {
    return sharedBursts;
  }

  TaskHistory taskHistory() {
    return taskHistory;
  }

  /** Returns the time that requests state. */
  Instant now() {
    return clock.instant();
  }

  int nextNonce() {
    return nonce.getAndIncrement();
  }

  @Override
  public void close() {
    transport.traffic().write(folder, "suites");
    transport.close();
    evidenceLog.close();
    target.close();
  }
}
