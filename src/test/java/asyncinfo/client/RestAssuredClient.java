package asyncinfo.client;

import static io.restassured.RestAssured.given;
import static io.restassured.config.DecoderConfig.decoderConfig;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static io.restassured.config.HttpClientConfig.httpClientConfig;
import static io.restassured.config.RedirectConfig.redirectConfig;

import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.http.Headers;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLContext;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.conn.params.ConnRoutePNames;
import org.apache.http.conn.routing.HttpRoutePlanner;
import org.apache.http.conn.scheme.Scheme;
import org.apache.http.conn.ssl.SSLSocketFactory;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.impl.client.DefaultHttpRequestRetryHandler;
import org.apache.http.protocol.HttpCoreContext;

/**
 * Sends requests over REST Assured, byte for byte as they were signed. Each call sends exactly one
 * HTTP request: it does not retry and follows no redirect.
 */
@SuppressWarnings("deprecation") // REST Assured takes no client but HttpClient's deprecated one.
public final class RestAssuredClient implements AutoCloseable {
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
  private static final Header ACCEPT_GZIP = new Header("Accept-Encoding", "gzip");

  private final URI endpoint;
  private final Optional<ProxyServer> proxy;
  private final String destination;
  private final SSLSocketFactory tls;
  private final Duration total;
  private final List<SingleRequestClient> clients = new CopyOnWriteArrayList<>();
  private final ThreadLocal<SingleRequestClient> client = ThreadLocal.withInitial(this::newClient);
  private final RestAssuredConfig config;
  private final ExecutorService calls;

  /** Creates a client that trusts the certificates of the JDK. */
  public RestAssuredClient(URI endpoint, Timeouts timeouts) {
    this(endpoint, timeouts, Optional.empty(), Optional.empty());
  }

  /** Creates a client that connects directly. */
  public RestAssuredClient(URI endpoint, Timeouts timeouts, Optional<Truststore> truststore) {
    this(endpoint, timeouts, truststore, Optional.empty());
  }

  /**
   * @param endpoint base URL; path and query come from the requests
   * @param timeouts the limits on waiting
   * @param truststore the certificates to trust instead of the JDK's
   * @param proxy the proxy through which the endpoint is reached
   */
  public RestAssuredClient(
      URI endpoint,
      Timeouts timeouts,
      Optional<Truststore> truststore,
      Optional<ProxyServer> proxy) {
    this.endpoint = endpoint;
    this.proxy = proxy;
    this.destination = endpoint + proxy.map(p -> " through the proxy " + p).orElse("");
    this.tls = tls(truststore);
    this.total = timeouts.total();
    // REST Assured reconfigures its client with each call: concurrent calls must not share one.
    this.config =
        RestAssuredConfig.config()
            .httpClient(
                httpClientConfig()
                    .httpClientFactory(client::get)
                    .setParam("http.connection.timeout", (int) timeouts.connect().toMillis())
                    .setParam("http.socket.timeout", (int) timeouts.read().toMillis()))
            .redirect(redirectConfig().followRedirects(false))
            .decoderConfig(decoderConfig().noContentDecoders())
            .encoderConfig(
                encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .encodeContentTypeAs(ApiRequest.JSON, ContentType.BINARY)
                    .encodeContentTypeAs(ApiRequest.FORM, ContentType.BINARY)
                    .encodeContentTypeAs(ApiRequest.FORM_UTF8, ContentType.BINARY));
    this.calls =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "call");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * A client that never retries, whereas REST Assured's default retries a GET three times, and that
   * uses only the given proxy, whereas REST Assured would use the JVM's.
   */
  private static final class SingleRequestClient extends DefaultHttpClient {
    private boolean answered;

    SingleRequestClient(Optional<ProxyServer> proxy) {
      setHttpRequestRetryHandler(new DefaultHttpRequestRetryHandler(0, false));
      proxy.ifPresent(
          p ->
              getParams()
                  .setParameter(ConnRoutePNames.DEFAULT_PROXY, new HttpHost(p.host(), p.port())));
      addResponseInterceptor(
          (response, context) -> {
            HttpRequest answeredRequest =
                (HttpRequest) context.getAttribute(HttpCoreContext.HTTP_REQUEST);
            answered |= !answeredRequest.getRequestLine().getMethod().equals("CONNECT");
          });
    }

