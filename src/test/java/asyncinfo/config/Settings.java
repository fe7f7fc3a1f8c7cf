package asyncinfo.config;

import asyncinfo.client.Credentials;
import asyncinfo.client.CredentialsFile;
import asyncinfo.client.Timeouts;
import asyncinfo.client.Truststore;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.Fixtures;
import asyncinfo.endpoint.LimitTestOptions;
import asyncinfo.endpoint.NameSuggestion;
import asyncinfo.endpoint.RecordedEndpoint;
import asyncinfo.endpoint.RemoteEndpoint;
import asyncinfo.endpoint.SettingsException;
import asyncinfo.endpoint.StubEndpoint;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.endpoint.Waivers;
import asyncinfo.ratelimit.Workload;
import asyncinfo.recording.LiveEvidence;
import asyncinfo.recording.RecordedRun;
import asyncinfo.recording.Recording;
import asyncinfo.recording.Recordings;
import asyncinfo.stub.LimiterOption;
import asyncinfo.stub.Stub;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The settings of a run: system properties ({@code -D}) before the environment (the same names in
 * upper case with underscores) before the file that {@code settings} names. Credentials come from
 * the environment or the SDKs' credentials file alone.
 */
public final class Settings {
  private static final int DEFAULT_MAX_RPS = 5;
  private static final int DEFAULT_MAX_REQUESTS = 3_000;
  private static final int DEFAULT_MAX_DURATION = 600;

  /** Days; nobody believes older evidence. */
  private static final int LONGEST_AGE = 36_500;

  private static final String TARGET = "target";
  private static final String SETTINGS = "settings";
  private static final String STUB_LIMIT = "stub.limit";
  private static final String REGION = "region";
  private static final String FIXTURES = "fixtures";
  private static final String WAIVERS = "waivers";
  private static final String TRUSTSTORE = "truststore";
  private static final String TRUSTSTORE_PASSWORD = "truststore.password";
  private static final String MAX_RPS = "max.rps";
  private static final String MAX_REQUESTS = "max.requests";
  private static final String MAX_DURATION = "max.duration";
  private static final String LIMIT = "limit";
  private static final String LIMIT_HOSTS = "limit.hosts";
  private static final String LIMIT_REGION = "limit.region";
  private static final String CLAUSE = "clause";
  private static final String BASELINE = "baseline";
  private static final String RECORD = "record";
  private static final String RECORDINGS = "recordings";
  private static final String REPLAY = "replay";
  private static final String EVIDENCE_MAX_AGE = "evidence.max.age";
  private static final String STRICT = "strict";

  /** Settings that say something about any run. */
  private static final List<String> OF_ANY_RUN =
      List.of(TARGET, SETTINGS, WAIVERS, CLAUSE, BASELINE, RECORDINGS, EVIDENCE_MAX_AGE, STRICT);

  private static final String SECRET_ID = Credentials.SECRET_ID_VARIABLE;
  private static final String SECRET_KEY = Credentials.SECRET_KEY_VARIABLE;
  private static final String TOKEN = Credentials.TOKEN_VARIABLE;
  private static final String SECOND_SECRET_ID = "TENCENTCLOUD_SECOND_SECRET_ID";
  private static final String SECOND_SECRET_KEY = "TENCENTCLOUD_SECOND_SECRET_KEY";
  private static final String SECOND_TOKEN = "TENCENTCLOUD_SECOND_TOKEN";
  private static final List<String> SECRETS =
      List.of(SECRET_ID, SECRET_KEY, TOKEN, SECOND_SECRET_ID, SECOND_SECRET_KEY, SECOND_TOKEN);

  /** Properties of the build that are spelt like settings. */
  private static final Set<String> OF_THE_BUILD = Set.of("clauses");

  /** The property of a build that compares a page, and judges nothing. */
  private static final String PAGE = "page";

  /** The names of the interface in a product's own settings. */
  private static final List<String> PER_PRODUCT = List.of("endpoint", "host");

