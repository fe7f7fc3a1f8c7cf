package asyncinfo.stub;

import asyncinfo.contract.Catalogue;
import asyncinfo.contract.Limit;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Extension;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The stand-in endpoint: WireMock serving {@code stubs/} behind the gateway, on a free port. */
public final class Stub implements AutoCloseable {
  private static final int THREADS = 40;
  private static final int HEADER_BYTES = 64 * 1024;

  private final Accounts accounts = new Accounts();
  private final WireMockServer server;

  private Stub(Options options) {
    List<Extension> extensions = new ArrayList<>(options.extensions());
    extensions.add(
        new Gateway(
            options.catalogue(),
            new GatewayData(options.root().resolve("gateway.json")),
            accounts,
            options.clock(),
            options.limit()));
    server =
        new WireMockServer(
            WireMockConfiguration.options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .withRootDirectory(options.root().toString())
                .templatingEnabled(true)
                .globalTemplating(false)
                .disableRequestJournal()
                .containerThreads(THREADS)
                .jettyHeaderRequestSize(HEADER_BYTES)
                .extensions(extensions.toArray(Extension[]::new)));
  }

  /**
   * How a stub differs from the plain one.
   *
   * @param catalogue the contract
   * @param root the folder {@code stubs/}
   * @param clock the server's clock
   * @param limit from the documented limit to the enforced one; no requests means no limit
   * @param extensions more WireMock extensions, such as planted faults
   */
  public record Options(
      Catalogue catalogue,
      Path root,
      InstantSource clock,
      UnaryOperator<Limit> limit,
      List<Extension> extensions) {

    /** The plain stub: the documented limit on the machine's clock. */
    public static Options of(Catalogue catalogue) {
      return new Options(
          catalogue, Path.of("stubs"), InstantSource.system(), UnaryOperator.identity(), List.of());
    }

    /** The same with another limit enforced; 0 requests means none. */
    public Options withLimit(int requests) {
      return new Options(
          catalogue,
          root,
          clock,
          documented -> new Limit(requests, documented.seconds()),
          extensions);
    }

    /** The same with another clock. */
    public Options withClock(InstantSource other) {
      return new Options(catalogue, root, other, limit, extensions);
    }

    /** The same with more extensions. */
    public Options withExtensions(List<Extension> more) {
      return new Options(catalogue, root, clock, limit, more);
    }
  }

  /** Starts a stub. */
  public static Stub start(Options options) {
    Stub stub = new Stub(options);
    stub.server.start();
    return stub;
  }

  /** Its base URL. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** The keys that it knows. */
  public Accounts accounts() {
    return accounts;
  }

  @Override
  public void close() {
    server.stop();
  }
}