    /** Ignores the routes that REST Assured takes from the JVM's settings with each request. */
    @Override
    public synchronized void setRoutePlanner(HttpRoutePlanner ignored) {
      // The default planner knows the proxy.
    }
  }

  private SingleRequestClient newClient() {
    SingleRequestClient client = new SingleRequestClient(proxy);
    client.getConnectionManager().getSchemeRegistry().register(new Scheme("https", 443, tls));
    clients.add(client);
    return client;
  }

  /** Returns a factory that always verifies certificates and host names. */
  private static SSLSocketFactory tls(Optional<Truststore> truststore) {
    try {
      SSLContext context =
          truststore.isPresent() ? truststore.get().context() : SSLContext.getDefault();
      return new SSLSocketFactory(context, SSLSocketFactory.STRICT_HOSTNAME_VERIFIER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Sends one request and waits for the response, at most for the total time-out.
   *
   * @throws NoResponseException if no response was received
   */
  public ApiResponse send(SignedRequest message) throws NoResponseException {
    return send(message, total);
  }

  /** Sends one request with another total time-out. */
  public ApiResponse send(SignedRequest message, Duration longest) throws NoResponseException {
    Future<ApiResponse> pending = calls.submit(() -> exchange(message));
    try {
      return pending.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw new NoResponseException(
          destination, new TimeoutException("no whole reply within " + longest.toMillis() + " ms"));
    } catch (ExecutionException e) {
      throw new NoResponseException(destination, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoResponseException(destination, e);
    }
  }

  private ApiResponse exchange(SignedRequest message) throws IOException {
    RequestSpecification request =
        given()
            .config(config)
            .urlEncodingEnabled(false)
            .headers(
                new Headers(
                    Stream.concat(Stream.of(ACCEPT_GZIP), message.headers().stream())
                        .map(h -> new io.restassured.http.Header(h.name(), h.value()))
                        .toList()));
    if (message.body().length > 0) {
      request.body(message.body());
    }
    String url = endpoint.resolve("/") + message.target().substring(1);
    boolean readToTheEnd = false;
    try {
      client.get().answered = false;
      Response response = request.request(Method.valueOf(message.method()), URI.create(url));
      rejectAnswerOfProxy(response);
      byte[] body = response.asByteArray();
      readToTheEnd = body.length > 0;
      Optional<byte[]> decoded = decoded(response.header(ApiResponse.CONTENT_ENCODING), body);
      List<Header> headers =
          response.headers().asList().stream()
              .map(h -> new Header(h.getName(), h.getValue()))
              .filter(
                  h ->
                      decoded.isEmpty() || !h.name().equalsIgnoreCase(ApiResponse.CONTENT_ENCODING))
              .toList();
      return new ApiResponse(response.statusCode(), headers, decoded.orElse(body));
    } finally {
      if (!readToTheEnd) {
        discardClient();
      }
    }
  }

  /** Rejects a response of the proxy, which HttpClient returns as if the endpoint had sent it. */
  private void rejectAnswerOfProxy(Response response) throws ProxyRefusedException {
    boolean asksForUser = response.statusCode() == PROXY_AUTHENTICATION_REQUIRED;
    if (proxy.isPresent() && (asksForUser || !client.get().answered)) {
      throw new ProxyRefusedException(response.statusCode());
    }
  }

  /**
   * Closes the client of this thread: REST Assured releases a connection only after the last byte
   * of a body.
   */
  private void discardClient() {
    SingleRequestClient used = client.get();
    client.remove();
    clients.remove(used);
    used.getConnectionManager().shutdown();
  }

  /** Returns the decoded body; empty if it is not of this encoding, or not of one asked for. */
  private static Optional<byte[]> decoded(String encoding, byte[] body) throws IOException {
    String name = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
    if (body.length == 0 || name.equals("identity")) {
      return Optional.of(body);
    }
    if (!List.of("gzip", "x-gzip").contains(name)) {
      return Optional.empty();
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return Optional.of(in.readAllBytes());
    } catch (ZipException | EOFException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    calls.shutdownNow();
    clients.forEach(client -> client.getConnectionManager().shutdown());
  }
}
