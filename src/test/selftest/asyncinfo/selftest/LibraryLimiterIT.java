package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.ratelimit.LimitVerdict;
import asyncinfo.ratelimit.LimitVerdict.LimitStatus;
import asyncinfo.ratelimit.Limiter;
import asyncinfo.stub.LimiterOption;
import asyncinfo.stub.Stub;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Limit verdicts on rate limiters of Java libraries in the gateway of the stub. */
@Execution(ExecutionMode.CONCURRENT)
class LibraryLimiterIT {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Api API = SPECIFICATION.apis().get(0);
  private static final double STEP = 0.005;

  static List<LibraryLimiter> inSimulatedTime() {
    return Arrays.stream(LibraryLimiter.values()).filter(l -> !l.inRealTime()).toList();
  }

  static List<LibraryLimiter> inRealTime() {
    return Arrays.stream(LibraryLimiter.values()).filter(LibraryLimiter::inRealTime).toList();
  }

  /** The probe: 60 calls at once after a rest of 3 s, then 200 per second for 4 s. */
  @ParameterizedTest
  @EnumSource(LibraryLimiter.class)
  void behavesAsItsDocumentationStates(LibraryLimiter library) {
    Limiter limiter = library.create();
    double time = 1_000;
    limiter.admit(time);
    time = advance(library, time, 3);
    int atOnce = 0;
    int delayed = 0;
    for (int i = 0; i < 60; i++) {
      double delay = limiter.admit(time);
      atOnce += delay == 0 ? 1 : 0;
      delayed += delay > 0 ? 1 : 0;
    }
    int later = 0;
    for (double end = time + 4; time < end; time = advance(library, time, STEP)) {
      later += limiter.admit(time) == Limiter.REFUSED ? 0 : 1;
    }

    assertThat(atOnce).as("accepted at once").isEqualTo(library.atOnce());
    assertThat(delayed).as("accepted with a delay").isEqualTo(library.delays() ? 40 : 0);
    // On a busy machine, few calls are offered in real time.
    assertThat(later / 4.0)
        .as("accepted per second")
        .isBetween(library.inRealTime() ? 1 : 14.5, library.delays() ? 36 : 20.5);
  }

  private static double advance(LibraryLimiter library, double time, double seconds) {
    if (!library.inRealTime()) {
      return time + seconds;
    }
    long start = System.nanoTime();
    LockSupport.parkNanos(Math.round(seconds * 1e9));
    return time + (System.nanoTime() - start) / 1e9;
  }

  @ParameterizedTest
  @MethodSource("inSimulatedTime")
  void isJudgedInSimulatedTime(LibraryLimiter library) throws Exception {
    LimitVerdict verdict = WorkloadRun.judge(API, stub(library));

    assertThat(verdict.status())
        .as(verdict.toString())
        .isEqualTo(library.compliant() ? LimitStatus.ENFORCED : LimitStatus.NOT_ENFORCED);
  }

  /** Other tests run at the same time, so the verdict may be INCONCLUSIVE, but never wrong. */
  @ParameterizedTest
  @MethodSource("inRealTime")
  void isJudgedInRealTime(LibraryLimiter library) throws Exception {
    LimitVerdict verdict = WorkloadRun.judgeInRealTime(API, stub(library));

    assertThat(verdict.status())
        .as(verdict.toString())
        .isIn(
            library.compliant() ? LimitStatus.ENFORCED : LimitStatus.NOT_ENFORCED,
            LimitStatus.INCONCLUSIVE);
  }

  private static Stub.Options stub(LibraryLimiter library) {
    return Stub.Options.of(SPECIFICATION).withLimiter(LimiterOption.of(library.model()));
  }
}
