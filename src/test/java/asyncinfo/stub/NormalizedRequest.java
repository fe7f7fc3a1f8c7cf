package asyncinfo.stub;

import asyncinfo.client.PercentEncoding;
import asyncinfo.contract.Api;
import asyncinfo.contract.Json;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestWrapper;
import com.github.tomakehurst.wiremock.http.Cookie;
import com.github.tomakehurst.wiremock.http.FormParameter;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as the mappings expect it, whatever its format was: a GET of {@code
 * /<product>/<version>/<action>} with the action's own parameters as its query.
 */
final class NormalizedRequest extends RequestWrapper {
  private final ObjectNode arguments;
  private final String url;

  NormalizedRequest(Request raw, Api api, ObjectNode arguments) {
    super(raw);
    this.arguments = arguments;
    this.url =
        arguments.properties().stream()
            .map(e -> e.getKey() + "=" + PercentEncoding.encode(Json.text(e.getValue())))
            .collect(Collectors.joining("&", "/" + api.folder() + "?", ""));
  }

  @Override
  public RequestMethod getMethod() {
    return RequestMethod.GET;
  }

  @Override
  public String getUrl() {
    return url;
  }

  @Override
  public String getAbsoluteUrl() {
    return getScheme() + "://" + getHost() + ":" + getPort() + url;
  }

  @Override
  public QueryParameter queryParameter(String key) {
    return arguments.has(key)
        ? new QueryParameter(key, List.of(Json.text(arguments.path(key))))
        : QueryParameter.absent(key);
  }

  // Mappings match the arguments alone; headers and body were evaluated by the gateway.

  @Override
  public HttpHeaders getHeaders() {
    return HttpHeaders.noHeaders();
  }

  @Override
  public Map<String, Cookie> getCookies() {
    return Map.of();
  }

  @Override
  public Map<String, FormParameter> formParameters() {
    return Map.of();
  }

  @Override
  public boolean isMultipart() {
    return false;
  }

  @Override
  public Collection<Part> getParts() {
    return List.of();
  }

  @Override
  public byte[] getBody() {
    return new byte[0];
  }

  @Override
  public String getBodyAsString() {
    return "";
  }
}
