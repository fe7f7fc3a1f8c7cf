package asyncinfo.stub;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Determines product and action as the second step of the gateway. */
final class Routing {
  private final List<Api> apis;
  private final Set<String> zones;
  private final GatewayData data;

  Routing(Specification specification, GatewayData data) {
    this.apis = specification.apis();
    this.zones = apis.stream().map(api -> zone(api.domain())).collect(Collectors.toSet());
    this.data = data;
  }

  /**
   * Returns the last two labels of a domain, in which all documented domains end, regional ones
   * too.
   */
  static String zone(String domain) {
    return domain.substring(domain.lastIndexOf('.', domain.lastIndexOf('.') - 1));
  }

  /** Returns the product that the host names; empty for a host outside the documented domains. */
  Optional<String> productByHost(ReceivedRequest request) throws ApiErrorException {
    String host = request.bareHost().toLowerCase(Locale.ROOT);
    if (zones.stream().noneMatch(host::endsWith)) {
      return Optional.empty();
    }
    String product = host.substring(0, host.indexOf('.'));
    if (apis.stream().noneMatch(api -> api.product().equals(product))) {
      throw data.refuse("product");
    }
    return Optional.of(product);
  }

  /** Returns the API of a version and action; of any product if the host names none. */
  Api route(Optional<String> product, String version, String action) throws ApiErrorException {
    List<Api> candidates =
        apis.stream()
            .filter(api -> product.isEmpty() || product.get().equals(api.product()))
            .filter(api -> api.version().equals(version))
            .toList();
    if (candidates.isEmpty()) {
      throw data.refuse("version", version, product.orElse("unknown"));
    }
    return candidates.stream()
        .filter(api -> api.action().equals(action))
        .findFirst()
        .orElseThrow(() -> data.refuse("action", action, candidates.get(0).product(), version));
  }
}
