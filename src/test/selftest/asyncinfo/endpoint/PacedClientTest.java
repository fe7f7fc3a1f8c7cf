package asyncinfo.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.client.Credentials;
import asyncinfo.client.Header;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.SignedRequest;
import asyncinfo.client.Timeouts;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests pacing, max.requests, max.duration and retries on a clock that advances only by waiting.
 */
@Tag("slow")
class PacedClientTest {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Api DTS = SPECIFICATION.apis().get(0);
  private static final Api MONGODB = SPECIFICATION.apis().get(1);
  private static final SignedRequest POST =
      new SignedRequest("POST", "", List.of(new Header("Host", "a.example")), new byte[] {'x'});

  private final AtomicInteger requests = new AtomicInteger();
  private final ManualTicker ticker = new ManualTicker();
  private HttpServer server;

  /** A clock that advances only by sleeping. */
  private static final class ManualTicker implements Ticker {
    private long now = 1_000;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void sleep(long nanos) {
      now += Math.max(0, nanos);
    }

    double seconds() {
      return (now - 1_000) / 1e9;
    }
  }

  @BeforeEach
  void startsAServerThatRespondsOnlyToGet() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          if (exchange.getRequestMethod().equals("GET")) {
            exchange.sendResponseHeaders(200, -1);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopsTheServer() {
    server.stop(0);
  }

  @Test
  void keepsTheRequestRateOfEachApi() throws Exception {
    try (PacedClient pacedClient = new PacedClient(target(5, 100, 60), ticker)) {
      List<Double> starts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        pacedClient.send(DTS, get());
        starts.add(ticker.seconds());
        pacedClient.send(MONGODB, get());
      }

      assertThat(starts).containsExactly(0.2, 0.4, 0.6, 0.8);
    }
  }

  @Test
  void sharesMaxRequestsBetweenApis() throws Exception {
    try (PacedClient pacedClient = new PacedClient(target(0, 3, 60), ticker)) {
      pacedClient.send(DTS, get());
      pacedClient.send(MONGODB, get());
      pacedClient.sendAtOnce(DTS, get());

      for (Api api : SPECIFICATION.apis()) {
        assertThatThrownBy(() -> pacedClient.send(api, get()))
            .isInstanceOf(RequestNotSentException.class)
            .hasMessage(
                "not sent: max.requests (3) is used up; raise it with -Dmax.requests or narrow the"
                    + " run with -Dclause");
      }
      assertThat(requests).hasValue(3);
      assertThat(pacedClient.traffic().sent()).isEqualTo(Map.of("dts", 2, "mongodb", 1));
    }
  }

  @Test
  void sendsNothingAfterMaxDuration() throws Exception {
    try (PacedClient pacedClient = new PacedClient(target(1, 100, 3), ticker)) {
      pacedClient.send(DTS, get());
      pacedClient.send(DTS, get());

      assertThatThrownBy(() -> pacedClient.send(DTS, get()))
          .hasMessage(
              "not sent: max.duration (3 s) has passed; raise it with -Dmax.duration or narrow"
                  + " the run with -Dclause");
      assertThat(requests).hasValue(2);
    }
  }

  @Test
  void givesUpOnAnUnreachableEndpoint() {
    URI unreachable = endpoint();
    server.stop(0);
    try (PacedClient pacedClient = new PacedClient(target(0, 100, 60), ticker)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> pacedClient.send(DTS, POST))
            .isInstanceOf(NoResponseException.class);
      }
      assertThatThrownBy(() -> pacedClient.send(DTS, POST))
          .isInstanceOf(RequestNotSentException.class)
          .hasMessage(
              "not sent: "
                  + unreachable
                  + ": connection refused, 4 times in a row, so nothing more is sent there");
      assertThat(pacedClient.traffic().sent()).containsEntry("dts", 4);
    }
  }

  @Test
  void doesNotGiveUpOnAnEndpointThatIgnoresOnlySomeRequests() {
    try (PacedClient pacedClient = new PacedClient(target(0, 100, 60), ticker)) {
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(() -> pacedClient.send(DTS, POST))
            .isInstanceOf(NoResponseException.class);
      }
    }
  }

  @Test
  void waitsLongerEachTimeTheLimitIsUsedUpAndThenNoMore() throws Exception {
    try (PacedClient pacedClient = new PacedClient(target(0, 100, 60), ticker)) {
      List<Boolean> again = new ArrayList<>();
      for (int waits = 0; waits < 4; waits++) {
        again.add(pacedClient.retryAfterThrottling(DTS, waits));
        pacedClient.send(DTS, get());
      }

      assertThat(again).containsExactly(true, true, true, false);
      assertThat(ticker.seconds()).isEqualTo(1 + 2 + 4);
      assertThat(pacedClient.traffic().throttled()).isEqualTo(Map.of("dts", 4, "mongodb", 0));
    }
  }

  @Test
  void doesNotWaitWhenWaitingDoesNotHelp() {
    try (PacedClient pacedClient = new PacedClient(target(0, 100, 60), ticker)) {
      IntStream.range(0, 3).forEach(i -> pacedClient.retryAfterThrottling(DTS, 3));
      assertThat(pacedClient.retryAfterThrottling(DTS, 0)).isFalse();
      assertThat(pacedClient.retryAfterThrottling(MONGODB, 0)).isTrue();

      pacedClient.resetThrottling(DTS);
      assertThat(pacedClient.retryAfterThrottling(DTS, 0)).isTrue();
    }
  }

  @Test
  void waitsNoMoreThanThirtyTimesInARun() {
    try (PacedClient pacedClient = new PacedClient(target(0, 100, 60), ticker)) {
      for (int i = 0; i < 30; i++) {
        assertThat(pacedClient.retryAfterThrottling(DTS, 0)).isTrue();
        pacedClient.resetThrottling(DTS);
      }
      assertThat(pacedClient.retryAfterThrottling(DTS, 0)).isFalse();
    }
  }

  @Test
  void letsTheLimitRecoverAfterABurst() throws Exception {
    try (PacedClient pacedClient = new PacedClient(target(0, 100, 60), ticker)) {
      pacedClient.alone(DTS, () -> pacedClient.sendAtOnce(DTS, get()));
      assertThat(ticker.seconds()).isZero();
      pacedClient.send(MONGODB, get());
      assertThat(ticker.seconds()).isZero();
      pacedClient.send(DTS, get());
      assertThat(ticker.seconds()).isEqualTo(2);
    }
  }

  private static SignedRequest get() {
    return new SignedRequest("GET", "", List.of(new Header("Host", "a.example")), new byte[0]);
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private TargetEndpoint target(int maxRps, int maxRequests, int maxDuration) {
    Map<Api, URI> endpoints = new LinkedHashMap<>();
    Map<Api, String> hosts = new LinkedHashMap<>();
    for (Api api : SPECIFICATION.apis()) {
      endpoints.put(api, endpoint());
      hosts.put(api, "a.example");
    }
    return new RemoteEndpoint(
        endpoints,
        hosts,
        Map.of(),
        TargetEndpoint.DEFAULT_REGION,
        new Credentials("AKIDx", "y"),
        Fixtures.none(),
        Waivers.none(),
        Optional.empty(),
        maxRps,
        Timeouts.DEFAULT,
        OptionalInt.of(maxRequests),
        Optional.of(Duration.ofSeconds(maxDuration)),
        List.of(),
        LimitTestOptions.STANDARD,
        ClauseFilter.ALL,
        Optional.empty(),
        false);
  }
}
