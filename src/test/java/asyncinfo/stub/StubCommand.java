package asyncinfo.stub;

import asyncinfo.client.Credentials;
import asyncinfo.client.CredentialsFile;
import asyncinfo.contract.Api;
import asyncinfo.contract.ModuleFolder;
import asyncinfo.contract.Specification;
import com.github.tomakehurst.wiremock.common.FatalStartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the stub on a port until it is stopped, for SDKs, polling clients and CI jobs. */
@Command(
    name = "stub",
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Serves the documented APIs as the real gateway does: verifies signatures, enforces the"
            + " rate limit.%n",
    footer = {
      "",
      "Without --credentials the stub accepts the key in TENCENTCLOUD_SECRET_ID and",
      "TENCENTCLOUD_SECRET_KEY; without these it creates a key and writes it to",
      "<directory>/credentials. WireMock's admin API is at /__admin."
    })
public final class StubCommand implements Callable<Integer> {
  private static final String SECRET_ID = Credentials.SECRET_ID_VARIABLE;
  private static final String SECRET_KEY = Credentials.SECRET_KEY_VARIABLE;
  private static final String TOKEN = Credentials.TOKEN_VARIABLE;

  private final Map<String, String> environment;
  private final Specification specification = Specification.load();

  @Spec private CommandSpec command;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "port for http, 0 for a free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--https-port",
      paramLabel = "N",
      description =
          "also serve https on this port, 0 for a free one, with a certificate for this run;"
              + " clients trust it by <directory>/truststore.p12 (password changeit) or"
              + " <directory>/certificate.pem")
  private Integer httpsPort;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "address to listen on (default: ${DEFAULT-VALUE}; 0.0.0.0 for all)")
  private String address;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "the keys to accept, in the SDKs' format: a [profile] each with secret_id, secret_key"
              + " and, for a temporary key, token")
  private Path credentials;

  @Option(
      names = "--limit",
      paramLabel = "N|none|MODEL",
      description =
          "requests per period for each SecretId, API and region, or a limiter model such as"
              + " sliding-log (default: as each API documents it)")
  private String limit;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "where certificate and created key are written (default: target/stub)")
  private Path directory = ModuleFolder.resolve("target", "stub");

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description =
          "also accept this region, which stubs/gateway.json does not list; may be repeated")
  private Set<String> regions = Set.of();

  /** Creates the command with the environment of this process. */
  public StubCommand() {
    this(System.getenv());
  }

  StubCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    LimiterOption limiter = limiter();
    try {
      Files.createDirectories(directory);
      Map<String, Credentials> keys = keys();
      Optional<Stub.Https> https =
          httpsPort == null
              ? Optional.empty()
              : Optional.of(new Stub.Https(httpsPort, certificate()));
      Stub stub =
          Stub.start(
              Stub.Options.of(specification)
                  .withListener(new Stub.Listener(address, port, https))
                  .withLimiter(limiter)
                  .withRegions(regions));
      keys.values().forEach(stub.accounts()::add);
      serve(stub, keys.size(), limiter);
      return CommandLine.ExitCode.OK;
    } catch (IOException | FatalStartupException e) {
      throw new ParameterException(command.commandLine(), oneLine(e), e);
    }
  }

  private String oneLine(Exception e) {
    if (!(e instanceof FatalStartupException)) {
      return e.getMessage();
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String ports = httpsPort == null ? "port " + port : "ports " + port + " and " + httpsPort;
    return "cannot listen on " + address + ", " + ports + ": " + root.getMessage();
  }

  private LimiterOption limiter() {
    try {
      return limit == null ? LimiterOption.DOCUMENTED : LimiterOption.parse(limit);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          command.commandLine(), "--limit: " + e.getMessage().replace('"', '\''), e);
    }
  }

  private Map<String, Credentials> keys() throws IOException {
    if (credentials != null) {
      return CredentialsFile.read(credentials);
    }
    String secretId = environment.getOrDefault(SECRET_ID, "");
    String secretKey = environment.getOrDefault(SECRET_KEY, "");
    if (!secretId.isEmpty() && !secretKey.isEmpty()) {
      Optional<String> token =
          Optional.ofNullable(environment.get(TOKEN)).filter(text -> !text.isEmpty());
      return Map.of(CredentialsFile.DEFAULT_PROFILE, new Credentials(secretId, secretKey, token));
    }
    Map<String, Credentials> created =
        Map.of(CredentialsFile.DEFAULT_PROFILE, new CredentialStore().create());
    CredentialsFile.write(directory.resolve("credentials"), created);
    return created;
  }

  /**
   * Makes a certificate for the documented domains, regional ones included, which a client may map
   * to the stub.
   */
  private ServerCertificate certificate() throws IOException {
    GatewayData data = new GatewayData(ModuleFolder.resolve("stubs", GatewayData.FILE), regions);
    List<String> names = new ArrayList<>();
    for (Api api : specification.apis()) {
      names.add(api.domain());
      String zone = Routing.zone(api.domain());
      names.add("*" + zone);
      names.add("*.intl" + zone);
      data.regions().forEach(region -> names.add("*." + region + zone));
    }
    return ServerCertificate.generate(directory, names.stream().distinct().sorted().toList());
  }

  private void serve(Stub stub, int keys, LimiterOption limiter) throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stub.close();
                  System.out.println("stub stopped");
                }));
    System.out.println(ready(stub, keys, limiter));
    new CountDownLatch(1).await();
  }

  private String ready(Stub stub, int keys, LimiterOption limiter) {
    StringBuilder text = new StringBuilder();
    String names = specification.apis().stream().map(Api::id).collect(Collectors.joining(", "));
    text.append("stub ready: ").append(names).append(" at ").append(stub.endpoint());
    stub.httpsEndpoint().ifPresent(https -> text.append(" and ").append(https));
    text.append("; Ctrl-C stops it\n");
    stub.httpsEndpoint()
        .ifPresent(
            https ->
                text.append(
                    "  trust   %s (password %s), %s%n"
                        .formatted(
                            directory.resolve("truststore.p12"),
                            ServerCertificate.TRUST_STORE_PASSWORD,
                            directory.resolve("certificate.pem"))));
    text.append("  keys    ").append(describeKeys(keys)).append('\n');
    text.append("  limit   ")
        .append(
            limiter.equals(LimiterOption.DOCUMENTED)
                ? specification.apis().stream()
                    .map(
                        api ->
                            "%s %d per %d s"
                                .formatted(api, api.limit().requests(), api.limit().seconds()))
                    .collect(Collectors.joining(", "))
                : limiter.toString());
    return text.toString();
  }

  private String describeKeys(int keys) {
    if (credentials != null) {
      return keys + " from " + credentials;
    }
    return environment.getOrDefault(SECRET_ID, "").isEmpty()
        ? "one created for this run, in " + directory.resolve("credentials")
        : "the one in the environment";
  }
}
