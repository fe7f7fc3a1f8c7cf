package asyncinfo.config;

import static asyncinfo.config.TargetKind.REPLAY;
import static asyncinfo.config.TargetKind.STAGING;
import static asyncinfo.config.TargetKind.STUB;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.ratelimit.Workload.WorkloadSize;
import asyncinfo.stub.LimiterOption;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * All settings, one row each. Reading, validation, error messages and the table of
 * src/test/README.md follow from it.
 */
final class SettingTable {
  static final int DEFAULT_MAX_RPS = 5;

  /** The default for the suites of an API; the simulation's own need is added. */
  static final int SUITE_REQUESTS = 500;

  static final Duration DEFAULT_MAX_DURATION = Duration.ofMinutes(10);

  private static final int DAY_SECONDS = 86_400;
  private static final int LONGEST_AGE_DAYS = 36_500;
  private static final Set<TargetKind> ANY = Set.of(STUB, STAGING, REPLAY);

  private final List<Setting<?>> all = new ArrayList<>();
  private final Map<Api, Setting<URI>> endpoints = new LinkedHashMap<>();
  private final Map<Api, Setting<String>> hosts = new LinkedHashMap<>();

  final Setting<TargetKind> target;
  final Setting<Path> settings;
  final Setting<LimiterOption> stubLimit;
  final Setting<String> region;
  final Setting<Path> fixtures;
  final Setting<Path> waivers;
  final Setting<Path> truststore;
  final Setting<String> truststorePassword;
  final Setting<Integer> maxRps;
  final Setting<Integer> maxRequests;
  final Setting<Duration> maxDuration;
  final Setting<Optional<WorkloadSize>> limit;
  final Setting<List<String>> limitHosts;
  final Setting<String> limitRegion;
  final Setting<ClauseFilter> clause;
  final Setting<Path> baseline;
  final Setting<Path> record;
  final Setting<Path> recordings;
  final Setting<Path> replay;
  final Setting<Integer> evidenceMaxAge;
  final Setting<Boolean> strict;

  /**
   * @param folder the folder from which relative paths start
   */
  SettingTable(Specification specification, Path folder) {
    Function<String, Path> path = folder::resolve;
    for (Api api : specification.apis()) {
      endpoints.put(
          api,
          new Setting<>(
              api.id() + ".endpoint",
              Set.of(STAGING),
              "",
              "base URL of " + api.id() + "; an API without one is not judged",
              SettingParsers::baseUrl));
      hosts.put(
          api,
          new Setting<>(
              api.id() + ".host",
              Set.of(STAGING),
              "",
              "Host header to send and sign, where it differs from the URL",
              SettingParsers::hostHeader));
    }
    target =
        row(
            "target",
            ANY,
            "stub",
            "`stub`, `staging` or `replay`; `-Pstaging` and `-Dreplay` set it",
            TargetKind::parse);
    settings = row("settings", ANY, "", "file of settings (HOCON, JSON or `.properties`)", path);
    stubLimit =
        row(
            "stub.limit",
            Set.of(STUB),
            "",
            "limiter of the stub in place of the documented one: a number, `none` or a kind;"
                + " an unknown kind lists all",
            LimiterOption::parse);
    region =
        row(
            "region",
            Set.of(STAGING),
            TargetEndpoint.DEFAULT_REGION,
            "region that requests name",
            SettingParsers::region);
    fixtures =
        row(
            "fixtures",
            Set.of(STAGING),
            "",
            "JSON file, or folder of them: the request parameters that trigger a clause",
            path);
    waivers = row("waivers", ANY, "", "YAML or JSON file of accepted violations", path);
    truststore =
        row(
            "truststore",
            Set.of(STAGING),
            "",
            "PKCS12 file of trusted certificates in place of the JDK's",
            path);
    truststorePassword =
        row(
            "truststore.password",
            Set.of(STAGING),
            "",
            "password of that file",
            Function.identity());
    maxRps =
        row(
            "max.rps",
            Set.of(STAGING),
            Integer.toString(DEFAULT_MAX_RPS),
            "functional requests per second and API, up to three quarters of the limit",
            SettingParsers.wholeNumber(slowestLimit(specification)));
    maxRequests =
        row(
            "max.requests",
            Set.of(STAGING),
            "%d for each API, and what its simulation may need".formatted(SUITE_REQUESTS),
            "requests per run, simulations included",
            SettingParsers.wholeNumber(Integer.MAX_VALUE));
    maxDuration =
        row(
            "max.duration",
            Set.of(STAGING),
            Long.toString(DEFAULT_MAX_DURATION.toSeconds()),
            "seconds for the suites and simulations of a run together",
            SettingParsers.wholeNumber(DAY_SECONDS).andThen(Duration::ofSeconds));
    limit =
        row(
            "limit",
            Set.of(STUB, STAGING),
            "standard",
            "workload of the limit simulation: `standard`, `extended` or `off`",
            SettingParsers::workloadSize);
    limitHosts =
        row(
            "limit.hosts",
            Set.of(STAGING),
            "",
            "hosts on which the limit simulation may run, separated by commas; no wildcards",
            SettingParsers::hosts);
    limitRegion =
        row(
            "limit.region",
            Set.of(STAGING),
            "",
            "second region, to see whether it has a limit of its own",
            SettingParsers::region);
    clause =
        row(
            "clause",
            ANY,
            "*",
            "glob over clause ids; only matching clauses are judged",
            ClauseFilter::new);
    baseline =
        row(
            "baseline",
            ANY,
            "",
            "`conformance.json` of an earlier run; the report lists what changed",
            path);
    record = row("record", Set.of(STAGING), "", "folder that gets a recording of this run", path);
    recordings =
        row(
            "recordings",
            ANY,
            "`record`",
            "folder of recordings; the report shows when each clause was last seen live",
            path);
    replay =
        row(
            "replay",
            Set.of(REPLAY),
            "",
            "recording, or folder of recordings (the latest counts), to judge again; `-D` only",
            path);
    evidenceMaxAge =
        row(
            "evidence.max.age",
            ANY,
            "",
            "days after which a clause must be seen live again; older evidence, or none, fails",
            SettingParsers.wholeNumber(LONGEST_AGE_DAYS));
    strict =
        row(
            "strict",
            ANY,
            "false",
            "whether DEVIATES turns the build red; on the stub it always does",
            SettingParsers::bool);
    endpoints.forEach(
        (api, endpoint) -> {
          all.add(endpoint);
          all.add(hosts.get(api));
        });
  }

  private <T> Setting<T> row(
      String name,
      Set<TargetKind> targets,
      String defaultText,
      String help,
      Function<String, T> parser) {
    Setting<T> setting = new Setting<>(name, targets, defaultText, help, parser);
    all.add(setting);
    return setting;
  }

  private static int slowestLimit(Specification specification) {
    return specification.apis().stream()
        .mapToInt(api -> Math.max(1, api.limit().requests() / api.limit().seconds()))
        .min()
        .orElseThrow();
  }

  Setting<URI> endpoint(Api api) {
    return endpoints.get(api);
  }

  Setting<String> host(Api api) {
    return hosts.get(api);
  }

  /** Returns every setting, those of the APIs last. */
  List<Setting<?>> all() {
    return List.copyOf(all);
  }

  List<String> names() {
    return all.stream().map(Setting::name).toList();
  }

  Optional<Setting<?>> named(String name) {
    return all.stream().filter(setting -> setting.name().equals(name)).findFirst();
  }
}
