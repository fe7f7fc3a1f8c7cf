package asyncinfo.endpoint;

import asyncinfo.config.Settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.client.Credentials;
import asyncinfo.client.Header;
import asyncinfo.client.SignedRequest;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.Timeouts;
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
import org.junit.jupiter.api.Test;

/** Pace, budget, deadline and patience, on a clock that moves when somebody waits on it. */
class PacedClientTest {
  private static final Specification CATALOGUE = Specification.ofProducts("dts", "mongodb");
  private static final Api DTS = CATALOGUE.apis().get(0);
  private static final Api MONGODB = CATALOGUE.apis().get(1);
  private static final SignedRequest POST =
      new SignedRequest("POST", "", List.of(new Header("Host", "a.example")), new byte[] {'x'});

  private final AtomicInteger asked = new AtomicInteger();
  private final MovedByWaiting ticker = new MovedByWaiting();
  private HttpServer server;

  /** A clock that stands still until somebody sleeps. */
  private static final class MovedByWaiting implements Ticker {
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
  void startsAServerThatAnswersGetAlone() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          if (exchange.getRequestMethod().equals("GET")) {
            exchange.sendResponseHeaders(200, -1);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopsIt() {
    server.stop(0);
  }

  @Test
  void keepsThePaceOfEachApi() throws Exception {
    try (PacedClient courier = new PacedClient(target(5, 100, 60), ticker)) {
      List<Double> starts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        courier.send(DTS, get());
        starts.add(ticker.seconds());
        courier.send(MONGODB, get());
      }

      assertThat(starts).containsExactly(0.2, 0.4, 0.6, 0.8);
    }
  }

  @Test
  void spendsOneBudgetOnAllApis() throws Exception {
    try (PacedClient courier = new PacedClient(target(0, 3, 60), ticker)) {
      courier.send(DTS, get());
      courier.send(MONGODB, get());
      courier.sendAtOnce(DTS, get());

      for (Api api : CATALOGUE.apis()) {
        assertThatThrownBy(() -> courier.send(api, get()))
            .isInstanceOf(RequestNotSentException.class)
            .hasMessage(
                "not sent: the budget of 3 calls is used up; raise it with -Dbudget or narrow the"
                    + " run with -Dclause");
      }
      assertThat(asked).hasValue(3);
      assertThat(courier.traffic().sent()).isEqualTo(Map.of("dts", 2, "mongodb", 1));
    }
  }

  @Test
  void sendsNothingAfterTheDeadline() throws Exception {
    try (PacedClient courier = new PacedClient(target(1, 100, 3), ticker)) {
      courier.send(DTS, get());
      courier.send(DTS, get());

      assertThatThrownBy(() -> courier.send(DTS, get()))
          .hasMessage(
              "not sent: the run's deadline of 3 s has passed; raise it with -Ddeadline or narrow"
                  + " the run with -Dclause");
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void givesUpOnAnEndpointThatIsGone() {
    URI gone = endpoint();
    server.stop(0);
    try (PacedClient courier = new PacedClient(target(0, 100, 60), ticker)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> courier.send(DTS, POST)).isInstanceOf(NoResponseException.class);
      }
      assertThatThrownBy(() -> courier.send(DTS, POST))
          .isInstanceOf(RequestNotSentException.class)
          .hasMessage(
              "not sent: "
                  + gone
                  + ": connection refused, 4 times in a row, so nothing more is sent there");
      assertThat(courier.traffic().sent()).containsEntry("dts", 4);
    }
  }

  @Test
  void doesNotGiveUpOnAnEndpointThatIsSilentToSomeCallsOnly() {
    try (PacedClient courier = new PacedClient(target(0, 100, 60), ticker)) {
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(() -> courier.send(DTS, POST)).isInstanceOf(NoResponseException.class);
      }
    }
  }

  @Test
  void waitsLongerEachTimeTheLimitIsUsedUpAndThenNoMore() throws Exception {
    try (PacedClient courier = new PacedClient(target(0, 100, 60), ticker)) {
      List<Boolean> again = new ArrayList<>();
      for (int waits = 0; waits < 4; waits++) {
        again.add(courier.waitOut(DTS, waits));
        courier.send(DTS, get());
      }

      assertThat(again).containsExactly(true, true, true, false);
      assertThat(ticker.seconds()).isEqualTo(1 + 2 + 4);
      assertThat(courier.traffic().throttled()).isEqualTo(Map.of("dts", 4, "mongodb", 0));
    }
  }

  @Test
  void doesNotWaitWhereWaitingIsInVain() {
    try (PacedClient courier = new PacedClient(target(0, 100, 60), ticker)) {
      IntStream.range(0, 3).forEach(i -> courier.waitOut(DTS, 3));
      assertThat(courier.waitOut(DTS, 0)).isFalse();
      assertThat(courier.waitOut(MONGODB, 0)).isTrue();

      courier.letThrough(DTS);
      assertThat(courier.waitOut(DTS, 0)).isTrue();
    }
  }

  @Test
  void waitsNoMoreThanThirtyTimesInARun() {
    try (PacedClient courier = new PacedClient(target(0, 100, 60), ticker)) {
      for (int i = 0; i < 30; i++) {
        assertThat(courier.waitOut(DTS, 0)).isTrue();
        courier.letThrough(DTS);
      }
      assertThat(courier.waitOut(DTS, 0)).isFalse();
    }
  }

  @Test
  void letsTheLimitRecoverAfterABurst() throws Exception {
    try (PacedClient courier = new PacedClient(target(0, 100, 60), ticker)) {
      courier.alone(DTS, () -> courier.sendAtOnce(DTS, get()));
      assertThat(ticker.seconds()).isZero();
      courier.send(MONGODB, get());
      assertThat(ticker.seconds()).isZero();
      courier.send(DTS, get());
      assertThat(ticker.seconds()).isEqualTo(2);
    }
  }

  private static SignedRequest get() {
    return new SignedRequest("GET", "", List.of(new Header("Host", "a.example")), new byte[0]);
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private TargetEndpoint target(int pace, int budget, int deadline) {
    Map<Api, URI> endpoints = new LinkedHashMap<>();
    Map<Api, String> hosts = new LinkedHashMap<>();
    for (Api api : CATALOGUE.apis()) {
      endpoints.put(api, endpoint());
      hosts.put(api, "a.example");
    }
    return new RemoteEndpoint(
        endpoints,
        hosts,
        TargetEndpoint.DEFAULT_REGION,
        new Credentials("AKIDx", "y"),
        Fixtures.none(),
        Waivers.none(),
        Optional.empty(),
        pace,
        Timeouts.DEFAULT,
        OptionalInt.of(budget),
        Optional.of(Duration.ofSeconds(deadline)),
        List.of(),
        LimitTestOptions.LEAN,
        ClauseFilter.ALL,
        Optional.empty());
  }
}
