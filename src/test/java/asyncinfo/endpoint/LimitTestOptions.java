package asyncinfo.endpoint;

import asyncinfo.client.Credentials;
import asyncinfo.ratelimit.Workload;
import java.util.Optional;

/**
 * How the limit of a target is probed.
 *
 * @param size how much is sent; empty where the limit is left out
 * @param secondRegion another region, to see whether it has a budget of its own
 * @param secondAccount the key of another account, to see the same
 */
public record LimitTestOptions(
    Optional<Workload.WorkloadSize> size,
    Optional<String> secondRegion,
    Optional<Credentials> secondAccount) {

  /** The lean protocol, with one region and one account. */
  public static final LimitTestOptions STANDARD =
      new LimitTestOptions(
          Optional.of(Workload.WorkloadSize.STANDARD), Optional.empty(), Optional.empty());
}
