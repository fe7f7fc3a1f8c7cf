package asyncinfo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proxy through which an endpoint is reached. Variables are marked by an exclamation mark. */
class ProxySettingsTest {
  @ParameterizedTest
  @CsvSource({
    "http.proxyHost=p, http://a.example, p:80",
    "http.proxyHost=p http.proxyPort=3128, http://a.example, p:3128",
    "http.proxyHost=p, https://a.example, ",
    "https.proxyHost=p https.proxyPort=3128, https://a.example:8443, p:3128",
    "https.proxyHost=p, https://a.example, p:443",
    "https.proxyHost=::1 https.proxyPort=8080, https://a.example, [::1]:8080",
    "https.proxyHost=p http.nonProxyHosts=*.example|b, https://a.example, ",
    "https.proxyHost=p http.nonProxyHosts=b|A.Example, https://a.example, ",
    "https.proxyHost=p http.nonProxyHosts=*.other, https://a.example, p:443",
    "https.proxyHost=p HTTPS_PROXY!=http://q:1, https://a.example, p:443",
    "https.proxyHost=p http.nonProxyHosts=*.example HTTPS_PROXY!=http://q:1, https://a.example, ",
    "HTTPS_PROXY!=http://q:3128, https://a.example, q:3128",
    "HTTPS_PROXY!=http://q:3128/, https://a.example, q:3128",
    "https_proxy!=q:3128, https://a.example, q:3128",
    "HTTPS_PROXY!=http://q:3128, http://a.example, ",
    "HTTP_PROXY!=http://q, http://a.example, q:80",
    "HTTPS_PROXY!=q:1 NO_PROXY!=b.example|.example, https://a.example, ",
    "HTTPS_PROXY!=q:1 no_proxy!=a.example:443, https://a.example, ",
    "HTTPS_PROXY!=q:1 NO_PROXY!=a.example:443, https://a.example:8443, q:1",
    "HTTPS_PROXY!=q:1 NO_PROXY!=*, https://a.example, ",
    "HTTPS_PROXY!=q:1 NO_PROXY!=ample, https://a.example, q:1",
    "https.proxyHost=p http.nonProxyHosts= HTTPS_PROXY!=q:1, https://localhost:8443, ",
    "https.proxyHost=p http.nonProxyHosts=, https://127.0.0.1, ",
    "http.proxyHost=p http.nonProxyHosts=, http://[::1]:8080, ",
    "'', https://a.example, "
  })
  void isTheOneThatTheProcessIsConfiguredWith(String settings, String url, String proxy) {
    assertThat(settings(settings).proxyFor(URI.create(url)).map(Object::toString))
        .isEqualTo(Optional.ofNullable(proxy));
  }

  @ParameterizedTest
  @CsvSource({
    "https.proxyHost=p https.proxyPort=x, https.proxyPort: \"x\" is not a port",
    "HTTPS_PROXY!=http://u:canary@q:1, 'HTTPS_PROXY has a user name, and proxies that ask for one"
        + " are not supported'",
    "HTTPS_PROXY!=socks5://q:1, HTTPS_PROXY is not the URL of an HTTP proxy; write it like"
        + " http://proxy.example:3128",
    "HTTPS_PROXY!=http://, HTTPS_PROXY is not the URL of a proxy; write it like"
        + " http://proxy.example:3128"
  })
  void isRejectedInOneLineWhereItIsInvalid(String settings, String problem) {
    assertThatThrownBy(() -> settings(settings).proxyFor(URI.create("https://a.example")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem);
  }

  private static ProxySettings settings(String text) {
    Map<String, String> properties = new LinkedHashMap<>();
    Map<String, String> environment = new LinkedHashMap<>();
    for (String each : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      String[] pair = each.split("=", 2);
      if (pair[0].endsWith("!")) {
        environment.put(pair[0].replace("!", ""), pair[1].replace('|', ','));
      } else {
        properties.put(pair[0], pair[1]);
      }
    }
    return new ProxySettings(properties, environment);
  }
}
