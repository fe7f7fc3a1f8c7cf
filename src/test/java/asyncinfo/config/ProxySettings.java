package asyncinfo.config;

import asyncinfo.client.ProxyServer;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The proxies that the JVM or the environment names, by the usual rules: the system properties
 * {@code http.proxyHost} and {@code https.proxyHost} with {@code http.nonProxyHosts}, and otherwise
 * the variables {@code HTTP_PROXY} and {@code HTTPS_PROXY} with {@code NO_PROXY}, in upper or lower
 * case. Loopback addresses are always reached directly.
 *
 * @param properties the system properties
 * @param environment the environment variables
 */
record ProxySettings(Map<String, String> properties, Map<String, String> environment) {
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost\\.?|127\\.[0-9.]+|\\[::1]|\\[0:0:0:0:0:0:0:1]|0\\.0\\.0\\.0|\\[::]");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /**
   * Returns the proxy through which a URL is reached; empty where it is reached directly.
   *
   * @throws IllegalArgumentException with one line where the proxy's address is invalid
   */
  Optional<ProxyServer> proxyFor(URI url) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    if (LOOPBACK.matcher(host).matches()) {
      return Optional.empty();
    }
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    if (!property(scheme + ".proxyHost").isEmpty()) {
      return excludedByProperty(host)
          ? Optional.empty()
          : Optional.of(ofProperties(scheme, secure));
    }
    String variable = secure ? "HTTPS_PROXY" : "HTTP_PROXY";
    String proxy = variable(variable);
    int port = url.getPort() > 0 ? url.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
    return proxy.isEmpty() || excludedByVariable(host, port)
        ? Optional.empty()
        : Optional.of(ofVariable(variable, proxy));
  }

  private ProxyServer ofProperties(String scheme, boolean secure) {
    String name = scheme + ".proxyPort";
    String port = property(name);
    if (!port.isEmpty() && !DIGITS.matcher(port).matches()) {
      throw new IllegalArgumentException("%s: \"%s\" is not a port".formatted(name, port));
    }
    return new ProxyServer(
        property(scheme + ".proxyHost").replaceAll("[\\[\\]]", ""),
        port.isEmpty() ? secure ? HTTPS_PORT : HTTP_PORT : Integer.parseInt(port));
  }

  private static ProxyServer ofVariable(String variable, String text) {
    URI uri;
    try {
      uri = URI.create(text.contains("://") ? text : "http://" + text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          variable + " is not the URL of a proxy; write it like http://proxy.example:3128", e);
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          variable + " has a user name, and proxies that ask for one are not supported");
    }
    if (uri.getHost() == null || !uri.getScheme().equalsIgnoreCase("http")) {
      throw new IllegalArgumentException(
          variable + " is not the URL of an HTTP proxy; write it like http://proxy.example:3128");
    }
    return new ProxyServer(
        uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort() > 0 ? uri.getPort() : HTTP_PORT);
  }

  /** Patterns of the JDK: hosts separated by bars, with an asterisk at either end. */
  private boolean excludedByProperty(String host) {
    return Stream.of(property("http.nonProxyHosts").split("\\|", -1))
        .map(pattern -> pattern.strip().toLowerCase(Locale.ROOT))
        .filter(pattern -> !pattern.isEmpty())
        .anyMatch(pattern -> host.matches(glob(pattern)));
  }

  private static String glob(String pattern) {
    return Stream.of(pattern.split("\\*", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));
  }

  /** Domains separated by commas, each with its subdomains, with or without a port. */
  private boolean excludedByVariable(String host, int port) {
    return Stream.of(variable("NO_PROXY").split(",", -1))
        .map(each -> each.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
        .filter(each -> !each.isEmpty())
        .anyMatch(
            each ->
                each.equals("*")
                    || List.of(each, each.replaceFirst(":" + port + "$", "")).stream()
                        .anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain)));
  }

  private String property(String name) {
    return properties.getOrDefault(name, "").strip();
  }

  private String variable(String name) {
    return environment
        .getOrDefault(name, environment.getOrDefault(name.toLowerCase(Locale.ROOT), ""))
        .strip();
  }
}
