package asyncinfo.config;

import asyncinfo.client.ProxyServer;
import asyncinfo.client.Truststore;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.TargetEndpoint;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings of remote endpoints: base URL, Host and proxy of each API, region, truststore. */
record EndpointSettings(
    Specification specification, SettingTable table, SettingValues values, ProxySettings proxies) {
  /** Returns the base URLs by API; at least one, or there is a problem. */
  Map<Api, URI> baseUrls() {
    Map<Api, URI> baseUrls = new LinkedHashMap<>();
    for (Api api : specification.apis()) {
      values.get(table.endpoint(api)).ifPresent(url -> baseUrls.put(api, url));
    }
    if (specification.apis().stream().map(table::endpoint).noneMatch(values::isSet)) {
      values.reject(
          "no endpoint: set one of "
              + specification.apis().stream()
                  .map(api -> table.endpoint(api).name())
                  .collect(Collectors.joining(", ")));
    }
    return baseUrls;
  }

  /** Returns the Host headers by API. */
  Map<Api, String> hosts(Map<Api, URI> baseUrls) {
    Map<Api, String> hosts = new LinkedHashMap<>();
    baseUrls.forEach((api, url) -> hosts.put(api, url.getRawAuthority()));
    for (Api api : specification.apis()) {
      Optional<String> host = values.get(table.host(api));
      host.ifPresent(header -> hosts.computeIfPresent(api, (a, authority) -> header));
      if (host.isPresent() && !values.isSet(table.endpoint(api))) {
        values.reject("%s is set, but %s is not".formatted(table.host(api), table.endpoint(api)));
      }
    }
    return hosts;
  }

  /** Returns the proxies through which APIs are reached, by API. */
  Map<Api, ProxyServer> proxies(Map<Api, URI> baseUrls) {
    Map<Api, ProxyServer> used = new LinkedHashMap<>();
    Set<String> problems = new LinkedHashSet<>();
    baseUrls.forEach(
        (api, url) -> {
          try {
            proxies.proxyFor(url).ifPresent(proxy -> used.put(api, proxy));
          } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
          }
        });
    problems.forEach(values::reject);
    return used;
  }

  String region() {
    return values.get(table.region).orElse(TargetEndpoint.DEFAULT_REGION);
  }

  Optional<Truststore> truststore() {
    if (values.isSet(table.truststorePassword) && !values.isSet(table.truststore)) {
      values.reject(
          "%s is set, but %s is not".formatted(table.truststorePassword, table.truststore));
    }
    Optional<Truststore> truststore =
        values
            .get(table.truststore)
            .map(file -> new Truststore(file, values.get(table.truststorePassword).orElse("")));
    truststore.ifPresent(
        store -> {
          try {
            store.context();
          } catch (IOException e) {
            values.reject(table.truststore, e.getMessage());
          }
        });
    return truststore;
  }
}
