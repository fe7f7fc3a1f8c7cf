package asyncinfo.client;

/**
 * An HTTP proxy through which an endpoint is reached.
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
