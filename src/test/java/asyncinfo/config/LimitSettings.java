package asyncinfo.config;

import asyncinfo.client.Credentials;
import asyncinfo.endpoint.LimitTestOptions;
import asyncinfo.ratelimit.Workload.WorkloadSize;
import asyncinfo.stub.LimiterOption;
import java.util.List;
import java.util.Optional;

/** The settings of the limit simulation, and of the stub's limiter. */
record LimitSettings(SettingTable table, SettingValues values) {
  Optional<WorkloadSize> workloadSize() {
    return values.isSet(table.limit)
        ? values.get(table.limit).orElse(Optional.empty())
        : Optional.of(WorkloadSize.STANDARD);
  }

  LimiterOption stubLimiter() {
    return values.get(table.stubLimit).orElse(LimiterOption.DOCUMENTED);
  }

  List<String> hosts() {
    return values.get(table.limitHosts).orElse(List.of());
  }

  /**
   * @param region the region of all other requests
   * @param secondAccount the key of another account
   */
  LimitTestOptions options(String region, Optional<Credentials> secondAccount) {
    Optional<String> secondRegion = values.get(table.limitRegion);
    if (secondRegion.filter(region::equals).isPresent()) {
      values.reject(
          table.limitRegion,
          "\"%s\" is the region of all other requests; set another".formatted(region));
    }
    return new LimitTestOptions(workloadSize(), secondRegion, secondAccount.map(key -> () -> key));
  }
}
