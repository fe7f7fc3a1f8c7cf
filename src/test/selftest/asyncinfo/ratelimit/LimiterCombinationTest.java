package asyncinfo.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.ratelimit.LimitVerdict.LimitStatus;
import asyncinfo.ratelimit.SimulatedRun.Network;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each deviation from the documented limit in each manner of keeping a number: most of them are no
 * models by name.
 */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class LimiterCombinationTest {
  private static final int PROMISED = 20;
  private static final int SEED = 3;

  /** Makes a limiter of a number in each second. */
  @FunctionalInterface
  private interface Factory {
    Limiter make(int number, double phase);
  }

  enum Kind {
    FIXED_WINDOW((n, phase) -> Limiter.fixedWindow(n, 1, phase)),
    OPENED_BY_REQUEST((n, phase) -> Limiter.anchoredWindow(n, 1)),
    LOG((n, phase) -> Limiter.slidingLog(n, 1, false)),
    LOG_OF_ALL((n, phase) -> Limiter.slidingLog(n, 1, true)),
    COUNTER((n, phase) -> Limiter.slidingCounter(n, 1, phase, false)),
    COUNTER_OF_ALL((n, phase) -> Limiter.slidingCounter(n, 1, phase, true)),
    ANCHORED_COUNTER((n, phase) -> Limiter.anchoredCounter(n, 1, false)),
    HALVES((n, phase) -> Limiter.slidingParts(n, 1, 2, phase)),
    TENTHS((n, phase) -> Limiter.slidingParts(n, 1, 10, phase)),
    BUCKET((n, phase) -> Limiter.tokenBucket(n, n));

    @SuppressWarnings("ImmutableEnumChecker") // The lambdas hold nothing.
    private final Factory factory;

    Kind(Factory factory) {
      this.factory = factory;
    }

    Limiter of(int number, double phase) {
      return factory.make(number, phase);
    }
  }

  enum Deviation {
    ONE_MORE {
      @Override
      Limiter of(Kind kind, double phase, RandomGenerator random) {
        return kind.of(PROMISED + 1, phase);
      }
    },
    ONE_FEWER {
      @Override
      Limiter of(Kind kind, double phase, RandomGenerator random) {
        return kind.of(PROMISED - 1, phase);
      }
    },
    TWO_MORE_EACH_4TH_SECOND {
      @Override
      Limiter of(Kind kind, double phase, RandomGenerator random) {
        Limiter second =
            IrregularLimiters.unevenWindows(
                window -> Math.floorMod(window, 4L) == 1 ? 2 : 0, 1, phase);
        return IrregularLimiters.withSecondBudget(kind.of(PROMISED, phase), second);
      }
    },
    SECOND_BUDGET {
      @Override
      Limiter of(Kind kind, double phase, RandomGenerator random) {
        return IrregularLimiters.withSecondBudget(
            kind.of(PROMISED, phase), Limiter.anchoredWindow(4, 5));
      }
    },
    LATE_AT_FIRST {
      @Override
      Limiter of(Kind kind, double phase, RandomGenerator random) {
        return IrregularLimiters.late(kind.of(PROMISED, phase), 2, 1000);
      }
    },
    TWO_NODES {
      @Override
      Limiter of(Kind kind, double phase, RandomGenerator random) {
        return Limiter.nodes(
            new Limiter[] {kind.of(PROMISED, phase), kind.of(PROMISED, phase)}, random, false);
      }
    };

    abstract Limiter of(Kind kind, double phase, RandomGenerator random);
  }

  static Stream<Arguments> combinations() {
    return Stream.of(Kind.values())
        .flatMap(kind -> Stream.of(Deviation.values()).map(d -> Arguments.of(kind, d)));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void isNeverEnforced(Kind kind, Deviation deviation) {
    LimiterModel model =
        model(Scope.DOCUMENTED, (phase, random) -> deviation.of(kind, phase, random));

    LimitVerdict verdict = SimulatedVerdicts.of(model, SEED, Network.measured(1));

    assertThat(verdict.status()).as(verdict.toString()).isNotEqualTo(LimitStatus.ENFORCED);
  }

  /** The others blur the number of the first burst, and are never called compliant. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"COUNTER", "COUNTER_OF_ALL"})
  void isNamedByItsNumber(Kind kind) {
    for (int number : new int[] {PROMISED - 1, PROMISED + 1}) {
      LimiterModel model = model(Scope.DOCUMENTED, (phase, random) -> kind.of(number, phase));

      LimitVerdict verdict = SimulatedVerdicts.of(model, SEED, Network.measured(1));

      assertThat(verdict.limiter()).as(verdict.toString()).startsWith(number + " per second");
      assertThat(verdict.status()).isEqualTo(LimitStatus.NOT_ENFORCED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isEnforcedAsPromised(Kind kind) {
    LimiterModel model = model(Scope.DOCUMENTED, (phase, random) -> kind.of(PROMISED, phase));

    assertThat(SimulatedVerdicts.of(model, 1, 1))
        .extracting(LimitVerdict::status)
        .containsOnly(LimitStatus.ENFORCED);
  }

  @ParameterizedTest
  @EnumSource
  void isNamedAsSharedByAllApis(Kind kind) {
    LimiterModel model = model(Scope.ALL_APIS, (phase, random) -> kind.of(PROMISED, phase));

    LimitVerdict verdict = SimulatedVerdicts.of(model, SEED, Network.measured(1));

    assertThat(verdict.limiter()).as(verdict.toString()).contains("shared by all APIs");
    assertThat(verdict.status()).isEqualTo(LimitStatus.NOT_ENFORCED);
  }

  private static LimiterModel model(Scope scope, LimiterModel.Factory factory) {
    return new LimiterModel(
        "combination", LimiterModel.IRREGULAR, LimiterModel.Compliance.WRONG, scope, 1, factory);
  }
}
