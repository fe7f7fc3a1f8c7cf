package asyncinfo.selftest;

import asyncinfo.client.Credentials;
import asyncinfo.contract.Api;
import asyncinfo.stub.CredentialStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the flawless stub said so far in a run, for faults that say it again. */
final class ExchangeHistory {
  private final List<Api> apis;
  private final CredentialStore keys;
  private final Map<Api, String> bodies = new HashMap<>();
  private final Map<Api, String> requestIds = new HashMap<>();
  private final Map<Exchange.RequestKey, Integer> looks = new HashMap<>();
  private Optional<String> firstRequestId = Optional.empty();

  /**
   * @param keys the keys that the stub knows
   */
  ExchangeHistory(List<Api> apis, CredentialStore keys) {
    this.apis = apis;
    this.keys = keys;
  }

  /** An API that was not asked. */
  Optional<Api> otherApi(Exchange it) {
    return apis.stream().filter(api -> !it.api().equals(Optional.of(api))).findFirst();
  }

  /** Keeps what was said, after the faults had their turn. */
  void keep(Exchange it) {
    it.api()
        .ifPresent(
            api -> {
              bodies.put(api, it.original().text());
              it.original().requestId().ifPresent(id -> requestIds.put(api, id));
            });
    firstRequestId = firstRequestId.or(it.original()::requestId);
  }

  /** Returns the SecretKey of the SecretId that a request names. */
  Optional<String> secretKey(Exchange exchange) {
    return exchange.secretId().flatMap(keys::find).map(Credentials::secretKey);
  }

  /** The body of the last reply of the same API. */
  Optional<String> previous(Exchange it) {
    return it.api().map(bodies::get);
  }

  /** A RequestId that was given before. */
  Optional<String> requestId(Step.Source source, Exchange it) {
    return switch (source) {
      case FIRST -> firstRequestId;
      case PREVIOUS -> it.api().map(requestIds::get);
      case OTHER_API -> otherApi(it).map(requestIds::get);
    };
  }

  /** How often the same was asked, this time included. */
  int look(Exchange it) {
    return looks.merge(it.asked(), 1, Integer::sum);
  }
}
