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
import asyncinfo.wire.Sender;
import asyncinfo.wire.Timeouts;
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
    "20, 'limit ENFORCED, 20 per second: 20/20/20 of 30 at once and 100 in 5 s of overload got"
        + " through'",
    "15, 'limit NOT ENFORCED, lets only 15 through at once, 20 are promised: 15/15/15 of 30 at once"
        + " and 75 in 5 s of overload got through'",
    "25, 'limit NOT ENFORCED, enforces 25 per second: 25/25/25 of 30 at once and 125 in 5 s of"
        + " overload got through'",
    "0, 'limit NOT ENFORCED, no limit seen up to 30 at once: 30/30/30 of 30 at once and 200 in 5 s"
        + " of overload got through'"
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

  private static List<Sample> samples(Plan plan, int limit) throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(START);
    List<Sample> samples = new ArrayList<>();
    try (Stub stub = Stub.start(Stub.Options.of(CATALOGUE).withClock(now::get).withLimit(limit));
        Sender sender = new Sender(stub.endpoint(), Timeouts.DEFAULT)) {
      Credentials credentials = stub.accounts().issue();
      for (int i = 0; i < plan.shots().size(); i++) {
        Shot shot = plan.shots().get(i);
        now.set(START.plusNanos(shot.at()));
        Call call =
            Call.of(
                API,
                CallShape.POST_JSON_V3,
                API.domain(),
                "ap-guangzhou",
                API.examples().get(0).request(),
                credentials,
                now.get(),
                1);
        boolean refused = sender.send(call.sign()).errorCode().isPresent();
        samples.add(
            new Sample(
                shot.probe(),
                i % plan.connections(),
                shot.at(),
                shot.at(),
                shot.at() + 5_000_000,
                refused ? Reception.THROTTLED : Reception.ACCEPTED,
                ""));
      }
    }
    return samples;
  }
}
