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
 * What WireMock answered once and would answer again: the reply to the same arguments of the same
 * action, where neither a scenario nor a template other than the RequestId's has a say in it. A
 * poller asks the same question over and over, and WireMock's search for the answer takes longer
 * than all of the gateway. Forgotten when a mapping changes.
 */
final class ResponseCache implements ResponseDefinitionTransformerV2, StubLifecycleListener {
  private static final String REQUEST_ID = "{{randomValue type='UUID'}}";
  private static final String ANY_TEMPLATE = "{{";
  private static final List<String> TEMPLATED = List.of(ResponseTemplateTransformer.NAME);

  private final BoundedCache<CachedResponse> replies = new BoundedCache<>();

  private record CachedResponse(ResponseDefinition reply, String body) {}

  @Override
  public String getName() {
    return "known-replies";
  }

  /** The reply to a request of the backend, with a RequestId of its own. */
  Optional<ResponseDefinition> find(String url) {
    return replies
        .find(url)
        .map(
            known ->
                ResponseDefinitionBuilder.like(known.reply())
                    .withBody(known.body().replace(REQUEST_ID, UUID.randomUUID().toString()))
                    .build());
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    String url = event.getRequest().getUrl();
    StubMapping mapping = event.getStubMapping();
    if (!mapping.isInScenario()) {
      remember(url, mapping.getResponse());
    }
    return event.getResponseDefinition();
  }

  private void remember(String url, ResponseDefinition reply) {
    String body = reply.getReponseBody().asString();
    if (body == null || reply.specifiesBodyFile() || reply.isProxyResponse()) {
      return;
    }
    List<String> transformers = Optional.ofNullable(reply.getTransformers()).orElse(List.of());
    if (!TEMPLATED.containsAll(transformers)) {
      return;
    }
    String rest = transformers.isEmpty() ? body : body.replace(REQUEST_ID, "");
    boolean otherwiseTemplated =
        rest.contains(ANY_TEMPLATE) || String.valueOf(reply.getHeaders()).contains(ANY_TEMPLATE);
    if (otherwiseTemplated) {
      return;
    }
    ResponseDefinition plain = ResponseDefinitionBuilder.like(reply).withTransformers().build();
    replies.remember(url, new CachedResponse(plain, body));
  }

  @Override
  public void afterStubCreated(StubMapping stub) {
    replies.forget();
  }

  @Override
  public void afterStubEdited(StubMapping oldStub, StubMapping newStub) {
    replies.forget();
  }

  @Override
  public void afterStubRemoved(StubMapping stub) {
    replies.forget();
  }

  @Override
  public void afterStubsReset() {
    replies.forget();
  }
}
