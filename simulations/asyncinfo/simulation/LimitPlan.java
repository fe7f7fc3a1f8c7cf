package asyncinfo.simulation;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.BlockedApis;
import asyncinfo.endpoint.LimitTestOptions;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.ratelimit.LimitedApi;
import asyncinfo.ratelimit.Workload;
import asyncinfo.ratelimit.WorkloadBounds;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.EvidenceLog;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Outcome;
import asyncinfo.verdict.ResultPaths;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides which APIs the workload is sent to, by the settings and by what is left of the run. */
final class LimitPlan {
  /** The part of a run that this simulation is, as evidence names it. */
  static final String PART = "limit";

  private final Specification specification;
  private final TargetEndpoint endpoint;
  private final LimitTestOptions options;
  private final List<RequestCounts> partsBefore;
  private final BlockedApis blockedApis;
  private final Instant now;
  private final Map<Api, LimitedApi> limitedApis = new LinkedHashMap<>();
  private final List<Evidence> notRun = new ArrayList<>();

  /**
   * Plans a run.
   *
   * @param partsBefore the requests sent by the other parts of the run
   * @param blockedApis the APIs that refuse every request
   * @param now the time at which the simulation begins
   */
  LimitPlan(
      Specification specification,
      TargetEndpoint endpoint,
      List<RequestCounts> partsBefore,
      BlockedApis blockedApis,
      Instant now) {
    this.specification = specification;
    this.endpoint = endpoint;
    this.options = endpoint.limitTestOptions();
    this.partsBefore = partsBefore;
    this.blockedApis = blockedApis;
    this.now = now;
    for (Api api : endpoint.apis()) {
      if (endpoint.includes(clause(api)) && options.size().isPresent()) {
        plan(api);
      }
    }
  }

  private void plan(Api api) {
    Optional<String> blocked = endpoint.loadTestBlockedBy(api);
    if (blocked.isPresent()) {
      notRun.add(evidence(api, Outcome.NOT_TESTABLE, blocked.get()));
      return;
    }
    Optional<String> refused = blockedApis.reason(api);
    if (refused.isPresent()) {
      notRun.add(evidence(api, Outcome.ERROR, refused.get()));
      return;
    }
    LimitedApi limitedApi = options.limitedApi(api);
    Optional<String> exceeded = exceeded(limitedApi);
    if (exceeded.isPresent()) {
      notRun.add(evidence(api, Outcome.ERROR, exceeded.get()));
    } else {
      limitedApis.put(api, limitedApi);
    }
  }

  /** Returns the maximum that the workload would exceed with one more API; empty if none. */
  private Optional<String> exceeded(LimitedApi limitedApi) {
    List<LimitedApi> all = new ArrayList<>(limitedApis.values());
    all.add(limitedApi);
    WorkloadBounds together = new WorkloadBounds(workload(all));
    int spent = partsBefore.stream().mapToInt(RequestCounts::calls).sum();
    int needed = together.mostCalls();
    int maxRequests = endpoint.maxRequests().orElse(Integer.MAX_VALUE);
    if (spent + needed > maxRequests) {
      return Optional.of(
          "not sent: %d of max.requests=%d are used, and the limit of %s may need %d; raise it with -Dmax.requests"
              .formatted(
                  spent, maxRequests, all.size() == 1 ? "one API" : all.size() + " APIs", needed));
    }
    if (endpoint.maxDuration().isPresent()
        && Duration.ofNanos(together.longestDuration()).compareTo(left()) > 0) {
      return Optional.of(
          "not sent: max.duration (%d s) would pass; raise it with -Dmax.duration"
              .formatted(endpoint.maxDuration().get().toSeconds()));
    }
    return Optional.empty();
  }

  /** Returns the time that is left of the run's maximum. */
  private Duration left() {
    Instant began =
        partsBefore.stream()
            .map(RequestCounts::began)
            .map(Instant::parse)
            .min(Instant::compareTo)
            .orElse(now);
    return endpoint.maxDuration().orElseThrow().minus(Duration.between(began, now));
  }

  /** Returns the APIs that the workload is sent to, with their limits. */
  Map<Api, LimitedApi> limitedApis() {
    return limitedApis;
  }

  /** Returns the evidence about the APIs that the workload is not sent to, with the reason. */
  List<Evidence> notRun() {
    return notRun;
  }

  /** Returns the workload for all these APIs side by side. */
  Workload workload() {
    return workload(List.copyOf(limitedApis.values()));
  }

  private Workload workload(List<LimitedApi> apis) {
    Workload workload = new Workload(options.size().orElse(Workload.WorkloadSize.STANDARD), apis);
    return warmsUp() ? workload.overOpenConnections() : workload;
  }

  /**
   * Returns whether calls that are not part of the workload may warm the JVM and open the
   * connections: not where all calls share an account, whose budget is measured.
   */
  boolean warmsUp() {
    return !endpoint.usesSharedAccount();
  }

  /** Returns the region and account of the calls that test the scope of the limit. */
  LimitTestOptions options() {
    return options;
  }

  /**
   * Returns the time after which Gatling stops: twice the longest workload and the wait for the
   * suites, if the run has it.
   */
  Duration maxDuration() {
    Duration own =
        Duration.ofNanos(2 * new WorkloadBounds(workload()).longestDuration())
            .plus(endpoint.timeouts().total())
            .plus(SuiteWait.longest(limitedApis.size()))
            .plusSeconds(10);
    return endpoint.maxDuration().isPresent() && left().compareTo(own) < 0 ? left() : own;
  }

  /** Returns the limit clause of an API. */
  Clause clause(Api api) {
    return specification.clauses(api).stream()
        .filter(c -> c.kind() == ClauseKind.LIMIT)
        .findFirst()
        .orElseThrow();
  }

  /** Returns whether a waiver accepts that an API breaks its limit. */
  boolean isWaived(Api api) {
    return endpoint.waivers().inForce(clause(api)).isPresent();
  }

  /** Opens the empty log of evidence about limits. */
  static EvidenceLog evidenceLog() {
    return new EvidenceLog(ResultPaths.EVIDENCE.resolve(PART + ".jsonl"));
  }

  /** Creates evidence that rests on no call. */
  Evidence evidence(Api api, Outcome outcome, String reason) {
    return evidence(
        api, outcome, Finding.of("", reason, endpoint.reproduceCommand(clause(api))), 1);
  }

  /** Creates evidence about the limit of an API. */
  Evidence evidence(Api api, Outcome outcome, Finding finding, int calls) {
    return new Evidence(clause(api).id(), api.id(), PART, outcome, finding, calls);
  }
}
