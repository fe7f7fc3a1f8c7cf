package asyncinfo.endpoint;

import asyncinfo.client.Credentials;
import asyncinfo.contract.Api;
import asyncinfo.ratelimit.LimitedApi;
import asyncinfo.ratelimit.Workload;
import asyncinfo.ratelimit.WorkloadBounds;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Options of the limit test of a target.
 *
 * @param size the workload size; empty if the limit test is off
 * @param secondRegion another region, to test for a separate limit
 * @param secondAccount the key of another account, always the same, to test for a separate limit
 */
public record LimitTestOptions(
    Optional<Workload.WorkloadSize> size,
    Optional<String> secondRegion,
    Optional<Supplier<Credentials>> secondAccount) {

  /** The standard workload, with one region and one account. */
  public static final LimitTestOptions STANDARD =
      new LimitTestOptions(
          Optional.of(Workload.WorkloadSize.STANDARD), Optional.empty(), Optional.empty());

  /** Returns an API with what these options can probe of its limit. */
  public LimitedApi limitedApi(Api api) {
    return new LimitedApi(
        api.id(),
        api.limit().requests(),
        api.limit().seconds(),
        secondRegion.isPresent(),
        secondAccount.isPresent());
  }

  /** Returns the largest number of requests that the limit test of these APIs sends. */
  public int mostRequests(Collection<Api> apis) {
    List<LimitedApi> limitedApis = apis.stream().map(this::limitedApi).toList();
    return size.map(s -> new WorkloadBounds(new Workload(s, limitedApis)).mostCalls()).orElse(0);
  }
}
