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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the limit workload to one API of the stub, in simulated or real time, with a plain client.
 */
final class WorkloadRun {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00.400Z");

  private final Api api;
  private final LimitedApi limitedApi;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Sample> samples = new ArrayList<>();

  private WorkloadRun(Api api) {
    this.api = api;
    this.limitedApi =
        new LimitedApi(api.id(), api.limit().requests(), api.limit().seconds(), false, false);
  }

  /** Returns the verdict on the limit of an API as a stub enforces it. */
  static LimitVerdict judge(Api api, Stub.Options options) throws Exception {
    WorkloadRun run = new WorkloadRun(api);
    try (Stub stub = Stub.start(options.withClock(run.now::get))) {
      run.send(stub.endpoint(), stub.accounts().create());
    }
    return LimitClassifier.judge(List.of(run.limitedApi), api.id(), run.samples);
  }

  /** Returns the verdict on the limit of an API in real time, for limiters with their own clock. */
  static LimitVerdict judgeInRealTime(Api api, Stub.Options options) throws Exception {
    WorkloadRun run = new WorkloadRun(api);
    try (Stub stub = Stub.start(options)) {
      run.sendWhenDue(stub.endpoint(), stub.accounts().create());
    }
    return LimitClassifier.judge(List.of(run.limitedApi), api.id(), run.samples);
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
        String response = client.send(request, BodyHandlers.ofString()).body();
        samples.add(sample(call, call.at(), call.at() + 5_000_000, response));
      }
    }
  }

  private static Sample sample(PlannedCall call, long sent, long received, String response) {
    return Sample.of(
        call,
        RequestFormat.POST_JSON_V3.toString(),
        "example",
        sent,
        received,
        response.contains("\"Error\"") ? CallOutcome.THROTTLED : CallOutcome.ACCEPTED,
        "");
  }

  /** Sends each call when it is due, whether earlier calls have a response or not. */
  private void sendWhenDue(URI endpoint, Credentials credentials) throws Exception {
    Workload workload = new Workload(Workload.WorkloadSize.STANDARD, List.of(limitedApi));
    long start = System.nanoTime();
    for (int i = 0; i < Workload.PHASES; i++) {
      Workload.Phase phase = workload.phase(i, System.nanoTime() - start, List.copyOf(samples));
      List<CompletableFuture<Sample>> pending = new ArrayList<>();
      for (PlannedCall call : phase.calls()) {
        now.set(Instant.now());
        HttpRequest request = request(endpoint, credentials);
        LockSupport.parkNanos(start + call.at() - System.nanoTime());
        long sent = System.nanoTime() - start;
        pending.add(
            client
                .sendAsync(request, BodyHandlers.ofString())
                .thenApply(r -> sample(call, sent, System.nanoTime() - start, r.body())));
      }
      for (CompletableFuture<Sample> sample : pending) {
        samples.add(sample.get());
      }
    }
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
