package asyncinfo.report;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.endpoint.Waiver;
import asyncinfo.recording.LiveEvidence;
import asyncinfo.verdict.ClauseResult;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Progress;
import asyncinfo.verdict.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Verdicts of a run: on each clause, on each API and on the whole. It reads nothing and writes
 * nothing; {@link ReportDocument} and {@link ConsoleSummary} present it.
 */
final class RunResult {
  private final Specification specification;
  private final TargetEndpoint target;
  private final RunArtifacts artifacts;
  private final List<ClauseResult> clauseResults;
  private final Map<Api, List<ClauseResult>> perApi = new LinkedHashMap<>();
  private final List<WaiverStatus> waivers;
  private final Optional<EvidenceAge> evidenceAge;

  /** Overall status of a run, or of one API in it. */
  enum Status {
    /** Every clause that the run is about holds, as far as the target lets it be judged. */
    CONFORMANT("Conformant"),
    /** At least one clause is broken. */
    NOT_CONFORMANT("Not conformant"),
    /** Nothing is known to be broken, but something is in error, unobserved or missing. */
    NOT_PROVED("Not proved"),
    /** There is no evidence at all. */
    NOTHING_RAN("Nothing ran"),
    /** Suites and simulations have not all run yet. */
    UNFINISHED("Not finished");

    private final String label;

    Status(String label) {
      this.label = label;
    }

    /** Returns the status as people read it. */
    public String label() {
      return label;
    }
  }

  /** Judges the artifacts of a run. */
  RunResult(Specification specification, TargetEndpoint target, RunArtifacts artifacts) {
    this(specification, target, artifacts, Optional.empty());
  }

  /** Judges the artifacts of a run, and compares them with earlier live runs where given. */
  RunResult(
      Specification specification,
      TargetEndpoint target,
      RunArtifacts artifacts,
      Optional<EvidenceAge.LiveRuns> live) {
    this.specification = specification;
    this.target = target;
    this.artifacts = artifacts;
    this.clauseResults = judge(target.apis(), artifacts.evidence());
    Map<String, List<Evidence>> ofApi =
        artifacts.evidence().stream().collect(Collectors.groupingBy(Evidence::api));
    for (Api api : target.apis()) {
      perApi.put(api, judge(List.of(api), ofApi.getOrDefault(api.id(), List.of())));
    }
    boolean narrowed = !specification.clauses().stream().allMatch(target::includes);
    this.waivers = WaiverStatus.all(target, clauseResults, narrowed);
    List<Clause> clauses = clauseResults.stream().map(ClauseResult::clause).toList();
    this.evidenceAge =
        live.map(runs -> target.isLive() ? withThisRun(runs) : runs)
            .map(runs -> new EvidenceAge(runs, target.apis(), clauses));
  }

  private EvidenceAge.LiveRuns withThisRun(EvidenceAge.LiveRuns runs) {
    LiveEvidence evidence = runs.evidence();
    for (Api api : perApi.keySet()) {
      evidence = evidence.with(api.folder(), verdicts(api), artifacts.finished(), runs.now());
    }
    return new EvidenceAge.LiveRuns(evidence, runs.maxAge(), runs.now());
  }

  private List<ClauseResult> judge(List<Api> apis, List<Evidence> evidence) {
    return ClauseResult.all(
            specification,
            apis,
            evidence,
            clause -> target.waivers().inForce(clause).map(Waiver::toString))
        .stream()
        .filter(result -> target.includes(result.clause()))
        .map(this::withSkipReason)
        .toList();
  }

  private ClauseResult withSkipReason(ClauseResult result) {
    return result.verdict() == Verdict.UNOBSERVED
        ? target
            .skipReason(result.clause())
            .map(why -> new ClauseResult(result.clause(), Verdict.UNOBSERVED, why, List.of()))
            .orElse(result)
        : result;
  }

  Specification specification() {
    return specification;
  }

  TargetEndpoint target() {
    return target;
  }

  RunArtifacts artifacts() {
    return artifacts;
  }

