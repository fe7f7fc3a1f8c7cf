package asyncinfo.endpoint;

import asyncinfo.client.Credentials;
import asyncinfo.client.ProxyServer;
import asyncinfo.client.Timeouts;
import asyncinfo.client.Truststore;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Configured endpoints, called with one key at a limited request rate.
 *
 * @param endpoints base URLs, by API
 * @param hosts the Host header, by API
 * @param proxies the proxies, by API; absent for direct connections
 * @param configuredMaxRps the configured request rate, in requests per second and API; 0 for
 *     unlimited
 * @param limitHosts the hosts on which limit simulations may run
 * @param limitTestOptions the options of the limit test
 * @param filter the clauses to check
 * @param recordingDirectory the folder for recordings; empty if none are made
 * @param strict true if a deviation from observed behaviour fails the build
 */
public record RemoteEndpoint(
    Map<Api, URI> endpoints,
    Map<Api, String> hosts,
    Map<Api, ProxyServer> proxies,
    String region,
    Credentials credentials,
    Fixtures fixtures,
    Waivers waivers,
    Optional<Truststore> truststore,
    int configuredMaxRps,
    Timeouts timeouts,
    OptionalInt maxRequests,
    Optional<Duration> maxDuration,
    List<String> limitHosts,
    LimitTestOptions limitTestOptions,
    ClauseFilter filter,
    Optional<Path> recordingDirectory,
    boolean strict)
    implements TargetEndpoint {

  /** Returns a copy without pacing and with other time-outs, for self-tests. */
  public RemoteEndpoint withoutPacing(Timeouts others) {
    return new RemoteEndpoint(
        endpoints,
        hosts,
        proxies,
        region,
        credentials,
        fixtures,
        waivers,
        truststore,
        0,
        others,
        maxRequests,
        maxDuration,
        limitHosts,
        limitTestOptions,
        filter,
        recordingDirectory,
        strict);
  }

  @Override
  public String name() {
    return "staging";
  }

  @Override
  public String description() {
    return endpoints.values().stream()
        .map(URI::toString)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  @Override
  public List<Api> apis() {
    return List.copyOf(endpoints.keySet());
  }

  @Override
  public URI endpoint(Api api) {
    return endpoints.get(api);
  }

  @Override
  public String host(Api api) {
    return hosts.get(api);
  }

  @Override
  public Optional<ProxyServer> proxy(Api api) {
    return Optional.ofNullable(proxies.get(api));
  }

  /**
   * Returns the configured request rate, reduced so that jitter cannot exceed the limit of an API.
   */
  @Override
  public int maxRps() {
    return apis().stream()
        .mapToInt(api -> Math.max(1, api.limit().requests() * 3 / 4 / api.limit().seconds()))
        .reduce(configuredMaxRps, Math::min);
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public boolean usesSharedAccount() {
    return true;
  }

  @Override
  public Optional<String> loadTestBlockedBy(Api api) {
    String host = plain(endpoint(api).getHost());
    String authority = plain(endpoint(api).getRawAuthority());
    if (limitHosts.stream()
        .map(RemoteEndpoint::plain)
        .anyMatch(List.of(host, authority)::contains)) {
      return Optional.empty();
    }
    return Optional.of(
        isPublic(api, host)
            ? host
                + " is a public endpoint, where load hits every user of the account: none is sent"
                + " unless limit.hosts names it"
            : "limit.hosts does not name " + host + ", so no load is sent there");
  }

  private static String plain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Returns true for the documented domain and its subdomains, including regional ones. */
  private static boolean isPublic(Api api, String host) {
    String[] labels = api.domain().split("\\.", -1);
    String family = labels[labels.length - 2] + "." + labels[labels.length - 1];
    return host.equals(family) || host.endsWith("." + family);
  }

  @Override
  public boolean includes(Clause clause) {
    return filter.test(clause);
  }

  @Override
  public boolean canTriggerEveryClause() {
    return false;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (Api api : apis()) {
      settings.put(api.id() + ".endpoint", endpoint(api).toString());
      settings.put(api.id() + ".host", host(api));
      proxy(api).ifPresent(proxy -> settings.put(api.id() + ".proxy", proxy.toString()));
    }
    settings.put("region", region);
    settings.put("max.rps", Integer.toString(maxRps()));
    maxRequests.ifPresent(calls -> settings.put("max.requests", Integer.toString(calls)));
    maxDuration.ifPresent(d -> settings.put("max.duration", Long.toString(d.toSeconds())));
    settings.put("limit.hosts", String.join(",", limitHosts));
    limitTestOptions.secondRegion().ifPresent(other -> settings.put("limit.region", other));
    truststore.ifPresent(t -> settings.put("truststore", t.file().toString()));
    recordingDirectory.ifPresent(folder -> settings.put("record", folder.toString()));
    settings.put("clause", filter.glob());
    return settings;
  }

  @Override
  public String startupMessage() {
    String where =
        apis().stream()
            .map(
                api ->
                    "%s to %s%s%s"
                        .formatted(
                            api.id(),
                            endpoint(api),
                            host(api).equals(endpoint(api).getRawAuthority())
                                ? ""
                                : " as Host " + host(api),
                            proxy(api).map(proxy -> " through the proxy " + proxy).orElse("")))
            .collect(Collectors.joining(", "));
    String load =
        apis().stream()
            .map(
                api ->
                    "%s limit simulations for %s%s"
                        .formatted(
                            loadTestBlockedBy(api).isEmpty() ? "with" : "no",
                            api.id(),
                            loadTestBlockedBy(api).map(why -> " (" + why + ")").orElse("")))
            .collect(Collectors.joining(", "));
    String reduced =
        maxRps() < configuredMaxRps
            ? " (%d asked for, at which jitter alone would reach the limit)"
                .formatted(configuredMaxRps)
            : "";
    return "About to send: %s; region %s; at most %d calls per second and API%s, %s calls and %s s in all; %s"
        .formatted(
            where,
            region,
            maxRps(),
            reduced,
            maxRequests.isPresent() ? maxRequests.getAsInt() : "any number of",
            maxDuration.map(Duration::toSeconds).map(String::valueOf).orElse("any number of"),
            load);
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
