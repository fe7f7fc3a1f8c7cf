package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.ratelimit.LimitVerdict;
import asyncinfo.ratelimit.LimitVerdict.LimitStatus;
import asyncinfo.stub.Stub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Limit verdicts on rate limiters of HTTP servers before the stub, all at the same time. What is
 * not installed is skipped.
 */
@Execution(ExecutionMode.CONCURRENT)
class ServerLimiterIT {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Api API = SPECIFICATION.apis().get(0);
  private static final ExecutorService WORKERS = Executors.newCachedThreadPool();
  private static final Map<ServerLimiter, CompletableFuture<Trial>> TRIALS =
      new EnumMap<>(ServerLimiter.class);
  private static Stub stub;

  @TempDir private static Path directory;

  /** The response of a limiter to one burst, and the verdict on it. */
  private record Trial(WorkloadRun.Burst burst, LimitVerdict verdict) {}

  @BeforeAll
  static void startAll() throws Exception {
    stub = Stub.start(Stub.Options.of(SPECIFICATION).withLimit(0));
    for (ServerLimiter limiter : ServerLimiter.values()) {
      if (limiter.missing().isEmpty()) {
        TRIALS.put(limiter, CompletableFuture.supplyAsync(() -> trial(limiter), WORKERS));
      }
    }
  }

  @AfterAll
  static void stopAll() {
    WORKERS.shutdownNow();
    stub.close();
  }

  private static Trial trial(ServerLimiter limiter) {
    try (ProcessFront front =
        limiter.start(Files.createDirectory(directory.resolve(limiter.name())), stub.endpoint())) {
      WorkloadRun run = WorkloadRun.inRealTime(API, front.endpoint(), stub.accounts().create());
      return new Trial(run.burst(60), run.judge());
    } catch (Exception e) {
      throw new CompletionException(limiter + ": " + e.getMessage(), e);
    }
  }

  /** Other tests run at the same time, so the verdict may be INCONCLUSIVE, but never wrong. */
  @ParameterizedTest
  @EnumSource(ServerLimiter.class)
  void isJudgedAsItsDocumentationStates(ServerLimiter limiter) throws Exception {
    Optional<String> missing = limiter.missing();
    assumeTrue(missing.isEmpty(), missing::orElseThrow);
    Trial trial = TRIALS.get(limiter).join();

    assertThat(trial.burst().accepted())
        .as("accepted of 60 at once; a bucket gains one each 50 ms meanwhile")
        .isBetween(limiter.accepts(), limiter.accepts() + 1 + (int) (trial.burst().seconds() * 20));
    assertThat(trial.verdict().status())
        .as(trial.verdict().toString())
        .isIn(
            limiter.compliant() ? LimitStatus.ENFORCED : LimitStatus.NOT_ENFORCED,
            LimitStatus.INCONCLUSIVE);
  }
}
