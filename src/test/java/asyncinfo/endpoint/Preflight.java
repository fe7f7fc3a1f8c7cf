package asyncinfo.endpoint;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.ApiResponse;
import asyncinfo.client.Credentials;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.Redaction;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Sends one valid request in each request format before the suites begin. Where an endpoint refuses
 * every format because of the settings (key, permission, region, address), no case could be judged:
 * the client blocks that API with one line of explanation. Where it refuses some formats only, the
 * endpoint is at fault, and the cases report it.
 */
public final class Preflight {
  private static final String COMMON_FILE = "common/api-3.0.json";
  private static final int LONGEST_MESSAGE = 200;

  /** First nonce of the preflight, which counts down; those of test cases count up from 1. */
  private static final int LAST_NONCE = Integer.MAX_VALUE;

  private final Specification specification;
  private final TargetEndpoint target;
  private final PacedClient client;
  private final InstantSource clock;
  private final Map<String, String> blocked = new LinkedHashMap<>();
  private int nonce = LAST_NONCE;

  private Preflight(
      Specification specification, TargetEndpoint target, PacedClient client, InstantSource clock) {
    this.specification = specification;
    this.target = target;
    this.client = client;
    this.clock = clock;
  }

  /**
   * Sends the requests if the target is a live endpoint, and blocks the APIs that refuse them all.
   *
   * @param clock the time that requests state
   * @param folder the folder of the run's evidence, which gets the blocked APIs too
   */
  public static void check(
      Specification specification,
      TargetEndpoint target,
      PacedClient client,
      InstantSource clock,
      Path folder) {
    if (target.isLive()) {
      Preflight preflight = new Preflight(specification, target, client, clock);
      target.apis().forEach(preflight::check);
      client.resetTimeouts();
      new BlockedApis(preflight.blocked).write(folder);
    }
  }

  /** A refusal for a reason in the settings. */
  private record Refusal(String code, String message, String requestId, String remedy) {}

  private void check(Api api) {
    List<Refusal> refusals = new ArrayList<>();
    for (RequestFormat format : RequestFormat.EACH_METHOD_AND_SIGNATURE) {
      Optional<Refusal> refusal = refusal(api, format);
      if (refusal.isEmpty()) {
        return;
      }
      refusals.add(refusal.get());
    }
    blocked.put(api.id(), line(api, refusals));
    client.block(api, blocked.get(api.id()));
  }

  private Optional<Refusal> refusal(Api api, RequestFormat format) {
    Credentials credentials = target.credentials();
    SignedRequest request =
        ApiRequest.of(
                api,
                format,
                target.host(api),
                target.region(),
                specification.requests(api).samples(),
                credentials,
                clock.instant(),
                nonce--)
            .sign();
    try {
      ApiResponse response = client.send(api, request);
      return response
          .errorCode()
          .flatMap(
              code ->
                  remedy(code, response)
                      .map(
                          remedy ->
                              refusal(code, response, Redaction.of(request, credentials), remedy)));
    } catch (NoResponseException | RequestNotSentException e) {
      return Optional.empty();
    }
  }

  private static Refusal refusal(
      String code, ApiResponse response, Redaction redaction, String remedy) {
    String message =
        response
            .json()
            .map(json -> json.at("/Response/Error/Message").asString(""))
            .orElse("")
            .replaceAll("\\s+", " ");
    String shown = redaction.apply(message);
    return new Refusal(
        code,
        shown.length() <= LONGEST_MESSAGE ? shown : shown.substring(0, LONGEST_MESSAGE) + "…",
        redaction.apply(response.requestId().orElse("none")),
        remedy);
  }

  /** Returns what to check for an error code or the family it belongs to; empty for other codes. */
  private Optional<String> remedy(String code, ApiResponse response) {
    return specification
        .data(COMMON_FILE)
        .path("configurationErrors")
        .valueStream()
        .filter(error -> (code + ".").startsWith(error.path("code").asString() + "."))
        .filter(
            error ->
                error.path("unlessHeader").stringValueOpt().flatMap(response::header).isEmpty())
        .map(error -> error.path("check"))
        .map(JsonNode::asString)
        .findFirst();
  }

  private static String line(Api api, List<Refusal> refusals) {
    Map<String, Refusal> byCode = new LinkedHashMap<>();
    refusals.forEach(refusal -> byCode.putIfAbsent(refusal.code(), refusal));
    return "not sent: %s refuses every request format with %s; check %s"
        .formatted(
            api.id(),
            byCode.values().stream()
                .map(r -> "%s (%s; RequestId %s)".formatted(r.code(), r.message(), r.requestId()))
                .collect(Collectors.joining(" and ")),
            byCode.values().stream()
                .map(Refusal::remedy)
                .distinct()
                .collect(Collectors.joining("; and ")));
  }
}