  private final Specification specification;
  private final Map<String, String> properties;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();
  private Optional<LiveEvidence> liveEvidence = Optional.empty();
  private OptionalInt maxAge = OptionalInt.empty();

  private Settings(
      Specification specification,
      Map<String, String> properties,
      Map<String, String> environment,
      InstantSource clock) {
    this.specification = specification;
    this.properties = properties;
    this.environment = environment;
    this.clock = clock;
  }

  /** The settings of this process. */
  public static Settings ofProcess(Specification specification) {
    Map<String, String> properties = new LinkedHashMap<>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(n -> properties.put(n, System.getProperty(n)));
    return new Settings(specification, properties, System.getenv(), InstantSource.system());
  }

  /** The given settings, for tests. */
  public static Settings of(
      Specification specification,
      Map<String, String> properties,
      Map<String, String> environment) {
    return new Settings(specification, properties, environment, InstantSource.system());
  }

  /** The same at another time, which decides whether waivers are in force. */
  public Settings at(InstantSource other) {
    return new Settings(specification, properties, environment, other);
  }

  /**
   * Opens the target that the settings name.
   *
   * @throws SettingsException with all problems, before anything is sent
   */
  public TargetEndpoint open() {
    problems.clear();
    values.clear();
    collect();
    String target = text(TARGET).orElse(hasStub() ? "stub" : "staging");
    Optional<TargetEndpoint> opened =
        switch (target) {
          case "stub" -> hasStub() ? stub() : noStub();
          case "staging" -> staging();
          case "replay" -> replay();
          default -> {
            problems.add("target: \"" + target + "\" is neither stub nor staging nor replay");
            yield Optional.empty();
          }
        };
    readLiveEvidence(target);
    if (!problems.isEmpty()) {
      opened.ifPresent(TargetEndpoint::close);
      throw new SettingsException(problems);
    }
    return opened.orElseThrow();
  }

  /**
   * The {@code conformance.json} of an earlier run, to compare with; known once {@link #open} has
   * read the settings.
   */
  public Optional<Path> earlierReport() {
    return text(BASELINE).map(Path::of);
  }

  /**
   * What recordings say of each clause; empty where the settings name none. Known once {@link
   * #open} has read the settings.
   */
  public Optional<LiveEvidence> liveEvidence() {
    return liveEvidence;
  }

  /**
   * How old the last live evidence of a clause may be, in days; empty where it may be of any age.
   * Known once {@link #open} has read the settings.
   */
  public OptionalInt maxAge() {
    return maxAge;
  }

  /** What this process was told, by setting; the file that {@code settings} names is not read. */
  public Map<String, String> explicitSettings() {
    Map<String, String> explicitSettings = new LinkedHashMap<>();
    keys()
        .forEach(
            key -> first(key).ifPresent(value -> explicitSettings.put(inEnvironment(key), value)));
    return explicitSettings;
  }

  // ---- where settings come from

  private void collect() {
    refuseSecretsInProperties();
    refuseMisspeltNames();
    if (properties.containsKey(PAGE)) {
      problems.add(
          "page: a page is compared by `mvn -q test -Dpage=FILE`, which judges nothing; name a"
              + " file, or leave it out");
    }
    Optional<String> file = first(SETTINGS);
    file.ifPresent(
        name -> {
          try {
            SettingsFile.read(Path.of(name)).forEach(this::takeFromFile);
          } catch (IOException e) {
            problems.add("settings: " + e.getMessage());
          }
        });
    keys().forEach(key -> first(key).ifPresent(value -> values.put(key, value)));
  }

  private void takeFromFile(String key, String value) {
    String where =
        "settings: " + properties.getOrDefault(SETTINGS, environment.get(inEnvironment(SETTINGS)));
    if (isSecret(key)) {
      problems.add(
          where
              + ": "
              + key
              + " does not belong here; it comes from the environment or the SDKs' credentials"
              + " file");
    } else if (key.equals(TARGET) || key.equals(SETTINGS)) {
      problems.add(where + ": " + key + " cannot be set in the file");
    } else if (!keys().contains(key)) {
      problems.add("%s: there is no setting %s%s".formatted(where, key, hint(key)));
    } else {
      values.put(key, value);
    }
  }

