package asyncinfo.target;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.wire.Credentials;
import asyncinfo.wire.Timeouts;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Endpoints that settings name, called with one key at a set pace. */
final class StagingTarget implements Target {
  private final Map<Api, URI> endpoints;
  private final Map<Api, String> hosts;
  private final String region;
  private final Credentials credentials;
  private final Provocations provocations;
  private final int pace;
  private final List<String> limitHosts;
  private final ClauseFilter filter;

  StagingTarget(
      Map<Api, URI> endpoints,
      Map<Api, String> hosts,
      String region,
      Credentials credentials,
      Provocations provocations,
      int pace,
      List<String> limitHosts,
      ClauseFilter filter) {
    this.endpoints = endpoints;
    this.hosts = hosts;
    this.region = region;
    this.credentials = credentials;
    this.provocations = provocations;
    this.pace = pace;
    this.limitHosts = limitHosts;
    this.filter = filter;
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
  public String region() {
    return region;
  }

  @Override
  public Credentials credentials() {
    return credentials;
  }

  @Override
  public Provocations provocations() {
    return provocations;
  }

  @Override
  public Timeouts timeouts() {
    return Timeouts.DEFAULT;
  }

  @Override
  public int pace() {
    return pace;
  }

  @Override
  public Optional<String> loadForbidden(Api api) {
    String host = endpoint(api).getHost();
    return limitHosts.contains(host)
        ? Optional.empty()
        : Optional.of("limit.hosts does not name " + host + ", so no load is sent there");
  }

  @Override
  public boolean wants(Clause clause) {
    return filter.test(clause);
  }

  @Override
  public boolean promisesEveryClause() {
    return false;
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
