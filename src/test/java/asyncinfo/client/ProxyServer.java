package asyncinfo.client;

/**
 * An HTTP proxy for the connections to an endpoint.
 *
 * @param host the host name or address; an IPv6 address without brackets
 * @param port the port
 */
public record ProxyServer(String host, int port) {
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
