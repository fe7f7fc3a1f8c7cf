package asyncinfo.stub;

import asyncinfo.client.ActionParameter;
import asyncinfo.client.RequestFormat;
import asyncinfo.contract.Requirement;
import asyncinfo.contract.Specification;
import com.github.tomakehurst.wiremock.http.Request;
import java.util.List;
import java.util.Optional;

/**
 * Reads a request as the first step of the gateway: GET or POST, not too large, well-formed (API
 * 3.0, Request structure).
 */
final class HttpRequestParser {
  private final GatewayData data;
  private final int maxFormBytes;
  private final int maxJsonBytes;
  private final BoundedCache<List<ActionParameter>> jsonBodies = new BoundedCache<>();

  HttpRequestParser(Specification specification, GatewayData data) {
    this.data = data;
    this.maxFormBytes = maxBytes(specification, RequestFormat.POST_FORM_V1_SHA1);
    this.maxJsonBytes = maxBytes(specification, RequestFormat.POST_JSON_V3);
  }

  private static int maxBytes(Specification specification, RequestFormat format) {
    return specification.requirements().stream()
        .filter(
            p -> p.mutation().equals(Requirement.OVERSIZE) && p.formats().contains(format.name()))
        .mapToInt(p -> Integer.parseInt(p.parameter()))
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }

  ReceivedRequest read(Request raw) throws ApiErrorException {
    String method = raw.getMethod().getName();
    if (!List.of("GET", "POST").contains(method)) {
      throw data.refuse("other-method");
    }
    if (method.equals("GET")) {
      requireSize("size-query", raw.getUrl().length(), data.maxQueryBytes());
    } else {
      boolean form =
          Optional.ofNullable(raw.getHeader("Content-Type")).orElse("").contains("form-urlencoded");
      requireSize(
          form ? "size-form" : "size-json",
          raw.getBody().length,
          form ? maxFormBytes : maxJsonBytes);
    }
    return new ReceivedRequest(raw, data, jsonBodies);
  }

  private void requireSize(String refusal, int bytes, int max) throws ApiErrorException {
    if (bytes > max) {
      throw data.refuse(refusal, max, bytes);
    }
  }
}
