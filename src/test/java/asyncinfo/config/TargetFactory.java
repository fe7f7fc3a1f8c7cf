package asyncinfo.config;

import asyncinfo.client.Timeouts;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.Fixtures;
import asyncinfo.endpoint.LimitTestOptions;
import asyncinfo.endpoint.RecordedEndpoint;
import asyncinfo.endpoint.RemoteEndpoint;
import asyncinfo.endpoint.SettingsException;
import asyncinfo.endpoint.StubEndpoint;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.endpoint.Waivers;
import asyncinfo.recording.RecordedRun;
import asyncinfo.stub.Stub;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Makes the target endpoint of each kind out of its settings, and rejects those of other kinds. */
final class TargetFactory {
  private final Specification specification;
  private final SettingTable table;
  private final SettingValues values;
  private final CredentialSettings credentials;
  private final EndpointSettings endpoints;
  private final EvidenceSettings evidence;
  private final LimitSettings limits;
  private final LocalDate today;

  /**
   * @param today the day, in UTC, on which waivers are in force or expired
   */
  TargetFactory(
      Specification specification,
      SettingTable table,
      SettingValues values,
      CredentialSettings credentials,
      ProxySettings proxies,
      EvidenceSettings evidence,
      LocalDate today) {
    this.specification = specification;
    this.table = table;
    this.values = values;
    this.credentials = credentials;
    this.evidence = evidence;
    this.endpoints = new EndpointSettings(specification, table, values, proxies);
    this.limits = new LimitSettings(table, values);
    this.today = today;
  }

  /** Returns the kind of target to judge; empty, with a problem, where its name is wrong. */
  Optional<TargetKind> kind() {
    return values.isSet(table.target)
        ? values.get(table.target)
        : Optional.of(hasStub() ? TargetKind.STUB : TargetKind.STAGING);
  }

  /** The package for Gatling's distributed engine is built without the stub. */
  private static boolean hasStub() {
    return TargetFactory.class.getResource("/asyncinfo/endpoint/StubEndpoint.class") != null;
  }

  /** Returns the target; empty, with at least one problem, where it cannot be made. */
  Optional<TargetEndpoint> open(TargetKind kind) {
    rejectSettingsOfOtherKinds(kind);
    return switch (kind) {
      case STUB -> stub();
      case STAGING -> Optional.of(staging());
      case REPLAY -> replay();
    };
  }

  private void rejectSettingsOfOtherKinds(TargetKind kind) {
    for (Setting<?> setting : table.all()) {
      if (values.isExplicit(setting) && !setting.appliesTo(kind)) {
        values.reject(setting, reasonNotToSet(setting, kind));
      }
    }
  }

  private String reasonNotToSet(Setting<?> setting, TargetKind kind) {
    // The profile that this property activates leaves out whatever sends requests.
    if (setting.equals(table.replay)) {
      return "set it on the command line only, as -Dreplay=…";
    }
    return switch (kind) {
      case STUB -> "does not apply to the stub; add -Pstaging, or remove it";
      case STAGING -> "applies to the stub only; remove it, or -Pstaging";
      case REPLAY -> "does not apply to a replay, which sends nothing; remove it";
    };
  }

  private Optional<TargetEndpoint> stub() {
    if (!hasStub()) {
      values.reject(table.target, "this package has no stub; set it to staging, and set endpoints");
      return Optional.empty();
    }
    Stub.Options options = Stub.Options.of(specification).withLimiter(limits.stubLimiter());
    return Optional.of(
        new StubEndpoint(specification, options, waivers(), limits.workloadSize(), filter()));
  }

  private TargetEndpoint staging() {
    credentials.rejectMisspeltVariables();
    Map<Api, URI> baseUrls = endpoints.baseUrls();
    String region = endpoints.region();
    LimitTestOptions limitOptions = limits.options(region, credentials.second());
    return new RemoteEndpoint(
        baseUrls,
        endpoints.hosts(baseUrls),
        endpoints.proxies(baseUrls),
        region,
        credentials.first(),
        fixtures(),
        waivers(),
        endpoints.truststore(),
        values.get(table.maxRps).orElse(SettingTable.DEFAULT_MAX_RPS),
        Timeouts.DEFAULT,
        OptionalInt.of(
            values
                .get(table.maxRequests)
                .orElseGet(() -> defaultMaxRequests(baseUrls.keySet(), limitOptions))),
        Optional.of(values.get(table.maxDuration).orElse(SettingTable.DEFAULT_MAX_DURATION)),
        limits.hosts(),
        limitOptions,
        filter(),
        evidence.recordingDirectory(),
        strict());
  }

  private static int defaultMaxRequests(Set<Api> apis, LimitTestOptions limitOptions) {
    return apis.size() * SettingTable.SUITE_REQUESTS + limitOptions.mostRequests(apis);
  }

  private Optional<TargetEndpoint> replay() {
    if (!values.isSet(table.replay)) {
      values.reject(table.replay, "set a folder of recordings, as -Dreplay=…");
    }
    return values
        .get(table.replay)
        .flatMap(
            path -> {
              try {
                RecordedRun run = RecordedRun.read(path, specification);
                return Optional.of(
                    new RecordedEndpoint(specification, run, waivers(), filter(), strict()));
              } catch (IOException e) {
                values.reject(table.replay, e.getMessage());
                return Optional.empty();
              }
            });
  }

  private Fixtures fixtures() {
    return read(table.fixtures, file -> Fixtures.read(file, specification), Fixtures.none());
  }

  private Waivers waivers() {
    return read(table.waivers, file -> Waivers.read(file, specification, today), Waivers.none());
  }

  private <T> T read(Setting<Path> setting, Function<Path, T> reader, T otherwise) {
    try {
      return values.get(setting).map(reader).orElse(otherwise);
    } catch (SettingsException e) {
      e.problems().forEach(values::reject);
      return otherwise;
    }
  }

  private boolean strict() {
    return values.get(table.strict).orElse(false);
  }

  private ClauseFilter filter() {
    ClauseFilter filter = values.get(table.clause).orElse(ClauseFilter.ALL);
    if (specification.clauses().stream().noneMatch(filter)) {
      values.reject(
          table.clause,
          "\"%s\" matches no clause; `mvn -q test-compile exec:java -Dexec.args=clauses` lists all"
              .formatted(filter.glob()));
    }
    return filter;
  }
}
