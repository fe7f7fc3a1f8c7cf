package asyncinfo.stub;

import asyncinfo.contract.Catalogue;
import asyncinfo.wire.Argument;
import asyncinfo.wire.CallShape;
import com.github.tomakehurst.wiremock.http.Request;
import java.util.List;
import java.util.Optional;

/**
 * First step of the gateway: GET or POST, not too large, and readable (API 3.0, Request structure).
 */
final class Protocol {
  private final GatewayData data;
  private final int maxFormBytes;
  private final int maxJsonBytes;
  private final Recent<List<Argument>> jsonBodies = new Recent<>();

  Protocol(Catalogue catalogue, GatewayData data) {
    this.data = data;
    this.maxFormBytes = maxBytes(catalogue, CallShape.POST_FORM_V1_SHA1);
    this.maxJsonBytes = maxBytes(catalogue, CallShape.POST_JSON_V3);
  }

  private static int maxBytes(Catalogue catalogue, CallShape shape) {
    return catalogue.promises().stream()
        .filter(p -> p.alteration().equals("oversize") && p.shapes().contains(shape.name()))
        .mapToInt(p -> Integer.parseInt(p.parameter()))
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }

  ReceivedRequest read(Request raw) throws RefusedException {
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

  private void requireSize(String refusal, int bytes, int max) throws RefusedException {
    if (bytes > max) {
      throw data.refuse(refusal, max, bytes);
    }
  }
}
