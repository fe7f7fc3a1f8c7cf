package asyncinfo.endpoint;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.contract.Clause;
import asyncinfo.ratelimit.Workload;
import asyncinfo.stub.Stub;
import asyncinfo.client.Credentials;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The embedded stub, which can show every clause. */
public final class StubEndpoint implements TargetEndpoint {
  /** A region that the stub serves beside the one of the settings. */
  public static final String OTHER_REGION = "ap-shanghai";

  private final Specification catalogue;
  private final ClauseFilter filter;
  private final Stub.Options options;
  private Stub stub;
  private final Fixtures provocations;
  private final Waivers waivers;
  private final Optional<Workload.WorkloadSize> probed;

  /** A stub of these options, judged by its own provocations. */
  public StubEndpoint(Specification catalogue, Stub.Options options, ClauseFilter filter) {
    this(catalogue, options, Waivers.none(), filter);
  }

  /** The same with waivers: who has mappings of their own may have faults that they know of. */
  public StubEndpoint(
      Specification catalogue, Stub.Options options, Waivers waivers, ClauseFilter filter) {
    this(catalogue, options, waivers, LimitTestOptions.LEAN.extent(), filter);
  }

  /**
   * The same with another extent of the limit's probes.
   *
   * @param probed how much is sent to probe the limit; empty where it is left out
   */
  public StubEndpoint(
      Specification catalogue,
      Stub.Options options,
      Waivers waivers,
      Optional<Workload.WorkloadSize> probed,
      ClauseFilter filter) {
    this.catalogue = catalogue;
    this.probed = probed;
    this.waivers = waivers;
    this.filter = filter;
    this.provocations = Fixtures.ofStub(options.root(), catalogue);
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
    return TargetEndpoint.DEFAULT_REGION;
  }

  @Override
  public Credentials credentials() {
    return stub().accounts().issue();
  }

  @Override
  public Fixtures provocations() {
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
  public LimitTestOptions limitProbes() {
    return new LimitTestOptions(
        probed, Optional.of(OTHER_REGION), probed.map(extent -> credentials()));
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
