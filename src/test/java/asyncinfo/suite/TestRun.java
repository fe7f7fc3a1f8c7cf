package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.config.Settings;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.PacedClient;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.endpoint.Ticker;
import asyncinfo.recording.ExchangeLog;
import asyncinfo.verdict.EvidenceLog;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One run of the suites: what is promised, what is judged, what was found. The suites of one JUnit
 * launch share it.
 */
public final class TestRun implements AutoCloseable {
  /** JUnit configuration parameter that names a target handed over by {@link #register}. */
  public static final String RUN_ID = "asyncinfo.endpoint";

  private static final Path EVIDENCE = EvidenceLog.FOLDER.resolve("suites.jsonl");
  private static final Map<String, RunConfiguration> GIVEN = new ConcurrentHashMap<>();

  private final Specification specification;
  private final TargetEndpoint target;
  private final EvidenceLog evidenceLog;
  private final ResponseChecks rules;
  private final boolean oneFormat;
  private final InstantSource clock;
  private final Path folder;
  private final Transport transport;
  private final Map<RequestTemplate, CompletableFuture<CheckedResponse>> answers =
      new ConcurrentHashMap<>();
  private final AtomicInteger nonce = new AtomicInteger(1);

  private TestRun(RunConfiguration given) {
    this.specification = given.specification();
    this.target = given.target();
    this.evidenceLog = new EvidenceLog(given.evidence());
    this.oneFormat = given.oneFormat();
    this.clock = clock(given);
    this.rules = new ResponseChecks(specification);
    this.folder = given.evidence().toAbsolutePath().getParent();
    this.transport =
        target.recordedRun().<Transport>map(ReplayTransport::new).orElseGet(() -> live(given));
  }

  /** A recorded run is judged at the time of that run. */
  private static InstantSource clock(RunConfiguration given) {
    return given
        .target()
        .recordedRun()
        .map(run -> InstantSource.fixed(run.when()))
        .orElse(given.clock());
  }

  private Transport live(RunConfiguration given) {
    Transport live = new HttpTransport(new PacedClient(target, given.ticker()));
    return target
        .recordingDirectory()
        .<Transport>map(
            to ->
                new RecordingTransport(
                    live, new ExchangeLog(folder, clock.instant()), target.credentials(), clock))
        .orElse(live);
  }

  /**
   * A target that is not the settings' one.
   *
   * @param evidence where to keep the evidence about it
   * @param oneFormat whether each check is made in one shape of a call only
   * @param clock the time that calls state
   * @param ticker what pace and deadline are measured with
   */
  public record RunConfiguration(
      Specification specification,
      TargetEndpoint target,
      Path evidence,
      boolean oneFormat,
      InstantSource clock,
      Ticker ticker) {

    /** A target on this machine's clock. */
    public RunConfiguration(
        Specification specification, TargetEndpoint target, Path evidence, boolean oneFormat) {
      this(specification, target, evidence, oneFormat, InstantSource.system(), Ticker.SYSTEM);
    }
  }

  /** Hands a target to the launch whose configuration names this key. The run closes it. */
  public static void register(String key, RunConfiguration given) {
    GIVEN.put(key, given);
  }

  /** The run of a launch. */
  static TestRun of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(TestRun.class))
        .computeIfAbsent(
            TestRun.class,
            key ->
                new TestRun(
                    context
                        .getConfigurationParameter(RUN_ID)
                        .map(GIVEN::remove)
                        .orElseGet(TestRun::fromSettings)),
            TestRun.class);
  }

  private static RunConfiguration fromSettings() {
    Specification specification = Specification.load();
    return new RunConfiguration(
        specification, Settings.ofProcess(specification).open(), EVIDENCE, false);
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

  ResponseChecks rules() {
    return rules;
  }

  boolean oneFormat() {
    return oneFormat;
  }

  Transport transport() {
    return transport;
  }

  /** The time that calls state. */
  Instant now() {
    return clock.instant();
  }

  /**
   * The answer to a question. Where all cases share an account it is asked once, and what came back
   * serves them all; a question without an answer is asked again.
   */
  CheckedResponse answer(RequestTemplate question, ResponseSource asking)
      throws NoResponseException {
    if (!target.usesSharedAccount()) {
      return asking.ask();
    }
    CompletableFuture<CheckedResponse> mine = new CompletableFuture<>();
    CompletableFuture<CheckedResponse> first = answers.putIfAbsent(question, mine);
    if (first != null) {
      CheckedResponse answer = first.join();
      return answer == null ? answer(question, asking) : answer;
    }
    CheckedResponse answer = null;
    try {
      answer = asking.ask();
      return answer;
    } finally {
      if (answer == null) {
        answers.remove(question, mine);
      }
      mine.complete(answer);
    }
  }

  /** Asks a question of the endpoint. */
  interface ResponseSource {
    CheckedResponse ask() throws NoResponseException;
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
