package asyncinfo.selftest;

import asyncinfo.client.Credentials;
import asyncinfo.contract.Api;
import asyncinfo.stub.CredentialStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The original responses of a run so far, for faults that repeat them. */
final class ExchangeHistory {
  private final List<Api> apis;
  private final CredentialStore keys;
  private final Map<Api, String> bodies = new HashMap<>();
  private final Map<Api, String> requestIds = new HashMap<>();
  private final Map<Exchange.RequestKey, Integer> attempts = new HashMap<>();
  private Optional<String> firstRequestId = Optional.empty();

  /**
   * @param keys the keys that the stub knows
   */
  ExchangeHistory(List<Api> apis, CredentialStore keys) {
    this.apis = apis;
    this.keys = keys;
  }

  /** Returns an API other than the one of the request. */
  Optional<Api> otherApi(Exchange exchange) {
    return apis.stream().filter(api -> !exchange.api().equals(Optional.of(api))).findFirst();
  }

  /** Records an exchange, after the faults were applied. */
  void keep(Exchange exchange) {
    exchange
        .api()
        .ifPresent(
            api -> {
              bodies.put(api, exchange.original().text());
              exchange.original().requestId().ifPresent(id -> requestIds.put(api, id));
            });
    firstRequestId = firstRequestId.or(exchange.original()::requestId);
  }

  /** Returns the SecretKey of the SecretId that a request names. */
  Optional<String> secretKey(Exchange exchange) {
    return exchange.secretId().flatMap(keys::find).map(Credentials::secretKey);
  }

  /** Returns the body of the last response of the same API. */
  Optional<String> previous(Exchange exchange) {
    return exchange.api().map(bodies::get);
  }

  /** Returns an earlier RequestId. */
  Optional<String> requestId(Step.Source source, Exchange exchange) {
    return switch (source) {
      case FIRST -> firstRequestId;
      case PREVIOUS -> exchange.api().map(requestIds::get);
      case OTHER_API -> otherApi(exchange).map(requestIds::get);
    };
  }

  /** Returns how often the same request was sent, this time included. */
  int attempt(Exchange exchange) {
    return attempts.merge(exchange.key(), 1, Integer::sum);
  }
}
