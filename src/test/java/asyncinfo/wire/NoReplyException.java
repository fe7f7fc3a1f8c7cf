package asyncinfo.wire;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.MalformedChunkCodingException;
import org.apache.http.NoHttpResponseException;
import org.apache.http.ProtocolException;
import org.apache.http.conn.ConnectTimeoutException;

/** No reply came: trouble on the way to the endpoint, which says nothing about the contract. */
public final class NoReplyException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param endpoint where the request was sent
   * @param cause what happened
   */
  public NoReplyException(String endpoint, Throwable cause) {
    super(endpoint + ": " + describe(cause), cause);
  }

  /** What happened, in words and then as the libraries put it. */
  private static String describe(Throwable cause) {
    Throwable root = cause;
    while (root instanceof ProtocolException == false
        && root.getCause() != null
        && words(root).isEmpty()) {
      root = root.getCause();
    }
    String words = words(root);
    String message =
        root.getMessage() == null ? "" : root.getMessage().lines().findFirst().orElse("");
    if (words.isEmpty()) {
      return message.isEmpty()
          ? root.getClass().getSimpleName()
          : root.getClass().getSimpleName() + ": " + message;
    }
    return message.isEmpty() ? words : words + " (" + message + ")";
  }

  private static String words(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "no address is known for this host";
    }
    if (cause instanceof ConnectTimeoutException) {
      return "no connection in time";
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return "no connection";
    }
    if (cause instanceof SSLPeerUnverifiedException) {
      return "the certificate is for another host";
    }
    if (cause instanceof SSLException) {
      return String.valueOf(cause.getMessage()).contains("PKIX")
          ? "the certificate is not trusted; the setting truststore names those that are"
          : "no TLS connection";
    }
    if (cause instanceof SocketTimeoutException) {
      return "nothing came in time";
    }
    if (cause instanceof ConnectionClosedException
        || cause instanceof MalformedChunkCodingException) {
      return "the reply ends before it is complete";
    }
    if (cause instanceof NoHttpResponseException) {
      return "the connection was closed without a reply";
    }
    if (cause instanceof SocketException) {
      return "the connection broke";
    }
    return cause instanceof ProtocolException ? "no HTTP reply" : "";
  }
}
