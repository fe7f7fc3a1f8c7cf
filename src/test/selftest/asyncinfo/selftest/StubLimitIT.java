package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.StubEndpoint;
import asyncinfo.ratelimit.LimitVerdict;
import asyncinfo.stub.LimiterOption;
import asyncinfo.stub.Stub;
import asyncinfo.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limit verdict on the real gateway with different limiters, on a clock that the test sets. */
@Execution(ExecutionMode.CONCURRENT)
class StubLimitIT {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Api API = SPECIFICATION.apis().get(0);

  @ParameterizedTest
  @CsvSource({
    "20, 'limit ENFORCED, 20 per second (fixed window); '",
    "15, 'limit NOT ENFORCED, 15 per second (fixed window): 15/15/15/15 of 30 at once get through;"
        + " '",
    "25, 'limit NOT ENFORCED, 25 per second (fixed window): 25/25/25/25 of 30 at once get through;"
        + " '",
    "none, 'limit NOT ENFORCED, no limit: 70 of 70 at once get through, and 260 of 260; '",
    "fixed@0.5, 'limit ENFORCED, 20 per second (fixed window); '",
    "sliding-log, 'limit ENFORCED, 20 per second (sliding log); '",
    "late-3, 'limit NOT ENFORCED, 30 of 30 at once get through in the first seconds of an overload:"
        + " '",
    "leak-2-each-4th, 'limit NOT ENFORCED, 20, in some seconds 22: '"
  })
  void isJudgedByItsLimiter(String limiter, String verdict) throws Exception {
    Stub.Options stub = Stub.Options.of(SPECIFICATION).withLimiter(LimiterOption.parse(limiter));

    LimitVerdict found = WorkloadRun.judge(API, stub);

    assertThat(found.sentence())
        .startsWith(verdict)
        .endsWith(limiter.equals("none") ? "; 1290 requests in 44 s" : "; 890 requests in 33 s");
  }

  @Test
  void failsTheThrottlingClauseIfNothingIsThrottled() {
    StubEndpoint unlimited =
        new StubEndpoint(
            SPECIFICATION,
            Stub.Options.of(SPECIFICATION).withLimit(0),
            new ClauseFilter("common/frequency/*"));

    SuiteRun run = SuiteRun.against("unlimited", SPECIFICATION, unlimited, "RequestFrequencyIT");

    assertThat(run.clauses(Verdict.FAIL)).containsExactly("common/frequency/throttled");
  }
}
