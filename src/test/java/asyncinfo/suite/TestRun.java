package asyncinfo.suite;

import asyncinfo.contract.Specification;
import asyncinfo.recording.ExchangeLog;
import asyncinfo.endpoint.PacedClient;
import asyncinfo.config.Settings;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.endpoint.Ticker;
import asyncinfo.verdict.EvidenceLog;
import asyncinfo.client.NoResponseException;
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
  /** JUnit configuration parameter that names a target handed over by {@link #handOver}. */
  public static final String HANDED_OVER = "asyncinfo.endpoint";

  private static final Path EVIDENCE = Path.of("target", "conformance", "evidence", "suites.jsonl");
  private static final Map<String, RunConfiguration> GIVEN = new ConcurrentHashMap<>();

  private final Specification catalogue;
  private final TargetEndpoint target;
  private final EvidenceLog ledger;
  private final ResponseChecks rules;
  private final boolean oneShape;
  private final InstantSource clock;
  private final Path folder;
  private final Transport carrier;
  private final Map<RequestTemplate, CompletableFuture<CheckedResponse>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger nonce = new AtomicInteger(1);

  private TestRun(RunConfiguration given) {
    this.catalogue = given.catalogue();
    this.target = given.target();
    this.ledger = new EvidenceLog(given.evidence());
    this.oneShape = given.oneShape();
    this.clock = clock(given);
    this.rules = new ResponseChecks(catalogue);
    this.folder = given.evidence().toAbsolutePath().getParent();
    this.carrier =
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
        .recordsTo()
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
   * @param oneShape whether each check is made in one shape of a call only
   * @param clock the time that calls state
   * @param ticker what pace and deadline are measured with
   */
  public record RunConfiguration(
      Specification catalogue,
      TargetEndpoint target,
      Path evidence,
      boolean oneShape,
      InstantSource clock,
      Ticker ticker) {

    /** A target on this machine's clock. */
    public RunConfiguration(Specification catalogue, TargetEndpoint target, Path evidence, boolean oneShape) {
      this(catalogue, target, evidence, oneShape, InstantSource.system(), Ticker.SYSTEM);
    }
  }

  /** Hands a target to the launch whose configuration names this key. The run closes it. */
  public static void handOver(String key, RunConfiguration given) {
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
                        .getConfigurationParameter(HANDED_OVER)
                        .map(GIVEN::remove)
                        .orElseGet(TestRun::fromSettings)),
            TestRun.class);
  }

  private static RunConfiguration fromSettings() {
    Specification catalogue = Specification.load();
    return new RunConfiguration(catalogue, Settings.ofProcess(catalogue).open(), EVIDENCE, false);
  }

  Specification catalogue() {
    return catalogue;
  }

  TargetEndpoint target() {
    return target;
  }

  EvidenceLog ledger() {
    return ledger;
  }

  ResponseChecks rules() {
    return rules;
  }

  boolean oneShape() {
    return oneShape;
  }

  Transport carrier() {
    return carrier;
  }

  /** The time that calls state. */
  Instant now() {
    return clock.instant();
  }

  /**
   * The answer to a question. Where all cases share an account it is asked once, and what came back
   * serves them all; a question without an answer is asked again.
   */
  CheckedResponse answer(RequestTemplate question, ResponseSource asking) throws NoResponseException {
    if (!target.sharesItsAccount()) {
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
    carrier.traffic().write(folder, "suites");
    carrier.close();
    ledger.close();
    target.close();
  }
}
