package asyncinfo.selfproof;

import asyncinfo.contract.Api;
import asyncinfo.limit.Judge;
import asyncinfo.limit.LimitVerdict;
import asyncinfo.limit.Party;
import asyncinfo.limit.Protocol;
import asyncinfo.limit.Reception;
import asyncinfo.limit.Sample;
import asyncinfo.limit.Shot;
import asyncinfo.stub.Stub;
import asyncinfo.wire.Call;
import asyncinfo.wire.CallShape;
import asyncinfo.wire.Credentials;
import asyncinfo.wire.HttpMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The limit's protocol, sent to one API of the real stub on a clock that the run moves, over a
 * plain client: hundreds of calls, of which only the gateway matters.
 */
final class ProtocolRun {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00.400Z");

  private final Api api;
  private final Party party;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Sample> samples = new ArrayList<>();

  private ProtocolRun(Api api) {
    this.api = api;
    this.party =
        new Party(api.product(), api.limit().requests(), api.limit().seconds(), false, false);
  }

  /** What the judge says of the limit of an API, as a stub enforces it. */
  static LimitVerdict judge(Api api, Stub.Options options) throws Exception {
    ProtocolRun run = new ProtocolRun(api);
    try (Stub stub = Stub.start(options.withClock(run.now::get))) {
      run.send(stub.endpoint(), stub.accounts().issue());
    }
    return Judge.judge(List.of(run.party), api.product(), run.samples);
  }

  private void send(URI endpoint, Credentials credentials) throws Exception {
    Protocol protocol = new Protocol(Protocol.Extent.LEAN, List.of(party));
    long end = 0;
    for (int i = 0; i < Protocol.STAGES; i++) {
      Protocol.Stage stage = protocol.stage(i, end, List.copyOf(samples));
      end = stage.end();
      for (Shot shot : stage.shots()) {
        now.set(START.plusNanos(shot.at()));
        HttpRequest request = request(endpoint, credentials);
        samples.add(sample(shot, client.send(request, BodyHandlers.ofString()).body()));
      }
    }
  }

  private static Sample sample(Shot shot, String reply) {
    return Sample.of(
        shot,
        CallShape.POST_JSON_V3.toString(),
        "example",
        shot.at(),
        shot.at() + 5_000_000,
        reply.contains("\"Error\"") ? Reception.THROTTLED : Reception.ACCEPTED,
        "");
  }

  private HttpRequest request(URI endpoint, Credentials credentials) {
    HttpMessage message =
        Call.of(
                api,
                CallShape.POST_JSON_V3,
                endpoint.getAuthority(),
                "ap-guangzhou",
                api.examples().get(0).request(),
                credentials,
                now.get(),
                1)
            .sign();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .POST(BodyPublishers.ofByteArray(message.body()));
    message.headers().stream()
        .filter(header -> !header.name().equals("Host"))
        .forEach(header -> request.header(header.name(), header.value()));
    return request.build();
  }
}
