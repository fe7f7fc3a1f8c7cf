package asyncinfo.client;

import java.io.IOException;

/** The proxy responded instead of the endpoint; the request did not reach the endpoint. */
final class ProxyRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param status the HTTP status of the proxy's response
   */
  ProxyRefusedException(int status) {
    super("the proxy refused the request with HTTP " + status);
  }
}
