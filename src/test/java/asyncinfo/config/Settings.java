package asyncinfo.config;

import asyncinfo.contract.ModuleFolder;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.SettingsException;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.recording.LiveEvidence;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings of a run: system properties ({@code -D}), before environment variables (the same
 * names in upper case, with underscores and the prefix {@code CONFORMANCE_}), before the file that
 * {@code settings} names. Credentials come from the environment or the SDKs' credentials file.
 */
public final class Settings {
  private final Specification specification;
  private final SettingTable table;
  private final SettingSources sources;
  private final InstantSource clock;
  private Optional<Path> baseline = Optional.empty();
  private Optional<LiveEvidence> liveEvidence = Optional.empty();
  private OptionalInt maxAge = OptionalInt.empty();

  private Settings(Specification specification, SettingSources sources, InstantSource clock) {
    this.specification = specification;
    this.table = new SettingTable(specification, ModuleFolder.ofUser(sources.properties()));
    this.sources = sources;
    this.clock = clock;
  }

  /** Returns the settings of this process. */
  public static Settings ofProcess(Specification specification) {
    Map<String, String> properties = new LinkedHashMap<>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(name -> properties.put(name, System.getProperty(name)));
    return of(specification, properties, System.getenv());
  }

  /** Returns settings of the given system properties and environment variables. */
  public static Settings of(
      Specification specification,
      Map<String, String> properties,
      Map<String, String> environment) {
    return new Settings(
        specification, new SettingSources(properties, environment), InstantSource.system());
  }

  /** Returns the same settings at another time, which decides whether waivers are in force. */
  public Settings at(InstantSource other) {
    return new Settings(specification, sources, other);
  }

  /**
   * Opens the target that the settings name, and reads the evidence that they name.
   *
   * @throws SettingsException with all problems, before anything is sent
   */
  public TargetEndpoint open() {
    SettingValues values = sources.read(table);
    EvidenceSettings evidence = new EvidenceSettings(table, values, clock.instant());
    TargetFactory factory =
        new TargetFactory(
            specification,
            table,
            values,
            new CredentialSettings(sources, values),
            new ProxySettings(sources.properties(), sources.environment()),
            evidence,
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    Optional<TargetKind> kind = factory.kind();
    Optional<TargetEndpoint> target = kind.flatMap(factory::open);
    baseline = evidence.baseline();
    maxAge = evidence.maxAge();
    liveEvidence = kind.flatMap(evidence::liveEvidence);
    if (!values.problems().isEmpty()) {
      target.ifPresent(TargetEndpoint::close);
      throw new SettingsException(values.problems());
    }
    return target.orElseThrow();
  }

  /** Returns the {@code conformance.json} to compare with; known after {@link #open}. */
  public Optional<Path> baseline() {
    return baseline;
  }

  /** Returns when recordings show each clause, if settings name some; known after {@link #open}. */
  public Optional<LiveEvidence> liveEvidence() {
    return liveEvidence;
  }

  /**
   * Returns the greatest age of the last live evidence of a clause in days, empty for any age;
   * known after {@link #open}.
   */
  public OptionalInt maxAge() {
    return maxAge;
  }

  /**
   * Returns the settings that this process was given as properties or environment variables, by
   * environment variable, for a process that is to have the same ones.
   */
  public Map<String, String> explicitSettings() {
    Map<String, String> explicit = new LinkedHashMap<>();
    table
        .all()
        .forEach(
            setting ->
                sources
                    .explicit(setting)
                    .ifPresent(text -> explicit.put(setting.variable(), text)));
    return explicit;
  }
}
