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

/** The embedded stub, which can trigger every clause. */
public class StubEndpoint implements TargetEndpoint {
  /** A second region that the stub serves. */
  public static final String OTHER_REGION = "ap-shanghai";

  private final Specification specification;
  private final ClauseFilter filter;
  private final Stub.Options options;
  private Stub stub;
  private Credentials secondAccount;
  private final Fixtures fixtures;
  private final Waivers waivers;
  private final Optional<Workload.WorkloadSize> probed;

  /** Creates a stub with these options and its own fixtures. */
  public StubEndpoint(Specification specification, Stub.Options options, ClauseFilter filter) {
    this(specification, options, Waivers.none(), filter);
  }

  /** Creates a stub with waivers, for custom mappings with known faults. */
  public StubEndpoint(
      Specification specification, Stub.Options options, Waivers waivers, ClauseFilter filter) {
    this(specification, options, waivers, LimitTestOptions.STANDARD.size(), filter);
  }

  /**
   * Creates a stub with another size of the limit test.
   *
   * @param probed the workload size of the limit test; empty if it is off
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

  /** Creates the endpoint of a stub that is running already. */
  protected StubEndpoint(Specification specification, Stub running, ClauseFilter filter) {
    this(specification, running.options(), filter);
    this.stub = running;
  }

  /**
   * Returns the stub, which is started on first use because reports and previews do not need it.
   */
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

  /** Returns options with a second region and account, both of which the stub provides. */
  @Override
  public LimitTestOptions limitTestOptions() {
    return new LimitTestOptions(
        probed, Optional.of(OTHER_REGION), Optional.of(this::secondAccount));
  }

  private synchronized Credentials secondAccount() {
    if (secondAccount == null) {
      secondAccount = credentials();
    }
    return secondAccount;
  }

  @Override
  public Optional<String> loadTestBlockedBy(Api api) {
    return Optional.empty();
  }

  @Override
  public boolean includes(Clause clause) {
    return filter.test(clause);
  }

  /** Returns true: the stub must match observed behaviour. */
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
