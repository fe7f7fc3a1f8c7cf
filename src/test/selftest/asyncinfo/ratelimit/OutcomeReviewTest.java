package asyncinfo.ratelimit;

import static asyncinfo.ratelimit.SimulatedVerdicts.apis;
import static asyncinfo.ratelimit.SimulatedVerdicts.quiet;
import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.ratelimit.LimitVerdict.LimitStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outcomes are sorted by when they occur, not only by their error code. */
@Tag("slow")
class OutcomeReviewTest {
  private static final LimiterModel DOCUMENTED = LimiterModel.documented(20, 1);

  @ParameterizedTest
  @CsvSource({
    "OTHER, HTTP status 429",
    "OTHER, RequestLimitExceeded.SomethingUnlisted",
    "LOST, connection reset"
  })
  void countsWhatOccursOnlyAboveTheLimitAsARefusal(CallOutcome outcome, String detail) {
    LimitVerdict verdict =
        SimulatedVerdicts.of(DOCUMENTED, 2, quiet().withRefusals(outcome, detail));

    assertThat(verdict.headline()).isEqualTo("limit ENFORCED, 20 per second (fixed window)");
    assertThat(verdict.undocumentedRefusals()).matches("[34]\\d\\d times " + detail);
    assertThat(verdict.sentence()).contains("refusals do not look as documented: ");
  }

  @Test
  void judgesTheNumberOfAnotherLimitThatRefusesInAnotherWay() {
    LimitVerdict verdict =
        SimulatedVerdicts.of(
            SimulatedVerdicts.named("fixed-1-more"),
            2,
            quiet().withRefusals(CallOutcome.OTHER, "HTTP status 429"));

    assertThat(verdict.headline()).isEqualTo("limit NOT ENFORCED, 21 per second (fixed window)");
  }

  @Test
  void remarksOnAFewHiccups() {
    LimitVerdict verdict = SimulatedVerdicts.of(DOCUMENTED, 3, quiet().withOdd(0.005));

    assertThat(verdict.status()).as(verdict.toString()).isEqualTo(LimitStatus.ENFORCED);
    assertThat(verdict.undocumentedRefusals()).isEmpty();
    assertThat(verdict.remarks())
        .singleElement()
        .asString()
        .matches("\\d of 860 calls \\(0\\.\\d %\\) had no usable response: HTTP status 502");
  }

  @Test
  void isInconclusiveAboutManyHiccups() {
    LimitVerdict verdict = SimulatedVerdicts.of(DOCUMENTED, 1, quiet().withLost(0.05));

    assertThat(verdict.status()).isEqualTo(LimitStatus.INCONCLUSIVE);
    assertThat(verdict.reason())
        .matches("\\d+ of 860 calls \\(\\d\\.\\d %\\) had no usable response: no response");
  }

  /** Calls of a cold client come in bursts, of which a limiter refuses some. */
  @Test
  void takesUndocumentedRefusalsForRefusalsAlsoWhereTheWarmUpHasSome() {
    List<Sample> samples =
        new ArrayList<>(
            SimulatedVerdicts.samples(
                DOCUMENTED, 1, quiet().withRefusals(CallOutcome.OTHER, "HTTP status 503")));
    samples.replaceAll(
        s ->
            s.belongsTo(Probe.WARM_UP) && s.connection() % 5 == 0
                ? s.with(CallOutcome.OTHER, "HTTP status 503")
                : s);

    OutcomeReview review =
        OutcomeReview.of(samples.stream().filter(s -> s.api().equals("one")).toList());

    assertThat(review.undocumentedRefusals()).contains("HTTP status 503");
    assertThat(review.hiccups()).isZero();
  }

  @Test
  void takesNoSingleOddResponseForAnythingAboutTheNumber() {
    List<Sample> samples = new ArrayList<>(SimulatedVerdicts.samples(DOCUMENTED, 1, quiet()));
    int accepted =
        samples.indexOf(
            samples.stream()
                .filter(s -> s.accepted() && s.probe().equals(ProbeId.of(Probe.BURST, 2)))
                .findFirst()
                .orElseThrow());
    samples.set(accepted, samples.get(accepted).with(CallOutcome.OTHER, "HTTP status 502"));

    LimitVerdict verdict = LimitClassifier.judge(apis(20, 1, false), "one", samples);

    assertThat(verdict.headline()).isEqualTo("limit ENFORCED, 20 per second (fixed window)");
  }
}
