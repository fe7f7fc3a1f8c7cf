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
 * What the gateway costs: signed calls to the stub, its limit lifted, beside calls for one static
 * JSON reply from the same WireMock without the gateway. Both get the same closed-loop load from
 * this process, in turns, so that noise meets both; the signing is done beforehand. Then a soak
 * with the limit in force.
 */
public final class Benchmark {
  private static final int CALLERS = 4;
  private static final int ACCOUNTS = 10_000;
  private static final int TURNS = 5;
  private static final int WARM_UP_TURNS = 8;
  private static final String DATA = "\"Status\"";
  private static final String ANY_REPLY = "\"RequestId\"";
  private static final int SOAK_CALLS = 500_000;
  private static final int SOAK_STEP = 50_000;
  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final List<HttpPost> calls;
  private final String sign;
  private final CloseableHttpClient client =
      HttpClients.custom()
          .setMaxConnPerRoute(CALLERS)
          .setMaxConnTotal(2 * CALLERS)
          .disableAutomaticRetries()
          .build();

  private Benchmark(List<HttpPost> calls, String sign) {
    this.calls = calls;
    this.sign = sign;
  }

  /** Prints replies per second and latencies of both, then the heap over 500,000 calls. */
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
      URI plainly = URI.create("http://127.0.0.1:" + plain.port());
      List<Credentials> keys = keys(stub);
      Benchmark toPlain = new Benchmark(signed(specification, keys, plainly), DATA);
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
          new Benchmark(signed(specification, keys(stub), stub.endpoint()), ANY_REPLY);
      for (int done = 0; done < SOAK_CALLS; done += SOAK_STEP) {
        toStub.turn(Long.MAX_VALUE, SOAK_STEP);
        System.gc();
        if (done == 0 || done == SOAK_CALLS - SOAK_STEP) {
          System.out.printf(
              Locale.ROOT,
              "heap after %,d calls with %,d SecretIds: %.1f MB%n",
              done + SOAK_STEP,
              ACCOUNTS,
              ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6);
        }
      }
    }
  }

  private static List<Credentials> keys(Stub stub) {
    return IntStream.range(0, ACCOUNTS).mapToObj(i -> stub.accounts().issue()).toList();
  }

  private static void report(Turn plain, Turn stub) {
    System.out.printf(Locale.ROOT, "static reply, no gateway   %s%n", plain);
    System.out.printf(Locale.ROOT, "signed, through the gateway %s%n", stub);
    System.out.printf(
        Locale.ROOT,
        "the gateway keeps %.0f %% of the replies per second, and %.1f times the p99%n",
        100.0 * stub.perSecond() / plain.perSecond(),
        (double) stub.p99() / plain.p99());
  }

  private static List<HttpPost> signed(
      Specification specification, List<Credentials> keys, URI endpoint) {
    List<HttpPost> calls = new ArrayList<>();
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
      HttpPost call = new HttpPost(endpoint);
      message.headers().forEach(header -> call.addHeader(header.name(), header.value()));
      call.setEntity(new ByteArrayEntity(message.body()));
      calls.add(call);
    }
    return calls;
  }

  /** Calls until a time, in nanoseconds, or a number of calls is over. */
  private Turn turn(long time, int most) throws InterruptedException, ExecutionException {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    long startCpu = cpu();
    Callable<long[]> caller =
        () -> {
          LongStream.Builder nanos = LongStream.builder();
          long now = System.nanoTime();
          for (int call = next.getAndIncrement();
              call < most && now - start < time;
              call = next.getAndIncrement()) {
            send(calls.get(call % calls.size()));
            long done = System.nanoTime();
            nanos.add(done - now);
            now = done;
          }
          return nanos.build().toArray();
        };
    try {
      List<long[]> all = new ArrayList<>();
      for (Future<long[]> done :
          callers.invokeAll(IntStream.range(0, CALLERS).mapToObj(i -> caller).toList())) {
        all.add(done.get());
      }
      long took = System.nanoTime() - start;
      long[] sorted = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      return new Turn(sorted, took, cpu() - startCpu);
    } finally {
      callers.shutdown();
    }
  }

  private static long cpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private void send(HttpPost call) {
    try {
      HttpResponse reply = client.execute(call);
      String text = EntityUtils.toString(reply.getEntity());
      if (!text.contains(sign)) {
        throw new IllegalStateException("unexpected reply: " + text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What one turn measured: sorted latencies and the time and the processor time (of callers and
   * server together) that it took, in nanoseconds.
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares two turns.
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
          "%,7.0f replies per second, p50 %.2f ms, p99 %.2f ms, %.0f us of processor time each",
          perSecond(),
          sorted[sorted.length / 2] / 1e6,
          p99() / 1e6,
          cpu / 1e3 / sorted.length);
    }
  }
}
