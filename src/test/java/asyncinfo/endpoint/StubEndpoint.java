package asyncinfo.endpoint;

import asyncinfo.client.Credentials;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Specification;
import asyncinfo.ratelimit.Workload;
import asyncinfo.stub.Stub;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The embedded stub, which can show every clause. */
public final class StubEndpoint implements TargetEndpoint {
  /** A region that the stub serves beside the one of the settings. */
  public static final String OTHER_REGION = "ap-shanghai";

  private final Specification specification;
  private final ClauseFilter filter;
  private final Stub.Options options;
  private Stub stub;
  private final Fixtures fixtures;
  private final Waivers waivers;
  private final Optional<Workload.WorkloadSize> probed;

  /** A stub of these options, judged by its own fixtures. */
  public StubEndpoint(Specification specification, Stub.Options options, ClauseFilter filter) {
    this(specification, options, Waivers.none(), filter);
  }

  /** The same with waivers: who has mappings of their own may have faults that they know of. */
  public StubEndpoint(
      Specification specification, Stub.Options options, Waivers waivers, ClauseFilter filter) {
    this(specification, options, waivers, LimitTestOptions.STANDARD.size(), filter);
  }

  /**
   * The same with another extent of the limit's probes.
   *
   * @param probed how much is sent to probe the limit; empty where it is left out
   */
  public StubEndpoint(
      Specification specification,
      Stub.Options options,
      Waivers waivers,
      Optional<Workload.WorkloadSize> probed,
      ClauseFilter filter) {
    this.specification = specification;
    this.probed = probed;
    this.waivers = waivers;
    this.filter = filter;
    this.fixtures = Fixtures.ofStub(options.root(), specification);
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
    return specification.apis();
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
    return stub().accounts().create();
  }

  @Override
  public Fixtures fixtures() {
    return fixtures;
  }

  @Override
  public boolean usesSharedAccount() {
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
  public String startupMessage() {
    return "Nothing leaves this machine: the embedded stub is judged";
  }

  /** The stub knows as many regions and accounts as it takes. */
  @Override
  public LimitTestOptions limitTestOptions() {
    return new LimitTestOptions(
        probed, Optional.of(OTHER_REGION), probed.map(size -> credentials()));
  }

  @Override
  public Optional<String> loadTestBlockedBy(Api api) {
    return Optional.empty();
  }

  @Override
  public boolean includes(Clause clause) {
    return filter.test(clause);
  }

  /** Returns true: the stub is to behave as endpoints were seen to. */
  @Override
  public boolean strict() {
    return true;
  }

  @Override
  public boolean canTriggerEveryClause() {
    return true;
  }

  @Override
  public synchronized void close() {
    if (stub != null) {
      stub.close();
    }
  }
}
