package asyncinfo.suite;

import asyncinfo.contract.Catalogue;
import asyncinfo.recording.SendingLog;
import asyncinfo.target.Courier;
import asyncinfo.target.Settings;
import asyncinfo.target.Target;
import asyncinfo.target.Ticker;
import asyncinfo.verdict.Ledger;
import asyncinfo.wire.NoReplyException;
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
public final class Run implements AutoCloseable {
  /** JUnit configuration parameter that names a target handed over by {@link #handOver}. */
  public static final String HANDED_OVER = "asyncinfo.target";

  private static final Path EVIDENCE = Path.of("target", "conformance", "evidence", "suites.jsonl");
  private static final Map<String, Given> GIVEN = new ConcurrentHashMap<>();

  private final Catalogue catalogue;
  private final Target target;
  private final Ledger ledger;
  private final ReplyRules rules;
  private final boolean oneShape;
  private final InstantSource clock;
  private final Path folder;
  private final Carrier carrier;
  private final Map<Question, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger nonce = new AtomicInteger(1);

  private Run(Given given) {
    this.catalogue = given.catalogue();
    this.target = given.target();
    this.ledger = new Ledger(given.evidence());
    this.oneShape = given.oneShape();
    this.clock = clock(given);
    this.rules = new ReplyRules(catalogue);
    this.folder = given.evidence().toAbsolutePath().getParent();
    this.carrier =
        target.recordedRun().<Carrier>map(RecordedCarrier::new).orElseGet(() -> live(given));
  }

  /** A recorded run is judged at the time of that run. */
  private static InstantSource clock(Given given) {
    return given
        .target()
        .recordedRun()
        .map(run -> InstantSource.fixed(run.when()))
        .orElse(given.clock());
  }

  private Carrier live(Given given) {
    Carrier live = new LiveCarrier(new Courier(target, given.ticker()));
    return target
        .recordsTo()
        .<Carrier>map(
            to ->
                new RecordingCarrier(
                    live, new SendingLog(folder, clock.instant()), target.credentials(), clock))
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
  public record Given(
      Catalogue catalogue,
      Target target,
      Path evidence,
      boolean oneShape,
      InstantSource clock,
      Ticker ticker) {

    /** A target on this machine's clock. */
    public Given(Catalogue catalogue, Target target, Path evidence, boolean oneShape) {
      this(catalogue, target, evidence, oneShape, InstantSource.system(), Ticker.SYSTEM);
    }
  }

  /** Hands a target to the launch whose configuration names this key. The run closes it. */
  public static void handOver(String key, Given given) {
    GIVEN.put(key, given);
  }

  /** The run of a launch. */
  static Run of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Run.class))
        .computeIfAbsent(
            Run.class,
            key ->
                new Run(
                    context
                        .getConfigurationParameter(HANDED_OVER)
                        .map(GIVEN::remove)
                        .orElseGet(Run::fromSettings)),
            Run.class);
  }

  private static Given fromSettings() {
    Catalogue catalogue = Catalogue.load();
    return new Given(catalogue, Settings.ofProcess(catalogue).open(), EVIDENCE, false);
  }

  Catalogue catalogue() {
    return catalogue;
  }

  Target target() {
    return target;
  }

  Ledger ledger() {
    return ledger;
  }

  ReplyRules rules() {
    return rules;
  }

  boolean oneShape() {
    return oneShape;
  }

  Carrier carrier() {
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
  Answer answer(Question question, Asking asking) throws NoReplyException {
    if (!target.sharesItsAccount()) {
      return asking.ask();
    }
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> first = answers.putIfAbsent(question, mine);
    if (first != null) {
      Answer answer = first.join();
      return answer == null ? answer(question, asking) : answer;
    }
    Answer answer = null;
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
  interface Asking {
    Answer ask() throws NoReplyException;
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
