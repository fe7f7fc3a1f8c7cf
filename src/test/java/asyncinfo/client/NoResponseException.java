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

/** No reply came: trouble on the way to the endpoint, which says nothing about the contract. */
public final class NoResponseException extends Exception {
  private static final long serialVersionUID = 1L;

  /** How the reason begins when the other side ended the connection. */
  private static final String CLOSED = "the connection ";

  private final String reason;

  /**
   * @param endpoint where the request was sent
   * @param cause what happened
   */
  public NoResponseException(String endpoint, Throwable cause) {
    super(endpoint + ": " + describe(cause), cause);
    this.reason = describe(cause);
  }

  /**
   * @param endpoint where the request was sent
   * @param reason what happened, in words
   */
  public NoResponseException(String endpoint, String reason) {
    super(endpoint + ": " + reason);
    this.reason = reason;
  }

  /** What happened, in words. */
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
    return words.orElseGet(() -> unknown.getClass().getSimpleName() + said(unknown));
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
          message.contains("refused") ? "connection refused" : "no connection" + said(cause));
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
              : "no TLS connection" + said(cause));
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
          message.contains("reset") ? CLOSED + "was reset" : CLOSED + "broke" + said(cause));
    }
    return cause instanceof ProtocolException
        ? Optional.of("no HTTP reply" + said(cause))
        : Optional.empty();
  }

  /** What a library says of it. */
  private static String said(Throwable cause) {
    return Optional.ofNullable(cause.getMessage())
        .flatMap(message -> message.lines().findFirst())
        .map(line -> " (" + line + ")")
        .orElse("");
  }
}