  /** Returns the result of each clause that the run is about, in the order of the pages. */
  List<ClauseResult> clauseResults() {
    return clauseResults;
  }

  /** Returns the results for each judged API alone, common clauses included. */
  Map<Api, List<ClauseResult>> perApi() {
    return perApi;
  }

  /** Returns the verdicts for one API alone, by clause id. */
  Map<String, Verdict> verdicts(Api api) {
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    perApi.get(api).forEach(result -> verdicts.put(result.clause().id(), result.verdict()));
    return verdicts;
  }

  /** Returns what became of each waiver. */
  List<WaiverStatus> waivers() {
    return waivers;
  }

  /** Returns the age of live evidence; empty where the settings name no recordings. */
  Optional<EvidenceAge> evidenceAge() {
    return evidenceAge;
  }

  /** Returns the changes since the baseline. */
  List<BaselineReport.Changed> changes() {
    return artifacts.baseline().map(baseline -> baseline.changes(clauseResults)).orElse(List.of());
  }

  // ---- what keeps the build from being green

  /** Returns the clauses that turn the build red. */
  List<ClauseResult> blocking() {
    return clauseResults.stream().filter(this::isBlocking).toList();
  }

  /** Reports whether a clause turns the build red. */
  boolean isBlocking(ClauseResult result) {
    return switch (result.verdict()) {
      case FAIL, ERROR -> true;
      case UNOBSERVED ->
          target.canTriggerEveryClause() && target.skipReason(result.clause()).isEmpty();
      case DEVIATES -> target.strict();
      case PASS, WAIVED, NOT_TESTABLE -> false;
    };
  }

  /** Returns the waivers that turn the build red. */
  List<WaiverStatus> blockingWaivers() {
    return artifacts.finished()
        ? waivers.stream().filter(WaiverStatus::blocking).toList()
        : List.of();
  }

  /** Returns the clauses whose live evidence is too old, with the reason. */
  Map<Clause, String> stale() {
    return artifacts.finished() ? evidenceAge.map(EvidenceAge::stale).orElse(Map.of()) : Map.of();
  }

  /** Returns the clauses that settings skip and for which there is no evidence. */
  List<ClauseResult> skipped() {
    return clauseResults.stream()
        .filter(
            result ->
                result.verdict() == Verdict.UNOBSERVED
                    && target.skipReason(result.clause()).isPresent())
        .toList();
  }

  /** Returns the parts of the run that did not complete, one sentence each. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (!artifacts.finished()) {
      missing.add(
          "The run is still in progress or was interrupted: not all suites and simulations have"
              + " run.");
    }
    artifacts.progress().ifPresent(progress -> missing.addAll(missing(progress)));
    boolean suitesWanted =
        clauseResults.stream().anyMatch(result -> result.clause().kind() != ClauseKind.LIMIT);
    boolean suitesRan =
        clauseResults.stream()
            .anyMatch(
                result ->
                    result.clause().kind() != ClauseKind.LIMIT && !result.evidence().isEmpty());
    if (artifacts.finished() && artifacts.progress().isEmpty() && suitesWanted && !suitesRan) {
      missing.add("No suite ran.");
    }
    artifacts.crash().ifPresent(why -> missing.add("A limit simulation crashed: " + why + "."));
    return missing;
  }

  private static List<String> missing(Progress progress) {
    List<String> missing = new ArrayList<>();
    List<String> notStarted =
        progress.suites().stream()
            .filter(suite -> !suite.ended() && suite.run() == 0)
            .map(Progress.Suite::name)
            .toList();
    for (Progress.Suite suite : progress.suites()) {
      if (suite.run() < suite.expected() && !notStarted.contains(suite.name())) {
        missing.add(
            "%s stopped after %d of %d cases."
                .formatted(suite.name(), suite.run(), suite.expected()));
      }
    }
    if (!notStarted.isEmpty()) {
      missing.add("No case of " + String.join(", ", notStarted) + " completed.");
    }
    return missing;
  }

  // ---- the whole

  /** Reports whether the build is green. */
  boolean conformant() {
    return status() == Status.CONFORMANT;
  }