  /** The value of a setting by property or environment; a blank one counts as none. */
  private Optional<String> first(String key) {
    return Optional.ofNullable(properties.get(key))
        .filter(value -> !value.isBlank())
        .or(() -> Optional.ofNullable(environment.get(inEnvironment(key))))
        .filter(value -> !value.isBlank())
        .map(String::strip);
  }

  private static String inEnvironment(String key) {
    return "CONFORMANCE_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  private Set<String> keys() {
    Set<String> keys =
        new LinkedHashSet<>(
            List.of(
                TARGET,
                SETTINGS,
                STUB_LIMIT,
                REGION,
                FIXTURES,
                WAIVERS,
                TRUSTSTORE,
                TRUSTSTORE_PASSWORD,
                MAX_RPS,
                MAX_REQUESTS,
                MAX_DURATION,
                LIMIT,
                LIMIT_HOSTS,
                LIMIT_REGION,
                CLAUSE,
                BASELINE,
                RECORD,
                RECORDINGS,
                REPLAY,
                EVIDENCE_MAX_AGE,
                STRICT));
    for (Api api : specification.apis()) {
      PER_PRODUCT.forEach(name -> keys.add(api.product() + "." + name));
    }
    return keys;
  }

  /** Settings that say something about endpoints, and nothing about the stub. */
  private List<String> keysOfStaging() {
    return keys().stream()
        .filter(k -> !OF_ANY_RUN.contains(k))
        .filter(k -> !List.of(STUB_LIMIT, LIMIT, RECORD, REPLAY).contains(k))
        .toList();
  }

  private void refuseSecretsInProperties() {
    properties.keySet().stream()
        .filter(Settings::isSecret)
        .sorted()
        .forEach(
            key ->
                problems.add(
                    "-D"
                        + key
                        + " shows a secret to everyone who can list processes; set it in the"
                        + " environment or in the SDKs' credentials file"));
  }

  private static boolean isSecret(String key) {
    String letters = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return List.of("secretid", "secretkey")
            .contains(letters.replace("tencentcloud", "").replace("second", ""))
        || List.of("tencentcloudtoken", "tencentcloudsecondtoken").contains(letters);
  }

  /**
   * The properties of a process hold the JVM's and Maven's own too, so only a name that comes near
   * to a setting's, or stands in a family of settings, is taken for a misspelt one.
   */
  private void refuseMisspeltNames() {
    properties.keySet().stream()
        .filter(key -> !keys().contains(key) && !OF_THE_BUILD.contains(key) && !isSecret(key))
        .filter(key -> !key.equals(PAGE))
        .filter(key -> isOfAFamily(key) || NameSuggestion.nearest(key, keys()).isPresent())
        .sorted()
        .forEach(key -> problems.add("there is no setting " + key + hint(key)));
  }

  /** Whoever judges endpoints has set up the environment for it; other builds have their own. */
  private void refuseMisspeltVariables() {
    List<String> names = new ArrayList<>(keys().stream().map(Settings::inEnvironment).toList());
    names.addAll(SECRETS);
    environment.keySet().stream()
        .filter(name -> name.length() > 7 && !names.contains(name))
        .filter(name -> name.equals(name.toUpperCase(Locale.ROOT)))
        .filter(name -> NameSuggestion.nearest(name, names).isPresent())
        .sorted()
        .forEach(
            name ->
                problems.add(
                    "there is no setting "
                        + name
                        + " in the environment"
                        + NameSuggestion.hint(name, names)));
  }

  private boolean isOfAFamily(String key) {
    return key.matches("[a-z]+\\.endpoint")
        || keys().stream()
            .filter(known -> known.contains("."))
            .anyMatch(known -> key.startsWith(known.substring(0, known.indexOf('.') + 1)));
  }

  private String hint(String key) {
    return NameSuggestion.nearest(key, keys())
        .map(name -> "; did you mean " + name + "?")
        .orElseGet(() -> "; there are " + String.join(", ", keys()));
  }

