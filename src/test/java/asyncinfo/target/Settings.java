package asyncinfo.target;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.stub.Stub;
import asyncinfo.wire.Credentials;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings of a run, from system properties ({@code -D}) and, under the same names in upper
 * case with underscores, from the environment. Credentials come from the environment alone.
 */
public final class Settings {
  /** Where the data of the calls lives, when nothing else is set. */
  public static final String DEFAULT_REGION = "ap-guangzhou";

  private static final int DEFAULT_PACE = 5;
  private static final String TARGET = "target";
  private static final String STUB_LIMIT = "stub.limit";
  private static final String REGION = "region";
  private static final String PROVOCATIONS = "provocations";
  private static final String PACE = "pace";
  private static final String LIMIT_HOSTS = "limit.hosts";
  private static final String CLAUSE = "clause";

  private final Catalogue catalogue;
  private final Config config;
  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  private Settings(
      Catalogue catalogue, Map<String, String> properties, Map<String, String> environment) {
    this.catalogue = catalogue;
    this.environment = environment;
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : keys()) {
      String upper = key.toUpperCase(Locale.ROOT).replace('.', '_');
      Optional.ofNullable(environment.get(upper)).ifPresent(value -> values.put(key, value));
      Optional.ofNullable(properties.get(key)).ifPresent(value -> values.put(key, value));
    }
    this.config = ConfigFactory.parseMap(values, "settings");
  }

  /** The settings of this process. */
  public static Settings ofProcess(Catalogue catalogue) {
    Map<String, String> properties = new LinkedHashMap<>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(n -> properties.put(n, System.getProperty(n)));
    return new Settings(catalogue, properties, System.getenv());
  }

  /** The given settings, for tests. */
  public static Settings of(
      Catalogue catalogue, Map<String, String> properties, Map<String, String> environment) {
    return new Settings(catalogue, properties, environment);
  }

  private List<String> keys() {
    List<String> keys =
        new ArrayList<>(
            List.of(TARGET, STUB_LIMIT, REGION, PROVOCATIONS, PACE, LIMIT_HOSTS, CLAUSE));
    for (Api api : catalogue.apis()) {
      keys.add(endpointKey(api));
      keys.add(hostKey(api));
    }
    return keys;
  }

  private static String endpointKey(Api api) {
    return api.product() + ".endpoint";
  }

  private static String hostKey(Api api) {
    return api.product() + ".host";
  }

  /**
   * Opens the target that the settings name.
   *
   * @throws SettingsException with all problems, before anything is sent
   */
  public Target open() {
    problems.clear();
    String target = text(TARGET).orElse("stub");
    Optional<Target> opened =
        switch (target) {
          case "stub" -> stub();
          case "staging" -> staging();
          default -> {
            problems.add("target: \"" + target + "\" is neither stub nor staging");
            yield Optional.empty();
          }
        };
    if (!problems.isEmpty()) {
      opened.ifPresent(Target::close);
      throw new SettingsException(problems);
    }
    return opened.orElseThrow();
  }

  private Optional<Target> stub() {
    Stub.Options options = Stub.Options.of(catalogue);
    Optional<String> limit = text(STUB_LIMIT);
    if (limit.isPresent() && !limit.get().equals("none")) {
      OptionalInt requests = number(STUB_LIMIT);
      if (requests.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new StubTarget(catalogue, options.withLimit(requests.getAsInt()), filter()));
    }
    return Optional.of(
        new StubTarget(catalogue, limit.isPresent() ? options.withLimit(0) : options, filter()));
  }

  private Optional<Target> staging() {
    Map<Api, URI> endpoints = new LinkedHashMap<>();
    Map<Api, String> hosts = new LinkedHashMap<>();
    for (Api api : catalogue.apis()) {
      endpoint(api)
          .ifPresent(
              endpoint -> {
                endpoints.put(api, endpoint);
                hosts.put(api, text(hostKey(api)).orElse(endpoint.getRawAuthority()));
              });
    }
    if (endpoints.isEmpty() && problems.isEmpty()) {
      problems.add(
          "no endpoint: set one of "
              + String.join(", ", catalogue.apis().stream().map(Settings::endpointKey).toList()));
    }
    String secretId = secret("TENCENTCLOUD_SECRET_ID");
    String secretKey = secret("TENCENTCLOUD_SECRET_KEY");
    Provocations provocations =
        text(PROVOCATIONS)
            .map(
                file -> {
                  try {
                    return Provocations.read(Path.of(file), catalogue);
                  } catch (SettingsException e) {
                    e.getMessage().lines().forEach(problems::add);
                    return Provocations.none();
                  }
                })
            .orElse(Provocations.none());
    int pace = text(PACE).isPresent() ? number(PACE).orElse(DEFAULT_PACE) : DEFAULT_PACE;
    List<String> limitHosts =
        text(LIMIT_HOSTS).map(s -> List.of(s.split("\\s*,\\s*", -1))).orElse(List.of());
    return Optional.of(
        new StagingTarget(
            endpoints,
            hosts,
            text(REGION).orElse(DEFAULT_REGION),
            new Credentials(
                secretId, secretKey, Optional.ofNullable(environment.get("TENCENTCLOUD_TOKEN"))),
            provocations,
            pace,
            limitHosts,
            filter()));
  }

  private ClauseFilter filter() {
    ClauseFilter filter = text(CLAUSE).map(ClauseFilter::new).orElse(ClauseFilter.ALL);
    if (catalogue.clauses().stream().noneMatch(filter)) {
      problems.add(
          CLAUSE
              + ": \""
              + filter.glob()
              + "\" matches no clause; `mvn -q test -Dclauses` lists all");
    }
    return filter;
  }

  private Optional<URI> endpoint(Api api) {
    return text(endpointKey(api))
        .flatMap(
            url -> {
              try {
                URI uri = URI.create(url);
                if (List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null) {
                  return Optional.of(uri);
                }
              } catch (IllegalArgumentException e) {
                // Reported below, like a URL without scheme or host.
              }
              problems.add(
                  endpointKey(api)
                      + ": \""
                      + url
                      + "\" is no base URL; write it like https://host:8443");
              return Optional.empty();
            });
  }

  private String secret(String name) {
    String value = environment.getOrDefault(name, "");
    if (value.isEmpty()) {
      problems.add(name + " is not set in the environment; staging calls have to be signed");
    }
    return value;
  }

  private Optional<String> text(String key) {
    return config.hasPath(key) && !config.getString(key).isBlank()
        ? Optional.of(config.getString(key))
        : Optional.empty();
  }

  private OptionalInt number(String key) {
    try {
      int value = config.getInt(key);
      if (value > 0) {
        return OptionalInt.of(value);
      }
    } catch (ConfigException e) {
      // Reported below, like a number that is too small.
    }
    problems.add(key + ": \"" + config.getString(key) + "\" is no positive whole number");
    return OptionalInt.empty();
  }
}
