package asyncinfo.stub;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.Credentials;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/**
 * Measures the cost of the gateway: signed requests to the stub without a limit, and requests for
 * one static JSON response from the same WireMock without the gateway. Both get the same
 * closed-loop load from this process, alternately, so that noise affects both; requests are signed
 * beforehand. Then a soak test with the limit.
 */
public final class Benchmark {
  private static final int CLIENTS = 4;
  private static final int ACCOUNTS = 10_000;
  private static final int TURNS = 5;
  private static final int WARM_UP_TURNS = 8;
  private static final String DATA = "\"Status\"";
  private static final String ANY_RESPONSE = "\"RequestId\"";
  private static final int SOAK_REQUESTS = 500_000;
  private static final int SOAK_STEP = 50_000;
  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final List<HttpPost> requests;
  private final String marker;
  private final CloseableHttpClient client =
      HttpClients.custom()
          .setMaxConnPerRoute(CLIENTS)
          .setMaxConnTotal(2 * CLIENTS)
          .disableAutomaticRetries()
          .build();

  private Benchmark(List<HttpPost> requests, String marker) {
    this.requests = requests;
    this.marker = marker;
  }

  /** Prints responses per second and latencies of both, then the heap over 500,000 requests. */
  public static void run() throws Exception {
    Specification specification = Specification.load();
    compare(specification);
    soak(specification);
  }

  private static void compare(Specification specification) throws Exception {
    WireMockServer plain = new WireMockServer(Stub.server(Stub.Listener.LOOPBACK));
    plain.start();
    plain.stubFor(
        WireMock.any(WireMock.anyUrl())
            .willReturn(
                WireMock.okJson(
                    specification.apis().get(0).examples().get(0).response().toString())));
    try (Stub stub = Stub.start(Stub.Options.of(specification).withLimit(0))) {
      URI plainEndpoint = URI.create("http://127.0.0.1:" + plain.port());
      List<Credentials> keys = keys(stub);
      Benchmark toPlain = new Benchmark(signed(specification, keys, plainEndpoint), DATA);
      Benchmark toStub = new Benchmark(signed(specification, keys, stub.endpoint()), DATA);
      List<Turn> plainTurns = new ArrayList<>();
      List<Turn> stubTurns = new ArrayList<>();
      for (int turn = -WARM_UP_TURNS; turn < TURNS; turn++) {
        Turn ofPlain = toPlain.turn(TURN_NANOS, Integer.MAX_VALUE);
        Turn ofStub = toStub.turn(TURN_NANOS, Integer.MAX_VALUE);
        if (turn >= 0) {
          plainTurns.add(ofPlain);
          stubTurns.add(ofStub);
        }
      }
      report(Turn.median(plainTurns), Turn.median(stubTurns));
    } finally {
      plain.stop();
    }
  }

  private static void soak(Specification specification) throws Exception {
    try (Stub stub = Stub.start(Stub.Options.of(specification))) {
      Benchmark toStub =
          new Benchmark(signed(specification, keys(stub), stub.endpoint()), ANY_RESPONSE);
      for (int done = 0; done < SOAK_REQUESTS; done += SOAK_STEP) {
        toStub.turn(Long.MAX_VALUE, SOAK_STEP);
        System.gc();
        if (done == 0 || done == SOAK_REQUESTS - SOAK_STEP) {
          System.out.printf(
              Locale.ROOT,
              "heap after %,d requests with %,d SecretIds: %.1f MB%n",
              done + SOAK_STEP,
              ACCOUNTS,
              ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6);
        }
      }
    }
  }

  private static List<Credentials> keys(Stub stub) {
    return IntStream.range(0, ACCOUNTS).mapToObj(i -> stub.accounts().create()).toList();
  }

  private static void report(Turn plain, Turn stub) {
    System.out.printf(Locale.ROOT, "static response, no gateway %s%n", plain);
    System.out.printf(Locale.ROOT, "signed, through the gateway %s%n", stub);
    System.out.printf(
        Locale.ROOT,
        "the gateway keeps %.0f %% of the responses per second, and %.1f times the p99%n",
        100.0 * stub.perSecond() / plain.perSecond(),
        (double) stub.p99() / plain.p99());
  }

  private static List<HttpPost> signed(
      Specification specification, List<Credentials> keys, URI endpoint) {
    List<HttpPost> requests = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Api api = specification.apis().get(i % specification.apis().size());
      SignedRequest message =
          ApiRequest.of(
                  api,
                  RequestFormat.POST_JSON_V3,
                  api.domain(),
                  "ap-guangzhou",
                  specification.requests(api).valid(),
                  keys.get(i),
                  Instant.now(),
                  1)
              .sign();
      HttpPost request = new HttpPost(endpoint);
      message.headers().forEach(header -> request.addHeader(header.name(), header.value()));
      request.setEntity(new ByteArrayEntity(message.body()));
      requests.add(request);
    }
    return requests;
  }

  /** Sends requests until a time, in nanoseconds, or a number of requests is reached. */
  private Turn turn(long time, int most) throws InterruptedException, ExecutionException {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    long startCpu = cpu();
    Callable<long[]> loop =
        () -> {
          LongStream.Builder nanos = LongStream.builder();
          long now = System.nanoTime();
          for (int request = next.getAndIncrement();
              request < most && now - start < time;
              request = next.getAndIncrement()) {
            send(requests.get(request % requests.size()));
            long done = System.nanoTime();
            nanos.add(done - now);
            now = done;
          }
          return nanos.build().toArray();
        };
    try {
      List<long[]> all = new ArrayList<>();
      for (Future<long[]> done :
          clients.invokeAll(IntStream.range(0, CLIENTS).mapToObj(i -> loop).toList())) {
        all.add(done.get());
      }
      long took = System.nanoTime() - start;
      long[] sorted = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      return new Turn(sorted, took, cpu() - startCpu);
    } finally {
      clients.shutdown();
    }
  }

  private static long cpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private void send(HttpPost request) {
    try {
      HttpResponse response = client.execute(request);
      String text = EntityUtils.toString(response.getEntity());
      if (!text.contains(marker)) {
        throw new IllegalStateException("unexpected response: " + text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The measurements of one turn: sorted latencies, elapsed time and processor time (of clients and
   * server together), in nanoseconds.
   */
  @SuppressWarnings("ArrayRecordComponent") // Turns are never compared.
  private record Turn(long[] sorted, long took, long cpu) {
    static Turn median(List<Turn> turns) {
      return turns.stream()
          .sorted((a, b) -> Double.compare(a.perSecond(), b.perSecond()))
          .skip(turns.size() / 2)
          .findFirst()
          .orElseThrow();
    }

    double perSecond() {
      return sorted.length * 1e9 / took;
    }

    long p99() {
      return sorted[sorted.length * 99 / 100];
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,7.0f responses per second, p50 %.2f ms, p99 %.2f ms, %.0f us of processor time each",
          perSecond(),
          sorted[sorted.length / 2] / 1e6,
          p99() / 1e6,
          cpu / 1e3 / sorted.length);
    }
  }
}
