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

/** The stand-in endpoint: WireMock serving {@code stubs/} behind the gateway. */
public final class Stub implements AutoCloseable {
  private static final int THREADS = 40;

  /** A limiter may keep each connection waiting, and a thread with it. */
  private static final int WAITING_THREADS = 160;

  /** What is too long is the gateway's to refuse, so the server lets it in. */
  private static final int HEADER_BYTES = 16 * 1024 * 1024;

  private final CredentialStore accounts = new CredentialStore();
  private final Faults faults = new Faults();
  private final ResponseCache knownReplies = new ResponseCache();
  private final Options options;
  private final WireMockServer server;

  private Stub(Options options) {
    this.options = options;
    GatewayData data = new GatewayData(options.root().resolve(GatewayData.FILE));
    List<Extension> extensions = new ArrayList<>(options.extensions());
    extensions.add(
        new Gateway(
            options.specification(),
            data,
            accounts,
            options.clock(),
            options.limiter(),
            this::known));
    extensions.add(knownReplies);
    extensions.add(faults);
    WireMockConfiguration configuration =
        server(options.listener(), options.limiter().kind().isPresent() ? WAITING_THREADS : THREADS)
            .withRootDirectory(options.root().toString())
            .httpServerFactory(
                (wireMock, admin, stubs) -> new JsonErrorHttpServer(wireMock, admin, stubs, data))
            .templatingEnabled(true)
            .globalTemplating(false)
            .extensions(extensions.toArray(Extension[]::new));
    configuration.withStores(MappingIndex.stores(configuration.filesRoot()));
    server = new WireMockServer(configuration);
  }

  /** WireMock as the stub runs it, before the gateway and the mappings. */
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
   * Where a stub listens.
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
   * How a stub differs from the plain one.
   *
   * @param specification the contract
   * @param root the folder {@code stubs/}
   * @param clock the server's clock
   * @param limiter which limiter it has
   * @param listener where it listens
   * @param extensions more WireMock extensions, such as planted faults
   */
  public record Options(
      Specification specification,
      Path root,
      InstantSource clock,
      LimiterOption limiter,
      Listener listener,
      List<Extension> extensions) {

    /** The plain stub: the documented limit on the machine's clock. */
    public static Options of(Specification specification) {
      return new Options(
          specification,
          ModuleFolder.resolve("stubs"),
          InstantSource.system(),
          LimiterOption.DOCUMENTED,
          Listener.LOOPBACK,
          List.of());
    }

    /** The same with other files. */
    public Options withRoot(Path other) {
      return new Options(specification, other, clock, limiter, listener, extensions);
    }

    /** The same with another number of requests for each period; 0 means no limit. */
    public Options withLimit(int requests) {
      return withLimiter(LimiterOption.of(requests));
    }

    /** The same with another limiter. */
    public Options withLimiter(LimiterOption other) {
      return new Options(specification, root, clock, other, listener, extensions);
    }

    /** The same with another clock. */
    public Options withClock(InstantSource other) {
      return new Options(specification, root, other, limiter, listener, extensions);
    }

    /** The same, listening elsewhere. */
    Options withListener(Listener other) {
      return new Options(specification, root, clock, limiter, other, extensions);
    }

    /** The same with more extensions. */
    public Options withExtensions(List<Extension> more) {
      return new Options(specification, root, clock, limiter, listener, more);
    }
  }

  /** Starts a stub. */
  public static Stub start(Options options) {
    Stub stub = new Stub(options);
    stub.server.start();
    return stub;
  }

  /** Its base URL over http. */
  public URI endpoint() {
    return URI.create("http://" + options.listener().address() + ":" + server.port());
  }

  /** Its base URL over https; empty for a stub without. */
  Optional<URI> httpsEndpoint() {
    return options
        .listener()
        .https()
        .map(
            https ->
                URI.create("https://" + options.listener().address() + ":" + server.httpsPort()));
  }

  /** Faults and other extensions change what WireMock says: they must be asked each time. */
  private Optional<ResponseDefinition> known(String url) {
    return faults.none() && options.extensions().isEmpty()
        ? knownReplies.find(url)
        : Optional.empty();
  }

  /** The keys that it knows. */
  public CredentialStore accounts() {
    return accounts;
  }

  /** The faults of its outcomes, none at first. */
  public Faults faults() {
    return faults;
  }

  @Override
  public void close() {
    server.stop();
  }
}
