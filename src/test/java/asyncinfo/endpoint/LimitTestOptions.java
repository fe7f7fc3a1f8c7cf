package asyncinfo.endpoint;

import asyncinfo.client.Credentials;
import asyncinfo.ratelimit.Workload;
import java.util.Optional;

/**
 * Options of the limit test of a target.
 *
 * @param size the workload size; empty if the limit test is off
 * @param secondRegion another region, to test for a separate limit
 * @param secondAccount the key of another account, to test for a separate limit
 */
public record LimitTestOptions(
    Optional<Workload.WorkloadSize> size,
    Optional<String> secondRegion,
    Optional<Credentials> secondAccount) {

  /** The standard workload, with one region and one account. */
  public static final LimitTestOptions STANDARD =
      new LimitTestOptions(
          Optional.of(Workload.WorkloadSize.STANDARD), Optional.empty(), Optional.empty());
}
