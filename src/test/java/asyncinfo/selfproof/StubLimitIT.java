package asyncinfo.selfproof;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.limit.Judge;
import asyncinfo.limit.LimitVerdict;
import asyncinfo.limit.Plan;
import asyncinfo.limit.Reception;
import asyncinfo.limit.Sample;
import asyncinfo.limit.Shot;
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
    "20, 'limit ENFORCED, 20 per second: 20/20/20/20/20 of 30 at once and 100 in 5 s of overload"
        + " got through'",
    "15, 'limit NOT ENFORCED, lets only 15 through at once, 20 are promised: 15/15/15/15/15 of 30"
        + " at once and 75 in 5 s of overload got through'",
    "25, 'limit NOT ENFORCED, enforces 25 per second: 25/25/25/25/25 of 30 at once and 125 in 5 s"
        + " of overload got through'",
    "0, 'limit NOT ENFORCED, no limit seen up to 30 at once: 30/30/30/30/30 of 30 at once and 200"
        + " in 5 s of overload got through'"
  })
  void isJudgedByItsLimit(int limit, String verdict) throws Exception {
    Plan plan = Plan.over(API.limit().requests(), API.limit().seconds());

    LimitVerdict found = Judge.over(plan, samples(plan, limit));

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

  /** Sends a plan over a plain client: thousands of calls, of which only the gateway matters. */
  private static List<Sample> samples(Plan plan, int limit) throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(START);
    List<Sample> samples = new ArrayList<>();
    HttpClient client = HttpClient.newHttpClient();
    try (Stub stub = Stub.start(Stub.Options.of(CATALOGUE).withClock(now::get).withLimit(limit))) {
      Credentials credentials = stub.accounts().issue();
      for (Shot shot : plan.shots()) {
        if (shot.probe().equals(Plan.WARM_UP)) {
          continue;
        }
        now.set(START.plusNanos(shot.at()));
        HttpRequest request = request(stub.endpoint(), credentials, now.get());
        String reply = client.send(request, BodyHandlers.ofString()).body();
        Reception reception =
            reply.contains("\"Error\"") ? Reception.THROTTLED : Reception.ACCEPTED;
        long received = shot.at() + 5_000_000;
        samples.add(new Sample(shot.probe(), 0, shot.at(), shot.at(), received, reception, ""));
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
