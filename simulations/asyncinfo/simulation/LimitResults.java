package asyncinfo.simulation;

import asyncinfo.contract.Api;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.ratelimit.LimitLog;
import asyncinfo.ratelimit.LimitVerdict;
import asyncinfo.ratelimit.LimitedApi;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.EvidenceLog;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Outcome;
import asyncinfo.verdict.ResultPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The results of a limit simulation: for each API a log, a verdict and evidence. */
final class LimitResults {
  private final LimitPlan plan;
  private final TargetEndpoint endpoint;
  private final Schedule schedule;
  private final Instant began;
  private final Map<Api, LimitVerdict> verdicts = new ConcurrentHashMap<>();

  /**
   * Results without a verdict yet.
   *
   * @param schedule has the samples
   * @param began the time at which the simulation began
   */
  LimitResults(LimitPlan plan, TargetEndpoint endpoint, Schedule schedule, Instant began) {
    this.plan = plan;
    this.endpoint = endpoint;
    this.schedule = schedule;
    this.began = began;
  }

  /** Judges an API, and keeps its calls with the verdict. */
  LimitVerdict judge(Api api) {
    LimitLog log = log(plan.limitedApis().get(api));
    LimitVerdict verdict = log.judge();
    verdicts.put(api, verdict);
    try {
      log.write(file(api), verdict);
    } catch (IOException e) {
      // As on a machine of a distributed run.
      System.out.println("limit: the log could not be kept: " + e.getMessage());
    }
    return verdict;
  }

  private LimitLog log(LimitedApi limitedApi) {
    String timeZero = Instant.now().minusNanos(schedule.now()).toString();
    return LimitLog.of(limitedApi, plan.workload(), timeZero, schedule.samples());
  }

  private static Path file(Api api) {
    return ResultPaths.LIMIT.resolve(api.id() + ".json");
  }

  /** Prints the verdicts, and writes evidence and the number of calls. */
  void write() throws IOException {
    try (EvidenceLog evidenceLog = LimitPlan.evidenceLog()) {
      plan.notRun().forEach(evidenceLog::add);
      for (Map.Entry<Api, LimitedApi> each : plan.limitedApis().entrySet()) {
        evidenceLog.add(conclude(each.getKey(), each.getValue()));
      }
    }
    requestCounts().write(ResultPaths.EVIDENCE, LimitPlan.PART);
  }

  private Evidence conclude(Api api, LimitedApi limitedApi) throws IOException {
    LimitVerdict verdict = verdicts.get(api);
    if (verdict == null) {
      log(limitedApi).write(file(api), null);
      return plan.evidence(api, Outcome.ERROR, "the simulation was cut short");
    }
    System.out.println(api.id() + ": " + verdict);
    Outcome outcome =
        switch (verdict.status()) {
          case ENFORCED -> Outcome.PASSED;
          case NOT_ENFORCED -> Outcome.FAILED;
          case INCONCLUSIVE -> Outcome.ERROR;
        };
    Finding finding =
        new Finding(
            "%s, no fewer and no more".formatted(limitedApi.limit()),
            verdict.sentence(),
            "",
            "",
            String.join("\n", verdict.numbers()),
            endpoint.reproduceCommand(plan.clause(api)));
    return plan.evidence(api, outcome, finding, verdict.calls());
  }

  private RequestCounts requestCounts() {
    Map<String, Integer> sent = new LinkedHashMap<>();
    for (Api api : plan.limitedApis().keySet()) {
      sent.put(
          api.id(),
          (int) schedule.samples().stream().filter(s -> s.api().equals(api.id())).count());
    }
    return new RequestCounts(
        began.toString(), Duration.between(began, Instant.now()).toMillis(), sent, Map.of());
  }
}
