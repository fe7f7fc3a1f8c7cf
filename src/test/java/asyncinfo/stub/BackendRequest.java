package asyncinfo.stub;

import asyncinfo.wire.PercentEncoding;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestWrapper;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** A request in the one shape that the mappings know, that of the pages' examples. */
final class BackendRequest extends RequestWrapper {
  private final ObjectNode asked;
  private final String url;

  BackendRequest(Request raw, ObjectNode asked) {
    super(raw);
    this.asked = asked;
    this.url =
        asked.properties().stream()
            .map(e -> e.getKey() + "=" + PercentEncoding.encode(e.getValue().asString()))
            .collect(Collectors.joining("&", "/?", ""));
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
    return asked.has(key)
        ? new QueryParameter(key, List.of(asked.path(key).asString()))
        : QueryParameter.absent(key);
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