  /** Returns the status of the run. */
  Status status() {
    if (!artifacts.finished()) {
      return Status.UNFINISHED;
    }
    if (observations() == 0) {
      return Status.NOTHING_RAN;
    }
    if (clauseResults.stream().anyMatch(result -> result.verdict() == Verdict.FAIL)) {
      return Status.NOT_CONFORMANT;
    }
    return blocking().isEmpty()
            && blockingWaivers().isEmpty()
            && stale().isEmpty()
            && missing().isEmpty()
        ? Status.CONFORMANT
        : Status.NOT_PROVED;
  }

  /** Returns the status of one API alone. */
  Status status(Api api) {
    List<ClauseResult> own = perApi.get(api);
    if (own.stream().anyMatch(result -> result.verdict() == Verdict.FAIL)) {
      return Status.NOT_CONFORMANT;
    }
    if (own.stream().mapToInt(ClauseResult::observations).sum() == 0) {
      return Status.NOTHING_RAN;
    }
    boolean stale = stale().keySet().stream().anyMatch(clause -> clause.binds(api));
    return artifacts.finished()
            && own.stream().noneMatch(this::isBlocking)
            && !stale
            && missing().isEmpty()
        ? Status.CONFORMANT
        : Status.NOT_PROVED;
  }

  /** Returns the number of observations that all verdicts rest on. */
  int observations() {
    return clauseResults.stream().mapToInt(ClauseResult::observations).sum();
  }

  /** Returns how many clauses have each verdict. */
  Map<Verdict, Long> counts() {
    return counts(clauseResults);
  }

  /** Returns how many of these clauses have each verdict; every verdict is a key. */
  static Map<Verdict, Long> counts(List<ClauseResult> results) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, results.stream().filter(r -> r.verdict() == verdict).count());
    }
    return counts;
  }

  /** Returns the outcome of the run in one or two sentences. */
  String summary() {
    Map<Verdict, Long> counts = counts();
    List<String> others = new ArrayList<>();
    for (Verdict verdict : VerdictText.BY_SEVERITY) {
      if (verdict != Verdict.PASS && counts.get(verdict) > 0) {
        others.add(counts.get(verdict) + " " + VerdictText.phrase(verdict));
      }
    }
    String proved =
        "%d of %d clauses proved".formatted(counts.get(Verdict.PASS), clauseResults.size())
            + (others.isEmpty() ? "." : "; " + String.join(", ", others) + ".");
    return switch (status()) {
      case NOTHING_RAN -> "No suite and no simulation left any evidence, so nothing was proved.";
      case UNFINISHED -> "So far " + proved;
      case CONFORMANT, NOT_CONFORMANT, NOT_PROVED -> {
        List<String> sentences = new ArrayList<>();
        if (target.recordedRun().isPresent()) {
          sentences.add("A recording was judged, no live endpoint.");
        }
        sentences.add(proved);
        if (!blockingWaivers().isEmpty()) {
          sentences.add("Waivers to remove or renew: %d.".formatted(blockingWaivers().size()));
        }
        if (!stale().isEmpty()) {
          sentences.add(
              "Clauses whose live evidence is too old or absent: %d.".formatted(stale().size()));
        }
        if (!missing().isEmpty()) {
          sentences.add("Parts of the run are missing.");
        }
        yield String.join(" ", sentences);
      }
    };
  }

  /** Returns how many requests were sent, in a phrase. */
  String requestsSent() {
    int sent = artifacts.traffic().stream().mapToInt(RequestCounts::calls).sum();
    int throttled =
        artifacts.traffic().stream()
            .flatMap(part -> part.throttled().values().stream())
            .mapToInt(Integer::intValue)
            .sum();
    return sent
        + (target.maxRequests().isPresent() ? " of " + target.maxRequests().getAsInt() : "")
        + " requests"
        + (throttled > 0
            ? ", %d throttled although max.rps was kept: others use the account"
                .formatted(throttled)
            : "");
  }
}
