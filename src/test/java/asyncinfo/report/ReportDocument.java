package asyncinfo.report;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.SpecificationIssue;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.endpoint.Waiver;
import asyncinfo.recording.RecordedRun;
import asyncinfo.verdict.ClauseResult;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Outcome;
import asyncinfo.verdict.Progress;
import asyncinfo.verdict.Verdict;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Content of {@code conformance.json}, member by member as {@code
 * schemas/report/conformance.schema.json} describes them. The other forms of the report present
 * this document and nothing else.
 *
 * <p>Longer than other classes: a record for each object of the document.
 *
 * @param comparison null where no baseline is given
 * @param live null where no recordings are given
 * @param replay null where an endpoint or the stub was judged
 */
record ReportDocument(
    String target,
    String description,
    String written,
    boolean finished,
    boolean conformant,
    RunResult.Status result,
    String summary,
    List<String> missing,
    String contract,
    Harness harness,
    Map<Verdict, Long> counts,
    List<ApiEntry> apis,
    List<LimitEntry> limits,
    Map<String, String> settings,
    List<RequestCounts> traffic,
    List<Progress.Suite> suites,
    List<String> gatling,
    List<WaiverEntry> waivers,
    List<Problem> problems,
    List<ClauseEntry> clauses,
    Comparison comparison,
    EvidenceAge.Overview live,
    Replay replay) {

  /** Versions of the harness and of what it ran on. */
  record Harness(String version, String java, String os) {
    static Harness current() {
      return new Harness(
          HarnessVersion.text(),
          System.getProperty("java.version"),
          System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
  }

  /**
   * One API.
   *
   * @param id its id; null where that is the product
   * @param page when its page was last updated
   * @param result null where the run is not about it
   * @param counts null where the run is not about it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ApiEntry(
      String id,
      String product,
      String version,
      String action,
      String page,
      boolean judged,
      RunResult.Status result,
      Map<Verdict, Long> counts,
      List<SpecificationIssue> contradictions,
      List<SpecificationIssue> openQuestions) {

    static ApiEntry of(RunResult run, Api api) {
      Optional<List<ClauseResult>> own = Optional.ofNullable(run.perApi().get(api));
      return new ApiEntry(
          api.id().equals(api.product()) ? null : api.id(),
          api.product(),
          api.version(),
          api.action(),
          api.lastUpdated(),
          own.isPresent(),
          own.map(results -> run.status(api)).orElse(null),
          own.map(RunResult::counts).orElse(null),
          api.contradictions(),
          api.openQuestions());
    }

    /** Returns the id. */
    public String name() {
      return id == null ? product : id;
    }
  }

  /** Verdict on the request limit of one judged API, with the calls behind it. */
  record LimitEntry(
      @JsonProperty("product") String api,
      String clause,
      Verdict verdict,
      int requests,
      int seconds,
      String word,
      String sentence,
      List<String> remarks,
      List<String> notTested,
      int calls,
      int leftOut,
      String alignment,
      String missing,
      List<LimitHistogram.Column> columns) {

    static Optional<LimitEntry> of(RunResult run, Api api) {
      return run.perApi().get(api).stream()
          .filter(result -> result.clause().kind() == ClauseKind.LIMIT)
          .findFirst()
          .map(result -> of(run.target(), run.artifacts().limit(api), api, result));
    }

    private static LimitEntry of(
        TargetEndpoint target, LimitHistogram log, Api api, ClauseResult result) {
      return new LimitEntry(
          api.id(),
          result.clause().id(),
          result.verdict(),
          api.limit().requests(),
          api.limit().seconds(),
          log.word(),
          log.sentence().isEmpty() ? withoutVerdict(target, result) : log.sentence(),
          log.remarks(),
          log.notTested(),
          log.calls(),
          log.leftOut(),
          log.alignment(),
          log.missing(),
          log.columns());
    }

    private static String withoutVerdict(TargetEndpoint target, ClauseResult result) {
      return result.evidence().stream()
          .filter(evidence -> evidence.finding() != null)
          .max(Comparator.comparing(evidence -> evidence.outcome() == Outcome.FAILED))
          .map(evidence -> evidence.finding().actual())
          .orElseGet(
              () ->
                  target
                      .skipReason(result.clause())
                      .orElse("No simulation tested it in this run."));
    }
  }

  /** One waiver and what became of it. */
  record WaiverEntry(
      String clause,
      String reason,
      String owner,
      String evidence,
      String expires,
      WaiverStatus.State state,
      boolean red,
      List<String> clauses) {

    static WaiverEntry of(WaiverStatus status) {
      Waiver waiver = status.waiver();
      return new WaiverEntry(
          waiver.clauses().glob(),
          waiver.reason(),
          waiver.owner(),
          waiver.evidence(),
          waiver.expires().toString(),
          status.state(),
          status.blocking(),
          status.clauses());
    }
  }

  /**
   * One clause.
   *
   * @param verdicts on each judged API, by id
   * @param consequenceOf id of the clause whose problem alone explains this one; empty where there
   *     is none
   * @param live the last live evidence, by API; null where no recordings are given
   * @param seen the most frequent observed values
   */
  record ClauseEntry(
      String id,
      Verdict verdict,
      boolean red,
      Map<String, Verdict> verdicts,
      String promise,
      String basis,
      String source,
      String reason,
      String consequenceOf,
      Map<String, EvidenceAge.Seen> live,
      int observations,
      int seenInAll,
      List<SeenValue> seen,
      String lastRequestId,
      List<String> checks,
      int findingsInAll,
      List<FindingEntry> findings) {
    private static final int FINDINGS = 20;
    private static final int SEEN = 12;

    /** Outcomes whose finding is itself an observation, even where no single reply shows it. */
    private static final Set<Outcome> OBSERVED = Set.of(Outcome.PASSED, Outcome.FAILED);

    static ClauseEntry of(RunResult run, ClauseResult result, String cause) {
      Clause clause = result.clause();
      List<Evidence> withFinding =
          result.evidence().stream().filter(evidence -> evidence.finding() != null).toList();
      Map<String, Integer> seen = seen(result);
      return new ClauseEntry(
          clause.id(),
          result.verdict(),
          run.isBlocking(result),
          verdicts(run, clause),
          clause.promise(),
          clause.basis().text(),
          clause.source(),
          result.reason(),
          cause,
          run.evidenceAge().map(age -> age.of(clause)).orElse(null),
          result.observations(),
          seen.size(),
          seen.entrySet().stream()
              .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
              .limit(SEEN)
              .map(each -> new SeenValue(each.getKey(), each.getValue()))
              .toList(),
          result.evidence().stream()
              .map(Evidence::requestId)
              .filter(id -> !id.isEmpty())
              .reduce("", (first, second) -> second),
          result.evidence().stream().map(Evidence::check).distinct().toList(),
          withFinding.size(),
          withFinding.stream()
              .sorted(Comparator.comparing(evidence -> evidence.outcome() != Outcome.FAILED))
              .limit(FINDINGS)
              .map(FindingEntry::of)
              .toList());
    }

    private static Map<String, Verdict> verdicts(RunResult run, Clause clause) {
      Map<String, Verdict> verdicts = new LinkedHashMap<>();
      run.perApi()
          .forEach(
              (api, results) ->
                  results.stream()
                      .filter(result -> result.clause().equals(clause))
                      .forEach(result -> verdicts.put(api.id(), result.verdict())));
      return verdicts;
    }

    private static Map<String, Integer> seen(ClauseResult result) {
      Map<String, Integer> seen = new LinkedHashMap<>();
      for (Evidence evidence : result.evidence()) {
        boolean onlyInFinding =
            evidence.seen().isEmpty()
                && evidence.finding() != null
                && OBSERVED.contains(evidence.outcome());
        String value = onlyInFinding ? evidence.finding().actual() : evidence.seen();
        if (!value.isEmpty()) {
          seen.merge(value, evidence.count(), Integer::sum);
        }
      }
      return seen;
    }
  }

  /** A value that replies had for a clause, and how often. */
  record SeenValue(String value, int count) {}

  /** One finding of one check; nothing in it is secret. */
  record FindingEntry(
      @JsonProperty("product") String api,
      String check,
      Outcome outcome,
      String expected,
      String actual,
      String requestId,
      String request,
      String reply,
      String reproduce,
      String curl) {

    static FindingEntry of(Evidence evidence) {
      return new FindingEntry(
          evidence.api(),
          evidence.check(),
          evidence.outcome(),
          evidence.finding().expected(),
          evidence.finding().actual(),
          evidence.finding().requestId(),
          evidence.finding().request(),
          evidence.finding().reply(),
          evidence.finding().reproduce(),
          evidence.finding().curl());
    }
  }

  /** Changes since a baseline. */
  record Comparison(String with, List<ChangeEntry> changes) {}

  /**
   * One clause whose verdict changed.
   *
   * @param before the name of the earlier verdict; empty where the clause was not judged
   */
  record ChangeEntry(String clause, String change, String before, Verdict now) {
    static ChangeEntry of(BaselineReport.Changed changed) {
      return new ChangeEntry(
          changed.clause(),
          changed.change().label(),
          changed.before() == null ? "" : changed.before().name(),
          changed.now());
    }
  }

  /** The recording that was judged instead of an endpoint. */
  record Replay(String of, String recorded, long days, List<String> remarks) {}

  /** Returns the document of a run, as of a time. */
  static ReportDocument of(RunResult run, Instant now) {
    TargetEndpoint target = run.target();
    RunArtifacts artifacts = run.artifacts();
    List<Problem> problems = Problem.of(run);
    return new ReportDocument(
        target.name(),
        target.description(),
        now.toString(),
        artifacts.finished(),
        run.conformant(),
        run.status(),
        run.summary(),
        run.missing(),
        run.specification().hash(),
        Harness.current(),
        run.counts(),
        run.specification().apis().stream().map(api -> ApiEntry.of(run, api)).toList(),
        target.apis().stream().flatMap(api -> LimitEntry.of(run, api).stream()).toList(),
        target.settings(),
        artifacts.traffic(),
        artifacts.progress().map(Progress::suites).orElse(List.of()),
        artifacts.gatling(),
        run.waivers().stream().map(WaiverEntry::of).toList(),
        problems,
        run.clauseResults().stream()
            .map(result -> ClauseEntry.of(run, result, cause(result, problems)))
            .toList(),
        artifacts
            .baseline()
            .map(
                baseline ->
                    new Comparison(
                        baseline.file(), run.changes().stream().map(ChangeEntry::of).toList()))
            .orElse(null),
        run.evidenceAge().map(EvidenceAge::overview).orElse(null),
        target.recordedRun().map(recorded -> replay(run, recorded, now)).orElse(null));
  }

  private static String cause(ClauseResult result, List<Problem> problems) {
    String id = result.clause().id();
    return problems.stream()
        .filter(problem -> problem.endpointAtFault() && problem.affects().contains(id))
        .map(Problem::clause)
        .findFirst()
        .orElse("");
  }

  private static Replay replay(RunResult run, RecordedRun recorded, Instant now) {
    return new Replay(
        recorded.path().toString(),
        recorded.when().toString(),
        Math.max(0, Duration.between(recorded.when(), now).toDays()),
        recorded.remarks(run.specification()));
  }
}
