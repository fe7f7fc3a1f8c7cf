package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.target.Pace;
import asyncinfo.target.Settings;
import asyncinfo.target.Target;
import asyncinfo.verdict.Ledger;
import asyncinfo.wire.Sender;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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
  private final Map<Api, Sender> senders = new HashMap<>();
  private final Map<Api, Pace> paces = new HashMap<>();
  private final AtomicInteger nonce = new AtomicInteger(1);

  private Run(Given given) {
    this.catalogue = given.catalogue();
    this.target = given.target();
    this.ledger = new Ledger(given.evidence());
    this.oneShape = given.oneShape();
    this.rules = new ReplyRules(catalogue);
    for (Api api : target.apis()) {
      senders.put(api, new Sender(target.endpoint(api), target.timeouts()));
      paces.put(api, new Pace(target.pace()));
    }
  }

  /**
   * A target that is not the settings' one.
   *
   * @param evidence where to keep the evidence about it
   * @param oneShape whether each check is made in one shape of a call only
   */
  public record Given(Catalogue catalogue, Target target, Path evidence, boolean oneShape) {}

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

  Sender sender(Api api) {
    return senders.get(api);
  }

  Pace pace(Api api) {
    return paces.get(api);
  }

  int nextNonce() {
    return nonce.getAndIncrement();
  }

  @Override
  public void close() {
    senders.values().forEach(Sender::close);
    ledger.close();
    target.close();
  }
}
