package asyncinfo.target;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.contract.Clause;
import asyncinfo.limit.Protocol;
import asyncinfo.stub.Stub;
import asyncinfo.wire.Credentials;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The embedded stub, which can show every clause. */
public final class StubTarget implements Target {
  private final Catalogue catalogue;
  private final ClauseFilter filter;
  private final Stub.Options options;
  private Stub stub;
  private final Provocations provocations;
  private final Waivers waivers;
  private final Optional<Protocol.Extent> probed;

  /** A stub of these options, judged by its own provocations. */
  public StubTarget(Catalogue catalogue, Stub.Options options, ClauseFilter filter) {
    this(catalogue, options, Waivers.none(), filter);
  }

  /** The same with waivers: who has mappings of their own may have faults that they know of. */
  public StubTarget(
      Catalogue catalogue, Stub.Options options, Waivers waivers, ClauseFilter filter) {
    this(catalogue, options, waivers, LimitProbes.LEAN.extent(), filter);
  }

  /**
   * The same with another extent of the limit's probes.
   *
   * @param probed how much is sent to probe the limit; empty where it is left out
   */
  public StubTarget(
      Catalogue catalogue,
      Stub.Options options,
      Waivers waivers,
      Optional<Protocol.Extent> probed,
      ClauseFilter filter) {
    this.catalogue = catalogue;
    this.probed = probed;
    this.waivers = waivers;
    this.filter = filter;
    this.provocations = Provocations.ofStub(options.root(), catalogue);
    this.options = options;
  }

  /** Starts the stub when it is first needed: reports and previews need none. */
  private synchronized Stub stub() {
    if (stub == null) {
      stub = Stub.start(options);
    }
    return stub;
  }

  @Override
  public String name() {
    return "stub";
  }

  @Override
  public String description() {
    return "the embedded stub";
  }

  @Override
  public List<Api> apis() {
    return catalogue.apis();
  }

  @Override
  public URI endpoint(Api api) {
    return stub().endpoint();
  }

  @Override
  public String host(Api api) {
    return api.domain();
  }

  @Override
  public String region() {
    return Settings.DEFAULT_REGION;
  }

  @Override
  public Credentials credentials() {
    return stub().accounts().issue();
  }

  @Override
  public Provocations provocations() {
    return provocations;
  }

  @Override
  public boolean sharesItsAccount() {
    return false;
  }

  @Override
  public Waivers waivers() {
    return waivers;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("clause", filter.glob());
  }

  @Override
  public String announcement() {
    return "Nothing leaves this machine: the embedded stub is judged";
  }

  /** The stub knows as many regions and accounts as it takes. */
  @Override
  public LimitProbes limitProbes() {
    return new LimitProbes(
        probed, Optional.of(Settings.OTHER_REGION), probed.map(extent -> credentials()));
  }

  @Override
  public Optional<String> loadForbidden(Api api) {
    return Optional.empty();
  }

  @Override
  public boolean wants(Clause clause) {
    return filter.test(clause);
  }

  @Override
  public boolean promisesEveryClause() {
    return true;
  }

  @Override
  public synchronized void close() {
    if (stub != null) {
      stub.close();
    }
  }
}