  // ---- targets

  /** The package for Gatling's distributed engine is made without it. */
  private static boolean hasStub() {
    return Settings.class.getResource("/asyncinfo/endpoint/StubEndpoint.class") != null;
  }

  private Optional<TargetEndpoint> noStub() {
    problems.add("target: there is no stub in this package; set target to staging, and endpoints");
    return Optional.empty();
  }

  private Optional<TargetEndpoint> stub() {
    keysOfStaging().stream()
        .filter(key -> values.containsKey(key) && !isFromEnvironment(key))
        .forEach(
            key ->
                problems.add(
                    key + ": the stub is judged, which has no such setting; add -Pstaging"));
    if (explicitSettings(RECORD)) {
      problems.add(
          RECORD
              + ": the stub is judged, and a recording is evidence of an endpoint; add -Pstaging");
    }
    refuseReplay();
    Stub.Options options = Stub.Options.of(specification).withLimiter(stubLimiter());
    return Optional.of(new StubEndpoint(specification, options, waivers(), size(), filter()));
  }

  private LimiterOption stubLimiter() {
    try {
      return text(STUB_LIMIT).map(LimiterOption::parse).orElse(LimiterOption.DOCUMENTED);
    } catch (IllegalArgumentException e) {
      problems.add(STUB_LIMIT + ": " + e.getMessage());
      return LimiterOption.DOCUMENTED;
    }
  }

  private Optional<Workload.WorkloadSize> size() {
    String text = text(LIMIT).orElse("standard");
    return switch (text) {
      case "standard" -> Optional.of(Workload.WorkloadSize.STANDARD);
      case "extended" -> Optional.of(Workload.WorkloadSize.EXTENDED);
      case "off" -> Optional.empty();
      default -> {
        problems.add(LIMIT + ": \"" + text + "\" is neither standard nor extended nor off");
        yield Optional.empty();
      }
    };
  }

  /** The build leaves out what sends, if it is told by this name. */
  private void refuseReplay() {
    if (explicitSettings(REPLAY)) {
      problems.add(REPLAY + ": set it on the command line alone, as -D" + REPLAY + "=…");
    }
  }

  /** Whether a setting is meant for this run. */
  private boolean explicitSettings(String key) {
    return values.containsKey(key) && !isFromEnvironment(key);
  }

  /** A variable may be there for another build of the same machine. */
  private boolean isFromEnvironment(String key) {
    return !properties.containsKey(key) && environment.containsKey(inEnvironment(key));
  }

  private Optional<TargetEndpoint> staging() {
    refuseMisspeltVariables();
    refuseReplay();
    if (values.containsKey(STUB_LIMIT) && !isFromEnvironment(STUB_LIMIT)) {
      problems.add(STUB_LIMIT + ": endpoints are judged, and no stub; leave out -Pstaging or this");
    }
    Map<Api, URI> endpoints = new LinkedHashMap<>();
    Map<Api, String> hosts = new LinkedHashMap<>();
    for (Api api : specification.apis()) {
      Optional<String> host = host(api);
      endpoint(api)
          .ifPresent(
              endpoint -> {
                endpoints.put(api, endpoint);
                hosts.put(api, host.orElse(endpoint.getRawAuthority()));
              });
      if (host.isPresent() && text(endpointKey(api)).isEmpty()) {
        problems.add("%s is set and %s is not".formatted(hostKey(api), endpointKey(api)));
      }
    }
    if (specification.apis().stream().allMatch(api -> text(endpointKey(api)).isEmpty())) {
      problems.add(
          "no endpoint: set one of "
              + String.join(
                  ", ", specification.apis().stream().map(Settings::endpointKey).toList()));
    }
    return Optional.of(
        new RemoteEndpoint(
            endpoints,
            hosts,
            region(),
            credentials(),
            fixtures(),
            waivers(),
            truststore(),
            numberOr(MAX_RPS, DEFAULT_MAX_RPS, slowestLimit()),
            Timeouts.DEFAULT,
            OptionalInt.of(numberOr(MAX_REQUESTS, DEFAULT_MAX_REQUESTS, Integer.MAX_VALUE)),
            Optional.of(Duration.ofSeconds(numberOr(MAX_DURATION, DEFAULT_MAX_DURATION, 86_400))),
            limitHosts(),
            limitTestOptions(),
            filter(),
            recordingDirectory(),
            strict()));
  }

