package asyncinfo.selftest;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Changes every response of the stub, the gateway's included. */
final class ResponseFault implements ResponseTransformerV2 {
  private final BiFunction<Response, LoggedRequest, Response> change;

  ResponseFault(UnaryOperator<Response> change) {
    this((response, request) -> change.apply(response));
  }

  /** Creates a fault that depends on the request. */
  ResponseFault(BiFunction<Response, LoggedRequest, Response> change) {
    this.change = change;
  }

  /** Creates a fault in the text of the body. */
  static ResponseFault inBody(UnaryOperator<String> change) {
    return new ResponseFault(
        response ->
            Response.Builder.like(response)
                .but()
                .body(change.apply(response.getBodyAsString()))
                .build());
  }

  /** Creates a fault wherever a regular expression matches the body. */
  static ResponseFault replace(String regex, String replacement) {
    return inBody(body -> body.replaceAll(regex, replacement));
  }

  @Override
  public String getName() {
    return "planted-fault";
  }

  @Override
  public Response transform(Response response, ServeEvent serveEvent) {
    return change.apply(response, serveEvent.getRequest());
  }
}
