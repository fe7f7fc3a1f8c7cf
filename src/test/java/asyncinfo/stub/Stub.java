package asyncinfo.stub;

import asyncinfo.contract.ModuleFolder;
import asyncinfo.contract.Specification;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.ConsoleNotifier;
import com.github.tomakehurst.wiremock.core.Options.ChunkedEncodingPolicy;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Extension;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The stub endpoint: WireMock with the mappings of {@code stubs/} behind the gateway. */
public final class Stub implements AutoCloseable {
  private static final int THREADS = 40;

  /** A limiter may delay the calls of each connection, and with each of them a thread. */
  private static final int WAITING_THREADS = 160;

  /** Lets in requests that the gateway has to reject as too long. */
  private static final int HEADER_BYTES = 16 * 1024 * 1024;

  private final CredentialStore accounts = new CredentialStore();
  private final Faults faults;
  private final ResponseCache responseCache = new ResponseCache();
  private final Options options;
  private final WireMockServer server;

  private Stub(Options options) {
    this.options = options;
    this.faults = new Faults(options.specification());
    GatewayData data =
        new GatewayData(options.root().resolve(GatewayData.FILE), options.moreRegions());
    List<Extension> extensions = new ArrayList<>(options.extensions());
    extensions.add(
        new Gateway(
            options.specification(),
            data,
            accounts,
            options.clock(),
            options.limiter(),
            this::cachedResponse));
    extensions.add(responseCache);
    extensions.add(faults);
    WireMockConfiguration configuration =
        server(options.listener(), options.limiter().mayDelay() ? WAITING_THREADS : THREADS)
            .withRootDirectory(options.root().toString())
            .httpServerFactory(
                (wireMock, admin, stubs) -> new JsonErrorHttpServer(wireMock, admin, stubs, data))
            .templatingEnabled(true)
            .globalTemplating(false)
            .extensions(extensions.toArray(Extension[]::new));
    configuration.withStores(MappingIndex.stores(configuration.filesRoot()));
    server = new WireMockServer(configuration);
  }

  /** Returns the options that it was started with. */
  public Options options() {
    return options;
  }

  /** Returns WireMock's configuration without the gateway and the mappings. */
  static WireMockConfiguration server(Listener listener) {
    return server(listener, THREADS);
  }

  private static WireMockConfiguration server(Listener listener, int threads) {
    WireMockConfiguration configuration =
        WireMockConfiguration.options()
            .port(listener.port())
            .bindAddress(listener.address())
            .notifier(new ConsoleNotifier(false))
            .disableRequestJournal()
            .stubRequestLoggingDisabled(true)
            .useChunkedTransferEncoding(ChunkedEncodingPolicy.NEVER)
            .containerThreads(threads)
            .jettyHeaderRequestSize(HEADER_BYTES);
    listener
        .https()
        .ifPresent(
            https ->
                configuration
                    .httpsPort(https.port())
                    .keystorePath(https.certificate().keyStore().toString())
                    .keystoreType("PKCS12")
                    .keystorePassword(https.certificate().password())
                    .keyManagerPassword(https.certificate().password()));
    return configuration;
  }

  /**
   * The ports of a stub.
   *
   * @param address the address that it binds
   * @param port of http; 0 takes a free one
   * @param https what https needs; empty for http alone
   */
  record Listener(String address, int port, Optional<Https> https) {
    /** http on a free port of the loopback address. */
    static final Listener LOOPBACK = new Listener("127.0.0.1", 0, Optional.empty());
  }

  /**
   * The https part of a listener.
   *
   * @param port 0 takes a free one
   * @param certificate the server's
   */
  record Https(int port, ServerCertificate certificate) {}

  /**
   * The options of a stub.
   *
   * @param specification the documented APIs
   * @param root the folder {@code stubs/}
   * @param clock the server's clock
   * @param limiter selects its limiter
   * @param listener its ports
   * @param extensions further WireMock extensions, such as planted faults
   * @param moreRegions regions to accept that {@code gateway.json} does not list
   */
  public record Options(
      Specification specification,
      Path root,
      InstantSource clock,
      LimiterOption limiter,
      Listener listener,
      List<Extension> extensions,
      Set<String> moreRegions) {

    /** Returns the default stub: the documented limit on the system clock. */
    public static Options of(Specification specification) {
      return new Options(
          specification,
          ModuleFolder.resolve("stubs"),
          InstantSource.system(),
          LimiterOption.DOCUMENTED,
          Listener.LOOPBACK,
          List.of(),
          Set.of());
    }

    /** Returns the same with another root folder. */
    public Options withRoot(Path other) {
      return new Options(specification, other, clock, limiter, listener, extensions, moreRegions);
    }

    /** Returns the same with another number of requests per period; 0 for no limit. */
    public Options withLimit(int requests) {
      return withLimiter(LimiterOption.of(requests));
    }

    /** Returns the same with another limiter. */
    public Options withLimiter(LimiterOption other) {
      return new Options(specification, root, clock, other, listener, extensions, moreRegions);
    }

    /** Returns the same with another clock. */
    public Options withClock(InstantSource other) {
      return new Options(specification, root, other, limiter, listener, extensions, moreRegions);
    }

    /** Returns the same with other ports. */
    Options withListener(Listener other) {
      return new Options(specification, root, clock, limiter, other, extensions, moreRegions);
    }

    /** Returns the same with regions that {@code gateway.json} does not list. */
    Options withRegions(Set<String> more) {
      return new Options(specification, root, clock, limiter, listener, extensions, more);
    }

    /** Returns the same with other WireMock extensions. */
    public Options withExtensions(List<Extension> more) {
      return new Options(specification, root, clock, limiter, listener, more, moreRegions);
    }
  }

  /** Starts a stub. */
  public static Stub start(Options options) {
    Stub stub = new Stub(options);
    stub.server.start();
    return stub;
  }

  /** Returns its base URL over http. */
  public URI endpoint() {
    return URI.create("http://" + options.listener().address() + ":" + server.port());
  }

  /** Returns its base URL over https; empty for a stub without https. */
  Optional<URI> httpsEndpoint() {
    return options
        .listener()
        .https()
        .map(
            https ->
                URI.create("https://" + options.listener().address() + ":" + server.httpsPort()));
  }

  /** Returns a cached response, unless faults or extensions may change responses. */
  private Optional<ResponseDefinition> cachedResponse(String url) {
    return faults.none() && options.extensions().isEmpty()
        ? responseCache.find(url)
        : Optional.empty();
  }

  /** Returns the accounts that it accepts. */
  public CredentialStore accounts() {
    return accounts;
  }

  /** Returns the faults of its outcomes; none at first. */
  public Faults faults() {
    return faults;
  }

  @Override
  public void close() {
    server.stop();
  }
}
