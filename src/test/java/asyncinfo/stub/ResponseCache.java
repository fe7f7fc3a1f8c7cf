package asyncinfo.stub;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.extension.StubLifecycleListener;
import com.github.tomakehurst.wiremock.extension.responsetemplating.ResponseTemplateTransformer;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Caches WireMock's response to the same arguments of the same action, unless a scenario or a
 * template other than the RequestId's takes part in it. Clients poll, and WireMock's search for a
 * mapping takes longer than the whole gateway. Cleared when a mapping changes.
 */
final class ResponseCache implements ResponseDefinitionTransformerV2, StubLifecycleListener {
  private static final String REQUEST_ID = "{{randomValue type='UUID'}}";
  private static final String ANY_TEMPLATE = "{{";
  private static final List<String> TEMPLATED = List.of(ResponseTemplateTransformer.NAME);

  private final BoundedCache<CachedResponse> responses = new BoundedCache<>();

  private record CachedResponse(ResponseDefinition response, String body) {}

  @Override
  public String getName() {
    return "response-cache";
  }

  /** Returns the cached response to a normalized request, with a new RequestId. */
  Optional<ResponseDefinition> find(String url) {
    return responses
        .find(url)
        .map(
            cached ->
                ResponseDefinitionBuilder.like(cached.response())
                    .withBody(cached.body().replace(REQUEST_ID, UUID.randomUUID().toString()))
                    .build());
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    String url = event.getRequest().getUrl();
    StubMapping mapping = event.getStubMapping();
    if (!mapping.isInScenario()) {
      store(url, mapping.getResponse());
    }
    return event.getResponseDefinition();
  }

  private void store(String url, ResponseDefinition response) {
    String body = response.getReponseBody().asString();
    if (body == null || response.specifiesBodyFile() || response.isProxyResponse()) {
      return;
    }
    List<String> transformers = Optional.ofNullable(response.getTransformers()).orElse(List.of());
    if (!TEMPLATED.containsAll(transformers)) {
      return;
    }
    String rest = transformers.isEmpty() ? body : body.replace(REQUEST_ID, "");
    boolean otherwiseTemplated =
        rest.contains(ANY_TEMPLATE) || String.valueOf(response.getHeaders()).contains(ANY_TEMPLATE);
    if (otherwiseTemplated) {
      return;
    }
    ResponseDefinition plain = ResponseDefinitionBuilder.like(response).withTransformers().build();
    responses.put(url, new CachedResponse(plain, body));
  }

  @Override
  public void afterStubCreated(StubMapping stub) {
    responses.clear();
  }

  @Override
  public void afterStubEdited(StubMapping oldStub, StubMapping newStub) {
    responses.clear();
  }

  @Override
  public void afterStubRemoved(StubMapping stub) {
    responses.clear();
  }

  @Override
  public void afterStubsReset() {
    responses.clear();
  }
}
