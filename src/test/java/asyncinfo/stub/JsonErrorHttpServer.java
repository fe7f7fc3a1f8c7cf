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
 * WireMock's own server, but for what WireMock and Jetty refuse before any extension sees it: bad
 * percent-escapes, broken multipart or gzip bodies, broken headers. These too are answered with the
 * envelope and HTTP 200, never with a page of HTML.
 */
final class JsonErrorHttpServer extends Jetty11HttpServer {
  private final GatewayData data;

  JsonErrorHttpServer(
      Options options, AdminRequestHandler admin, StubRequestHandler stubs, GatewayData data) {
    super(options, admin, stubs);
    this.data = data;
    jettyServer.setErrorHandler(new EnvelopeErrorHandler());
    answerWithTheEnvelope(httpConnector);
    if (httpsConnector != null) {
      answerWithTheEnvelope(httpsConnector);
    }
  }

  @Override
  protected void decorateMockServiceContextAfterConfig(ServletContextHandler context) {
    context.setErrorHandler(new EnvelopeErrorHandler());
  }

  private static void answerWithTheEnvelope(ServerConnector connector) {
    HttpConnectionFactory plain = connector.getConnectionFactory(HttpConnectionFactory.class);
    plain.getHttpConfiguration().setUriCompliance(UriCompliance.UNSAFE);
    connector.addConnectionFactory(new EnvelopeConnectionFactory(plain.getHttpConfiguration()));
  }

  private byte[] envelope(String refusal) {
    return data.refuse(refusal).refusal().body().getBytes(StandardCharsets.UTF_8);
  }

  /** Whether WireMock stumbled over what it was sent, and not over itself or over us. */
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

  /** Says HTTP 200 where Jetty's parser gave up, as the documented gateway does for all errors. */
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

    /** Says which connection carries a request: some limiters tell them apart. */
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
