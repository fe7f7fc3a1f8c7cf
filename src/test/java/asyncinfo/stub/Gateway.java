package asyncinfo.stub;

import asyncinfo.client.Credentials;
import asyncinfo.contract.Api;
import asyncinfo.contract.Limit;
import asyncinfo.contract.Specification;
import asyncinfo.ratelimit.LimitKey;
import asyncinfo.ratelimit.Limiter;
import asyncinfo.ratelimit.LimiterModel;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.common.LocalNotifier;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands before the backend, as in the real thing. Each request passes these steps, and the
 * first that objects answers:
 *
 * <ol>
 *   <li>protocol: method, size, encoding of query, form or JSON ({@link HttpRequestParser});
 *   <li>product: by the host where it names one ({@link Routing});
 *   <li>common parameters: present, well-formed ({@link CommonParameters}); version and action
 *       exist, the region is known;
 *   <li>signature, v3 or v1 ({@link Authentication});
 *   <li>request schema ({@link RequestSchema});
 *   <li>frequency ({@link RateLimiter}).
 * </ol>
 *
 * What passes reaches the mappings in one shape, {@link NormalizedRequest}, so that a mapping
 * serves all shapes of a call and never names the gateway.
 */
final class Gateway implements StubRequestFilterV2 {
  private final GatewayData data;
  private final HttpRequestParser protocol;
  private final Routing routing;
  private final CommonParameters commonParameters;
  private final Authentication authentication;
  private final RequestSchema requestSchema;
  private final RateLimiter limiter;
  private final LimiterRegistry mounted;
  private final LimiterOption choice;
  private final Function<String, Optional<ResponseDefinition>> knownReplies;

  /**
   * @param choice which limiter it has
   * @param knownReplies gives the backend's reply to a path with its query, where it is known
   */
  Gateway(
      Specification specification,
      GatewayData data,
      CredentialStore accounts,
      InstantSource clock,
      LimiterOption choice,
      Function<String, Optional<ResponseDefinition>> knownReplies) {
    this.data = data;
    this.protocol = new HttpRequestParser(specification, data);
    this.routing = new Routing(specification, data);
    this.commonParameters = new CommonParameters(specification, data);
    this.authentication = new Authentication(commonParameters, data, accounts, clock);
    this.requestSchema = new RequestSchema(specification, commonParameters, data);
    this.limiter = new RateLimiter(clock);
    this.mounted = new LimiterRegistry(clock, choice.phase());
    this.choice = choice;
    this.knownReplies = knownReplies;
  }

  @Override
  public String getName() {
    return "gateway";
  }

  @Override
  public RequestFilterAction filter(Request raw, ServeEvent serveEvent) {
    try {
      Request passed = pass(raw);
      return knownReplies
          .apply(passed.getUrl())
          .map(RequestFilterAction::stopWith)
          .orElseGet(() -> RequestFilterAction.continueWith(passed));
    } catch (ApiErrorException e) {
      return refused(e.refusal());
    } catch (RuntimeException e) {
      LocalNotifier.notifier().error("the gateway failed", e);
      return refused(data.refuse("internal").refusal());
    }
  }

  private static RequestFilterAction refused(ErrorResponse refusal) {
    return RequestFilterAction.stopWith(
        ResponseDefinitionBuilder.responseDefinition()
            .withStatus(200)
            .withHeader("Content-Type", "application/json")
            .withBody(refusal.body())
            .build());
  }

  private Request pass(Request raw) throws ApiErrorException {
    ReceivedRequest request = protocol.read(raw);
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
    requireFrequency(request, credentials, api, region, arguments);
    return new NormalizedRequest(raw, api, arguments);
  }

  private void requireFrequency(
      ReceivedRequest request,
      Credentials credentials,
      Api api,
      String region,
      ObjectNode arguments)
      throws ApiErrorException {
    Optional<LimiterModel> kind = choice.kind(api.limit());
    if (kind.isPresent()) {
      double wait =
          mounted.admit(
              kind.get(),
              new LimitKey(
                  api.folder(),
                  region,
                  credentials.secretId(),
                  request.connection(),
                  request.method() + (request.v3() ? " v3" : " v1"),
                  arguments.toString()));
      if (wait == Limiter.REFUSED) {
        int promised = api.limit().requests();
        throw data.refuse("frequency", promised + 1, promised);
      }
      LockSupport.parkNanos(LimiterRegistry.wait(wait).toNanos());
      return;
    }
    Limit enforced = choice.limit(api.limit());
    if (enforced.requests() == 0) {
      return;
    }
    int count = limiter.count(List.of(credentials.secretId(), api.folder(), region), enforced);
    if (count > enforced.requests()) {
      throw data.refuse("frequency", count, enforced.requests());
    }
  }
}
