package asyncinfo.stub;

import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.http.AdminRequestHandler;
import com.github.tomakehurst.wiremock.http.StubRequestHandler;
import com.github.tomakehurst.wiremock.jetty11.Jetty11HttpServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import wiremock.jakarta.servlet.RequestDispatcher;
import wiremock.jakarta.servlet.ServletException;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.org.eclipse.jetty.http.BadMessageException;
import wiremock.org.eclipse.jetty.http.HttpField;
import wiremock.org.eclipse.jetty.http.HttpFields;
import wiremock.org.eclipse.jetty.http.HttpHeader;
import wiremock.org.eclipse.jetty.http.HttpMethod;
import wiremock.org.eclipse.jetty.http.HttpStatus;
import wiremock.org.eclipse.jetty.http.HttpVersion;
import wiremock.org.eclipse.jetty.http.MetaData;
import wiremock.org.eclipse.jetty.http.UriCompliance;
import wiremock.org.eclipse.jetty.io.Connection;
import wiremock.org.eclipse.jetty.io.EndPoint;
import wiremock.org.eclipse.jetty.server.Connector;
import wiremock.org.eclipse.jetty.server.HttpChannelOverHttp;
import wiremock.org.eclipse.jetty.server.HttpConfiguration;
import wiremock.org.eclipse.jetty.server.HttpConnection;
import wiremock.org.eclipse.jetty.server.HttpConnectionFactory;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.server.ServerConnector;
import wiremock.org.eclipse.jetty.server.handler.ErrorHandler;
import wiremock.org.eclipse.jetty.servlet.ServletContextHandler;
import wiremock.org.eclipse.jetty.util.Callback;

/**
 * Runs WireMock's server, but returns an API envelope with HTTP 200 instead of an HTML page for
 * requests that WireMock and Jetty reject before any extension is called: bad percent-escapes,
 * broken multipart or gzip bodies, broken headers. Overrides internals of Jetty, so check it at
 * each upgrade of WireMock.
 */
final class JsonErrorHttpServer extends Jetty11HttpServer {
  private final GatewayData data;

  JsonErrorHttpServer(
      Options options, AdminRequestHandler admin, StubRequestHandler stubs, GatewayData data) {
    super(options, admin, stubs);
    this.data = data;
    jettyServer.setErrorHandler(new EnvelopeErrorHandler());
    returnEnvelopes(httpConnector);
    if (httpsConnector != null) {
      returnEnvelopes(httpsConnector);
    }
  }

  @Override
  protected void decorateMockServiceContextAfterConfig(ServletContextHandler context) {
    context.setErrorHandler(new EnvelopeErrorHandler());
  }

  private static void returnEnvelopes(ServerConnector connector) {
    HttpConnectionFactory plain = connector.getConnectionFactory(HttpConnectionFactory.class);
    plain.getHttpConfiguration().setUriCompliance(UriCompliance.UNSAFE);
    connector.addConnectionFactory(new EnvelopeConnectionFactory(plain.getHttpConfiguration()));
  }

  private byte[] envelope(String refusal) {
    return data.refuse(refusal).response().body().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns whether the request caused the failure, as opposed to WireMock or an extension. */
  private static boolean unreadable(Throwable thrown) {
    return thrown == null
        || thrown instanceof IllegalArgumentException
        || thrown instanceof ServletException
        || thrown.getCause() instanceof IOException;
  }

  private final class EnvelopeErrorHandler extends ErrorHandler {
    @Override
    public void handle(
        String target, Request base, HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Throwable thrown = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
      boolean unreadable = unreadable(thrown);
      if (!unreadable) {
        options.notifier().error("the stub failed", thrown);
      }
      base.setHandled(true);
      response.setStatus(HttpStatus.OK_200);
      response.setContentType("application/json");
      response.getOutputStream().write(envelope(unreadable ? "malformed-http" : "internal"));
    }

    @Override
    public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
      fields.put(HttpHeader.CONTENT_TYPE, "application/json");
      return ByteBuffer.wrap(envelope("malformed-http"));
    }
  }

  private static final class EnvelopeConnectionFactory extends HttpConnectionFactory {
    EnvelopeConnectionFactory(HttpConfiguration configuration) {
      super(configuration);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
      HttpConnection connection =
          new HttpConnection(getHttpConfiguration(), connector, endPoint, false) {
            @Override
            protected HttpChannelOverHttp newHttpChannel() {
              return new EnvelopeChannel(this, connector, getHttpConfiguration(), getEndPoint());
            }
          };
      connection.setUseInputDirectByteBuffers(isUseInputDirectByteBuffers());
      connection.setUseOutputDirectByteBuffers(isUseOutputDirectByteBuffers());
      return configure(connection, connector, endPoint);
    }
  }

  /** Sends HTTP 200 if Jetty's parser fails, as the documented gateway does for all errors. */
  private static final class EnvelopeChannel extends HttpChannelOverHttp {
    private boolean bad;

    EnvelopeChannel(
        HttpConnection connection,
        Connector connector,
        HttpConfiguration configuration,
        EndPoint endPoint) {
      super(connection, connector, configuration, endPoint, connection);
    }

    @Override
    public void startRequest(String method, String uri, HttpVersion version) {
      if (HttpMethod.CONNECT.is(method)) {
        throw new BadMessageException(HttpStatus.METHOD_NOT_ALLOWED_405);
      }
      super.startRequest(method, uri, version);
    }

    /** Adds the connection of a request as a header: some limiters count per connection. */
    @Override
    public boolean headerComplete() {
      parsedHeader(new HttpField(ReceivedRequest.CONNECTION, String.valueOf(getRemoteAddress())));
      return super.headerComplete();
    }

    @Override
    public void onBadMessage(BadMessageException failure) {
      // HTTP 200 to a CONNECT would promise a tunnel.
      bad = failure.getCode() != HttpStatus.METHOD_NOT_ALLOWED_405;
      super.onBadMessage(failure);
    }

    @Override
    protected boolean sendResponse(
        MetaData.Response response, ByteBuffer content, boolean complete, Callback callback) {
      MetaData.Response sent = response;
      if (bad && response != null) {
        sent =
            new MetaData.Response(
                response.getHttpVersion(),
                HttpStatus.OK_200,
                "OK",
                response.getFields(),
                response.getContentLength());
      }
      return super.sendResponse(sent, content, complete, callback);
    }
  }
}
