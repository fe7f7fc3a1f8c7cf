package asyncinfo.stub;

import asyncinfo.client.Credentials;
import asyncinfo.contract.Api;
import asyncinfo.contract.Limit;
import asyncinfo.contract.Specification;
import asyncinfo.ratelimit.LimitKey;
import asyncinfo.ratelimit.LimiterModel;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.common.LocalNotifier;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Processes each request before the backend, as the real gateway does. The first step that fails
 * returns its error:
 *
 * <ol>
 *   <li>HTTP: method, size, encoding of query, form or JSON ({@link HttpRequestParser});
 *   <li>product: by the host if it names one ({@link Routing});
 *   <li>common parameters: present and well-formed ({@link CommonParameters}); version and action
 *       exist, the region is known;
 *   <li>signature, v3 or v1 ({@link Authentication});
 *   <li>request schema ({@link RequestSchema});
 *   <li>rate limit ({@link LimiterRegistry}).
 * </ol>
 *
 * A request that passes reaches the mappings as a {@link NormalizedRequest}, so that one mapping
 * serves all request formats and none depends on the gateway.
 */
final class Gateway implements StubRequestFilterV2 {
  private final GatewayData data;
  private final HttpRequestParser parser;
  private final Routing routing;
  private final CommonParameters commonParameters;
  private final Authentication authentication;
  private final RequestSchema requestSchema;
  private final LimiterRegistry limiters;
  private final LimiterOption option;
  private final Map<Limit, LimiterModel> models;
  private final Function<String, Optional<ResponseDefinition>> cachedResponses;

  /**
   * Creates a gateway.
   *
   * @param option selects the limiter
   * @param cachedResponses returns the backend's response to a normalized URL, if it is cached
   */
  Gateway(
      Specification specification,
      GatewayData data,
      CredentialStore credentialStore,
      InstantSource clock,
      LimiterOption option,
      Function<String, Optional<ResponseDefinition>> cachedResponses) {
    this.data = data;
    this.parser = new HttpRequestParser(specification, data);
    this.routing = new Routing(specification, data);
    this.commonParameters = new CommonParameters(specification, data);
    this.authentication = new Authentication(commonParameters, data, credentialStore, clock);
    this.requestSchema = new RequestSchema(specification, commonParameters, data);
    this.limiters = new LimiterRegistry(clock, option.phase());
    this.option = option;
    this.models =
        specification.apis().stream()
            .map(Api::limit)
            .distinct()
            .collect(Collectors.toMap(Function.identity(), option.models()));
    this.cachedResponses = cachedResponses;
  }

  @Override
  public String getName() {
    return "gateway";
  }

  @Override
  public RequestFilterAction filter(Request raw, ServeEvent serveEvent) {
    try {
      Request passed = pass(raw);
      return cachedResponses
          .apply(passed.getUrl())
          .map(RequestFilterAction::stopWith)
          .orElseGet(() -> RequestFilterAction.continueWith(passed));
    } catch (ApiErrorException e) {
      return respond(e.response());
    } catch (RuntimeException e) {
      LocalNotifier.notifier().error("the gateway failed", e);
      return respond(data.refuse("internal").response());
    }
  }

  private static RequestFilterAction respond(ErrorResponse response) {
    return RequestFilterAction.stopWith(
        ResponseDefinitionBuilder.responseDefinition()
            .withStatus(200)
            .withHeader("Content-Type", "application/json")
            .withBody(response.body())
            .build());
  }

  private Request pass(Request raw) throws ApiErrorException {
    ReceivedRequest request = parser.read(raw);
    Optional<String> product = routing.productByHost(request);
    commonParameters.require(request);
    Api api =
        routing.route(
            product,
            commonParameters.required(request, "Version"),
            commonParameters.required(request, "Action"));
    String region = commonParameters.region(request);
    Credentials credentials = authentication.verify(request, api, product.isPresent());
    ObjectNode arguments = requestSchema.require(request, api);
    requireRateLimit(request, credentials, api, region, arguments);
    return new NormalizedRequest(raw, api, arguments);
  }

  private void requireRateLimit(
      ReceivedRequest request,
      Credentials credentials,
      Api api,
      String region,
      ObjectNode arguments)
      throws ApiErrorException {
    LimiterRegistry.Decision decision =
        limiters.admit(
            models.get(api.limit()),
            new LimitKey(
                api.id(),
                region,
                credentials.secretId(),
                request.connection(),
                request.method() + (request.v3() ? " v3" : " v1"),
                arguments.toString()));
    if (decision.refused()) {
      int limit = option.requests(api.limit());
      throw data.refuse("frequency", Math.max(decision.count(), limit + 1), limit);
    }
    LockSupport.parkNanos(decision.delay().toNanos());
  }
}
