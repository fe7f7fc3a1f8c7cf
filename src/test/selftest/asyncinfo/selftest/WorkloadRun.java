package asyncinfo.selftest;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.Credentials;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.ratelimit.CallOutcome;
import asyncinfo.ratelimit.CallerIdentity;
import asyncinfo.ratelimit.LimitClassifier;
import asyncinfo.ratelimit.LimitVerdict;
import asyncinfo.ratelimit.LimitedApi;
import asyncinfo.ratelimit.PlannedCall;
import asyncinfo.ratelimit.Probe;
import asyncinfo.ratelimit.ProbeId;
import asyncinfo.ratelimit.Sample;
import asyncinfo.ratelimit.Workload;
import asyncinfo.stub.Stub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Sends the limit workload to one API, in simulated or real time, with a plain client. */
final class WorkloadRun {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00.400Z");
  private static final Duration REST = Duration.ofSeconds(3);

  private final Api api;
  private final URI endpoint;
  private final Credentials credentials;
  private final LimitedApi limitedApi;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY) // Another test sets the JVM's proxy for a moment.
          .build();
  private final List<Sample> samples = new ArrayList<>();

  private WorkloadRun(Api api, URI endpoint, Credentials credentials) {
    this.api = api;
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.limitedApi =
        new LimitedApi(api.id(), api.limit().requests(), api.limit().seconds(), false, false);
  }

  /**
   * The response to calls at once.
   *
   * @param accepted how many of them were accepted
   * @param seconds the time until the last refusal was received, or the last response if none was
   *     refused, as when this machine stalls between the calls
   */
  record Burst(int accepted, double seconds) {}

  /** Returns the verdict on the limit of an API as a stub enforces it. */
  static LimitVerdict judge(Api api, Stub.Options options) throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(START);
    try (Stub stub = Stub.start(options.withClock(now::get))) {
      WorkloadRun run = new WorkloadRun(api, stub.endpoint(), stub.accounts().create());
      run.send(now);
      return run.verdict();
    }
  }

  /** Returns the verdict on the limit of an API in real time, for limiters with their own clock. */
  static LimitVerdict judgeInRealTime(Api api, Stub.Options options) throws Exception {
    try (Stub stub = Stub.start(options)) {
      return inRealTime(api, stub.endpoint(), stub.accounts().create()).judge();
    }
  }

  /** Prepares a run against an endpoint whose clock is the true one. */
  static WorkloadRun inRealTime(Api api, URI endpoint, Credentials credentials) {
    return new WorkloadRun(api, endpoint, credentials);
  }

  /** Sends calls at once, and rests. */
  Burst burst(int calls) throws Exception {
    HttpRequest request = request(Instant.now());
    PlannedCall call =
        new PlannedCall(api.id(), ProbeId.of(Probe.BURST), CallerIdentity.FIRST, 0, 0);
    long start = System.nanoTime();
    List<CompletableFuture<Sample>> pending =
        Stream.generate(() -> sendAsync(request, call, start)).limit(calls).toList();
    List<Sample> burst = new ArrayList<>();
    for (CompletableFuture<Sample> sample : pending) {
      burst.add(sample.get());
    }
    long accepted = burst.stream().filter(s -> s.outcome() == CallOutcome.ACCEPTED).count();
    long last =
        burst.stream()
            .filter(s -> accepted == calls || s.outcome() != CallOutcome.ACCEPTED)
            .mapToLong(Sample::received)
            .max()
            .orElseThrow();
    LockSupport.parkNanos(REST.toNanos());
    return new Burst((int) accepted, last / 1e9);
  }

  /** Sends each call when it is due, whether earlier calls have a response or not. */
  LimitVerdict judge() throws Exception {
    Workload workload = new Workload(Workload.WorkloadSize.STANDARD, List.of(limitedApi));
    long start = System.nanoTime();
    for (int i = 0; i < Workload.PHASES; i++) {
      Workload.Phase phase = workload.phase(i, System.nanoTime() - start, List.copyOf(samples));
      List<CompletableFuture<Sample>> pending = new ArrayList<>();
      for (PlannedCall call : phase.calls()) {
        HttpRequest request = request(Instant.now());
        LockSupport.parkNanos(start + call.at() - System.nanoTime());
        pending.add(sendAsync(request, call, start));
      }
      for (CompletableFuture<Sample> sample : pending) {
        samples.add(sample.get());
      }
    }
    return verdict();
  }

  private LimitVerdict verdict() {
    return LimitClassifier.judge(List.of(limitedApi), api.id(), samples);
  }

  private CompletableFuture<Sample> sendAsync(HttpRequest request, PlannedCall call, long start) {
    long sent = System.nanoTime() - start;
    return client
        .sendAsync(request, BodyHandlers.ofString())
        .thenApply(r -> sample(call, sent, System.nanoTime() - start, r.body()));
  }

  private void send(AtomicReference<Instant> now) throws Exception {
    Workload workload = new Workload(Workload.WorkloadSize.STANDARD, List.of(limitedApi));
    long end = 0;
    for (int i = 0; i < Workload.PHASES; i++) {
      Workload.Phase phase = workload.phase(i, end, List.copyOf(samples));
      end = phase.end();
      for (PlannedCall call : phase.calls()) {
        now.set(START.plusNanos(call.at()));
        String response = client.send(request(now.get()), BodyHandlers.ofString()).body();
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

  private HttpRequest request(Instant time) {
    SignedRequest message =
        ApiRequest.of(
                api,
                RequestFormat.POST_JSON_V3,
                endpoint.getAuthority(),
                "ap-guangzhou",
                api.examples().get(0).request(),
                credentials,
                time,
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
