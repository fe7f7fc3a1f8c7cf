package asyncinfo.stub;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Second step of the gateway: which product, and which of its actions. */
final class Routing {
  private final List<Api> apis;
  private final Set<String> zones;
  private final GatewayData data;

  Routing(Specification specification, GatewayData data) {
    this.apis = specification.apis();
    this.zones = apis.stream().map(api -> zone(api.domain())).collect(Collectors.toSet());
    this.data = data;
  }

  /** The last two labels: all documented domains, regional ones too, end in them. */
  static String zone(String domain) {
    return domain.substring(domain.lastIndexOf('.', domain.lastIndexOf('.') - 1));
  }

  /** The product that the host names; empty for a host that is none of the documented domains. */
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

  /** The API of that version and action; of any product where the host names none. */
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
