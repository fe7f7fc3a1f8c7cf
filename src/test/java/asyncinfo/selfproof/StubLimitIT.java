package asyncinfo.selfproof;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.limit.Judge;
import asyncinfo.limit.LimitVerdict;
import asyncinfo.limit.Party;
import asyncinfo.limit.Protocol;
import asyncinfo.limit.Reception;
import asyncinfo.limit.Sample;
import asyncinfo.limit.Shot;
import asyncinfo.stub.LimiterChoice;
import asyncinfo.stub.Stub;
import asyncinfo.target.ClauseFilter;
import asyncinfo.target.StubTarget;
import asyncinfo.verdict.Verdict;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stub with another limit is found out: its real gateway, on a clock that the test moves. */
@Execution(ExecutionMode.CONCURRENT)
class StubLimitIT {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final Api API = CATALOGUE.apis().get(0);
  private static final Instant START = Instant.parse("2026-11-21T12:00:00.400Z");

  @ParameterizedTest
  @CsvSource({
    "20, 'limit ENFORCED, 20 per second (fixed window); 468 requests in 29 s'",
    "15, 'limit NOT ENFORCED, 15 per second (fixed window): 15/15/15 of 30 at once get through;"
        + " 468 requests in 29 s'",
    "25, 'limit NOT ENFORCED, 25 per second (fixed window): 25/25/25 of 30 at once get through;"
        + " 468 requests in 29 s'",
    "none, 'limit NOT ENFORCED, no limit: 70 of 70 at once get through, and 260 of 260; 868"
        + " requests in 39 s'",
    "fixed@0.5, 'limit ENFORCED, 20 per second (fixed window); 468 requests in 29 s'",
    "sliding-log, 'limit ENFORCED, 20 per second (sliding log); 468 requests in 29 s'"
  })
  void isJudgedByItsLimiter(String limiter, String verdict) throws Exception {
    Party party =
        new Party(API.product(), API.limit().requests(), API.limit().seconds(), false, false);

    LimitVerdict found =
        Judge.judge(List.of(party), API.product(), samples(party, LimiterChoice.parse(limiter)));

    assertThat(found).hasToString(verdict);
  }

  @Test
  void failsTheClauseAboutThrottlingWhereNothingIsThrottled() {
    StubTarget unlimited =
        new StubTarget(
            CATALOGUE,
            Stub.Options.of(CATALOGUE).withLimit(0),
            new ClauseFilter("common/frequency/*"));

    SuiteRun run = SuiteRun.against("unlimited", CATALOGUE, unlimited, "CommonPartIT");

    assertThat(run.clauses(Verdict.FAIL)).containsExactly("common/frequency/throttled");
  }

  /** Sends a protocol over a plain client: hundreds of calls, of which only the gateway matters. */
  private static List<Sample> samples(Party party, LimiterChoice limiter) throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(START);
    List<Sample> samples = new ArrayList<>();
    HttpClient client = HttpClient.newHttpClient();
    Protocol protocol = new Protocol(Protocol.Extent.LEAN, List.of(party));
    Stub.Options options = Stub.Options.of(CATALOGUE).withClock(now::get).withLimiter(limiter);
    try (Stub stub = Stub.start(options)) {
      Credentials credentials = stub.accounts().issue();
      long end = 0;
      for (int i = 0; i < Protocol.STAGES; i++) {
        Protocol.Stage stage = protocol.stage(i, end, List.copyOf(samples));
        end = stage.end();
        for (Shot shot : stage.shots()) {
          now.set(START.plusNanos(shot.at()));
          HttpRequest request = request(stub.endpoint(), credentials, now.get());
          String reply = client.send(request, BodyHandlers.ofString()).body();
          samples.add(
              new Sample(
                  shot.api(),
                  shot.probe(),
                  shot.origin(),
                  shot.connection(),
                  CallShape.POST_JSON_V3.toString(),
                  "example",
                  shot.at(),
                  shot.at(),
                  shot.at() + 5_000_000,
                  reply.contains("\"Error\"") ? Reception.THROTTLED : Reception.ACCEPTED,
                  ""));
        }
      }
    }
    return samples;
  }

  private static HttpRequest request(URI endpoint, Credentials credentials, Instant now) {
    HttpMessage message =
        Call.of(
                API,
                CallShape.POST_JSON_V3,
                endpoint.getAuthority(),
                "ap-guangzhou",
                API.examples().get(0).request(),
                credentials,
                now,
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
