package asyncinfo.selftest;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.Credentials;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.ratelimit.CallOutcome;
import asyncinfo.ratelimit.LimitClassifier;
import asyncinfo.ratelimit.LimitVerdict;
import asyncinfo.ratelimit.LimitedApi;
import asyncinfo.ratelimit.PlannedCall;
import asyncinfo.ratelimit.Sample;
import asyncinfo.ratelimit.Workload;
import asyncinfo.stub.Stub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Sends the limit workload to one API of the stub in simulated time, with a plain client. */
final class WorkloadRun {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00.400Z");

  private final Api api;
  private final LimitedApi limitedApi;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Sample> samples = new ArrayList<>();

  private WorkloadRun(Api api) {
    this.api = api;
    this.limitedApi =
        new LimitedApi(api.product(), api.limit().requests(), api.limit().seconds(), false, false);
  }

  /** Returns the verdict on the limit of an API as a stub enforces it. */
  static LimitVerdict judge(Api api, Stub.Options options) throws Exception {
    WorkloadRun run = new WorkloadRun(api);
    try (Stub stub = Stub.start(options.withClock(run.now::get))) {
      run.send(stub.endpoint(), stub.accounts().create());
    }
    return LimitClassifier.judge(List.of(run.limitedApi), api.product(), run.samples);
  }

  private void send(URI endpoint, Credentials credentials) throws Exception {
    Workload workload = new Workload(Workload.WorkloadSize.STANDARD, List.of(limitedApi));
    long end = 0;
    for (int i = 0; i < Workload.PHASES; i++) {
      Workload.Phase phase = workload.phase(i, end, List.copyOf(samples));
      end = phase.end();
      for (PlannedCall call : phase.calls()) {
        now.set(START.plusNanos(call.at()));
        HttpRequest request = request(endpoint, credentials);
        samples.add(sample(call, client.send(request, BodyHandlers.ofString()).body()));
      }
    }
  }

  private static Sample sample(PlannedCall call, String response) {
    return Sample.of(
        call,
        RequestFormat.POST_JSON_V3.toString(),
        "example",
        call.at(),
        call.at() + 5_000_000,
        response.contains("\"Error\"") ? CallOutcome.THROTTLED : CallOutcome.ACCEPTED,
        "");
  }

  private HttpRequest request(URI endpoint, Credentials credentials) {
    SignedRequest message =
        ApiRequest.of(
                api,
                RequestFormat.POST_JSON_V3,
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
