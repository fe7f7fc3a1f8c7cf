package asyncinfo.client;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.MalformedChunkCodingException;
import org.apache.http.NoHttpResponseException;
import org.apache.http.ProtocolException;
import org.apache.http.conn.ConnectTimeoutException;

/** No response was received: a transport failure, which is no evidence about the contract. */
public final class NoResponseException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Prefix of the reason if the peer ended the connection. */
  private static final String CLOSED = "the connection ";

  private final String reason;

  /**
   * @param endpoint the destination of the request
   * @param cause the cause of the failure
   */
  public NoResponseException(String endpoint, Throwable cause) {
    super(endpoint + ": " + describe(cause), cause);
    this.reason = describe(cause);
  }

  /**
   * @param endpoint the destination of the request
   * @param reason a short description of the failure
   */
  public NoResponseException(String endpoint, String reason) {
    super(endpoint + ": " + reason);
    this.reason = reason;
  }

  /** Returns a short description of the failure. */
  public String reason() {
    return reason;
  }

  /** Returns whether the other side closed or reset the connection instead of responding. */
  public boolean isClosedByPeer() {
    return reason.startsWith(CLOSED);
  }

  private static String describe(Throwable cause) {
    Throwable root = cause;
    Optional<String> words = words(root);
    while (words.isEmpty() && root.getCause() != null) {
      root = root.getCause();
      words = words(root);
    }
    Throwable unknown = root;
    return words.orElseGet(() -> unknown.getClass().getSimpleName() + detail(unknown));
  }

  private static Optional<String> words(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof TimeoutException || cause instanceof ProxyRefusedException) {
      return Optional.of(message);
    }
    if (cause instanceof UnknownHostException) {
      return Optional.of("its address is not known (DNS)");
    }
    if (cause instanceof ConnectTimeoutException) {
      return Optional.of("no connection in time");
    }
    if (cause instanceof ConnectException) {
      return Optional.of(
          message.contains("refused") ? "connection refused" : "no connection" + detail(cause));
    }
    if (cause instanceof SSLPeerUnverifiedException || message.startsWith("Certificate for <")) {
      return Optional.of("its certificate is for another host");
    }
    if (cause instanceof SSLException && cause.getCause() instanceof SocketException broken) {
      return words(broken);
    }
    if (cause instanceof SSLException) {
      return Optional.of(
          message.contains("PKIX") || message.contains("trustAnchors")
              ? "its certificate is not trusted; the setting truststore names those that are"
              : "no TLS connection" + detail(cause));
    }
    if (cause instanceof SocketTimeoutException) {
      return Optional.of("no reply in time");
    }
    if (cause instanceof ConnectionClosedException
        || cause instanceof MalformedChunkCodingException) {
      return Optional.of("the reply ends before it is complete");
    }
    if (cause instanceof NoHttpResponseException) {
      return Optional.of(CLOSED + "was closed without a reply");
    }
    if (cause instanceof SocketException) {
      return Optional.of(
          message.contains("reset") ? CLOSED + "was reset" : CLOSED + "broke" + detail(cause));
    }
    return cause instanceof ProtocolException
        ? Optional.of("no HTTP reply" + detail(cause))
        : Optional.empty();
  }

  /** Returns the first line of the message in parentheses; empty without a message. */
  private static String detail(Throwable cause) {
    return Optional.ofNullable(cause.getMessage())
        .flatMap(message -> message.lines().findFirst())
        .map(line -> " (" + line + ")")
        .orElse("");
  }
}