  private Optional<Path> recordingDirectory() {
    Optional<Path> folder = text(RECORD).map(Path::of);
    folder.ifPresent(
        path -> {
          try {
            Recordings.prepare(path);
          } catch (IOException e) {
            problems.add(RECORD + ": " + e.getMessage());
          }
        });
    return folder;
  }

  private Optional<TargetEndpoint> replay() {
    keys().stream()
        .filter(key -> !OF_ANY_RUN.contains(key) && !key.equals(REPLAY) && explicitSettings(key))
        .forEach(
            key ->
                problems.add(
                    key + ": a recording is judged again, and nothing is sent; leave it out"));
    if (text(REPLAY).isEmpty()) {
      problems.add(REPLAY + ": name a folder of recordings, as -D" + REPLAY + "=…");
      return Optional.empty();
    }
    try {
      RecordedRun run = RecordedRun.read(Path.of(text(REPLAY).get()), specification);
      return Optional.of(new RecordedEndpoint(specification, run, waivers(), filter(), strict()));
    } catch (IOException e) {
      problems.add(REPLAY + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The recordings of {@code recordings}, or else those that are written or judged again. */
  private void readLiveEvidence(String target) {
    maxAge =
        text(EVIDENCE_MAX_AGE).isPresent()
            ? number(EVIDENCE_MAX_AGE, LONGEST_AGE)
            : OptionalInt.empty();
    String key =
        text(RECORDINGS).isPresent()
            ? RECORDINGS
            : Map.of("staging", RECORD, "replay", REPLAY).getOrDefault(target, RECORDINGS);
    if (text(EVIDENCE_MAX_AGE).isPresent() && text(key).isEmpty()) {
      problems.add(
          EVIDENCE_MAX_AGE + ": set " + RECORDINGS + " too, the folder where recordings are");
    }
    boolean readable = problems.stream().noneMatch(problem -> problem.startsWith(key + ": "));
    liveEvidence = text(key).filter(path -> readable).flatMap(path -> heads(key, Path.of(path)));
  }

  private Optional<LiveEvidence> heads(String key, Path path) {
    try {
      List<Recording.Head> heads = Recordings.heads(path);
      if (heads.isEmpty() && !key.equals(RECORD)) {
        problems.add(
            "%s: %s has no recording in it; -Pstaging with -D%s=%s makes one"
                .formatted(key, path, RECORD, path));
      }
      heads.stream()
          .map(Recording.Head::when)
          .filter(when -> when.isAfter(clock.instant().plus(Duration.ofDays(1))))
          .findFirst()
          .ifPresent(
              when ->
                  problems.add(
                      "%s: %s has a recording of %s, which is yet to come; set this machine's clock right"
                          .formatted(key, path, when)));
      return Optional.of(LiveEvidence.of(heads));
    } catch (IOException e) {
      problems.add(key + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static String endpointKey(Api api) {
    return api.product() + "." + PER_PRODUCT.get(0);
  }

  private static String hostKey(Api api) {
    return api.product() + "." + PER_PRODUCT.get(1);
  }

  private int slowestLimit() {
    return specification.apis().stream()
        .mapToInt(api -> Math.max(1, api.limit().requests() / api.limit().seconds()))
        .min()
        .orElseThrow();
  }

  private Optional<URI> endpoint(Api api) {
    return text(endpointKey(api))
        .flatMap(
            url -> {
              String why = whyNoBaseUrl(url);
              if (why.isEmpty()) {
                return Optional.of(URI.create(url));
              }
              problems.add("%s: \"%s\" %s".formatted(endpointKey(api), withoutUser(url), why));
              return Optional.empty();
            });
  }

  private static String whyNoBaseUrl(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      return "is no base URL; write it like https://host:8443";
    }
    if (!List.of("http", "https").contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
        || uri.getHost() == null) {
      return "is no base URL; write it like https://host:8443";
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      return "has a port out of range; it is 1 to 65535";
    }
    if (uri.getRawUserInfo() != null) {
      return "has a user in it; calls are signed, so leave it out";
    }
    if (!List.of("", "/").contains(uri.getRawPath())
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      return "has something behind the host; API 3.0 is served at /, so leave it out";
    }
    return "";
  }

  private static String withoutUser(String url) {
    return url.replaceFirst("//[^/]*@", "//***@");
  }

  private Optional<String> host(Api api) {
    Optional<String> host = text(hostKey(api));
    if (host.isPresent()
        && !host.get().matches("[A-Za-z0-9._-]+(:[0-9]{1,5})?|\\[[0-9a-fA-F:]+].*")) {
      problems.add(
          "%s: \"%s\" is no Host header; write it like dts.example or dts.example:8443"
              .formatted(hostKey(api), host.get()));
    }
    return host;
  }

  private String region() {
    return region(REGION).orElse(TargetEndpoint.DEFAULT_REGION);
  }

  private Optional<String> region(String key) {
    Optional<String> region = text(key);
    if (region.isPresent() && !region.get().matches("[A-Za-z0-9-]+")) {
      problems.add(
          "%s: \"%s\" is no region; write it like %s"
              .formatted(key, region.get(), TargetEndpoint.DEFAULT_REGION));
    }
    return region;
  }

  private LimitTestOptions limitTestOptions() {
    Optional<String> other = region(LIMIT_REGION);
    if (other.isPresent() && other.get().equals(region())) {
      problems.add(
          "%s: \"%s\" is the region of all other calls; name another"
              .formatted(LIMIT_REGION, other.get()));
    }
    Optional<Credentials> second = ofEnvironment(SECOND_SECRET_ID, SECOND_SECRET_KEY, SECOND_TOKEN);
    if (second.isPresent()
        && second.get().secretId().equals(environment.getOrDefault(SECRET_ID, "").strip())) {
      problems.add(SECOND_SECRET_ID + " is the same as " + SECRET_ID + "; name another account");
    }
    return new LimitTestOptions(size(), other, second);
  }

  private List<String> limitHosts() {
    List<String> hosts =
        text(LIMIT_HOSTS).map(s -> List.of(s.split("\\s*,\\s*", -1))).orElse(List.of()).stream()
            .filter(host -> !host.isEmpty())
            .toList();
    hosts.stream()
        .filter(host -> !host.matches("[A-Za-z0-9._-]+(:[0-9]{1,5})?|\\[[0-9a-fA-F:]+].*"))
        .forEach(
            host ->
                problems.add(
                    "%s: \"%s\" is no host; name each host, with or without its port"
                        .formatted(LIMIT_HOSTS, host)));
    return hosts;
  }

  private Credentials credentials() {
    return ofEnvironment(SECRET_ID, SECRET_KEY, TOKEN).orElseGet(this::credentialsOfFile);
  }

  /** A key of the environment; empty where neither part of it is set. */
  private Optional<Credentials> ofEnvironment(String idName, String keyName, String tokenName) {
    String secretId = environment.getOrDefault(idName, "").strip();
    String secretKey = environment.getOrDefault(keyName, "").strip();
    Optional<String> token =
        Optional.ofNullable(environment.get(tokenName))
            .map(String::strip)
            .filter(t -> !t.isEmpty());
    if (secretId.isEmpty() && secretKey.isEmpty()) {
      return Optional.empty();
    }
    for (String name : List.of(idName, keyName)) {
      if (environment.getOrDefault(name, "").isBlank()) {
        problems.add(
            name
                + " is not set in the environment, though "
                + (name.equals(idName) ? keyName : idName)
                + " is; staging calls have to be signed");
      }
    }
    for (String name : List.of(idName, keyName, tokenName)) {
      if (environment.getOrDefault(name, "").strip().matches("(?s).*[\\s\\p{Cntrl}].*")) {
        problems.add(name + " has white space in it");
      }
    }
    return Optional.of(new Credentials(secretId, secretKey, token));
  }

  private Credentials credentialsOfFile() {
    List<Path> places =
        List.of(
            Path.of(properties.getOrDefault("user.home", "."), ".tencentcloud", "credentials"),
            Path.of("/etc/tencentcloud/credentials"));
    Optional<Path> file = places.stream().filter(Files::exists).findFirst();
    try {
      if (file.isPresent()) {
        Credentials key = CredentialsFile.read(file.get()).get(CredentialsFile.DEFAULT_PROFILE);
        if (key != null) {
          return key;
        }
        problems.add(
            "credentials: "
                + file.get()
                + ": no ["
                + CredentialsFile.DEFAULT_PROFILE
                + "] profile");
      } else {
        problems.add(
            "no credentials: staging calls have to be signed; set %s and %s in the environment, or write %s"
                .formatted(SECRET_ID, SECRET_KEY, places.get(0)));
      }
    } catch (IOException e) {
      problems.add("credentials: " + e.getMessage());
    }
    return new Credentials("", "");
  }

  private Fixtures fixtures() {
    return text(FIXTURES)
        .map(
            file -> {
              try {
                return Fixtures.read(Path.of(file), specification);
              } catch (SettingsException e) {
                e.problems().forEach(problems::add);
                return Fixtures.none();
              }
            })
        .orElse(Fixtures.none());
  }

  private Waivers waivers() {
    return text(WAIVERS)
        .map(
            file -> {
              try {
                return Waivers.read(
                    Path.of(file),
                    specification,
                    LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
              } catch (SettingsException e) {
                e.problems().forEach(problems::add);
                return Waivers.none();
              }
            })
        .orElse(Waivers.none());
  }

  private Optional<Truststore> truststore() {
    if (text(TRUSTSTORE).isEmpty() && text(TRUSTSTORE_PASSWORD).isPresent()) {
      problems.add(TRUSTSTORE_PASSWORD + " is set and " + TRUSTSTORE + " is not");
    }
    Optional<Truststore> truststore =
        text(TRUSTSTORE)
            .map(file -> new Truststore(Path.of(file), text(TRUSTSTORE_PASSWORD).orElse("")));
    truststore.ifPresent(
        store -> {
          try {
            store.context();
          } catch (IOException e) {
            problems.add(TRUSTSTORE + ": " + e.getMessage());
          }
        });
    return truststore;
  }

  /** Maven passes a bare {@code -Dstrict} as {@code true}. */
  private boolean strict() {
    String text = text(STRICT).orElse("false");
    if (!List.of("true", "false").contains(text)) {
      problems.add(STRICT + ": \"" + text + "\" is neither true nor false");
    }
    return text.equals("true");
  }

  private ClauseFilter filter() {
    ClauseFilter filter = text(CLAUSE).map(ClauseFilter::new).orElse(ClauseFilter.ALL);
    if (specification.clauses().stream().noneMatch(filter)) {
      problems.add(
          CLAUSE
              + ": \""
              + filter.glob()
              + "\" matches no clause; `mvn -q test-compile exec:java -Dexec.args=clauses` lists"
              + " all");
    }
    return filter;
  }

  // ---- values

  private Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key));
  }

  private int numberOr(String key, int otherwise, int most) {
    return text(key).isPresent() ? number(key, most).orElse(otherwise) : otherwise;
  }

  private OptionalInt number(String key, int most) {
    String text = values.get(key);
    if (text.matches("[0-9]{1,10}")) {
      long value = Long.parseLong(text);
      if (value >= 1 && value <= most) {
        return OptionalInt.of((int) value);
      }
    }
    problems.add(
        "%s: \"%s\" is no whole number from 1 %s"
            .formatted(key, text, most == Integer.MAX_VALUE ? "up" : "to " + most));
    return OptionalInt.empty();
  }
}
