package asyncinfo.report;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.contract.SpecificationIssue;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.endpoint.Waiver;
import asyncinfo.recording.LiveEvidence;
import asyncinfo.recording.RecordedRun;
import asyncinfo.verdict.ClauseResult;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Outcome;
import asyncinfo.verdict.Progress;
import asyncinfo.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run proved, clause by clause; {@code schemas/report/conformance.schema.json} says in which
 * form. All other forms of the report, for people and for machines, are made of it.
 */
final class ConformanceReport {
  private static final int FINDINGS = 20;
  private static final int SEEN = 12;

  /** What a check of these outcomes found was seen, even where no single reply shows it. */
  private static final Set<Outcome> SEEN_BY_ITSELF = Set.of(Outcome.PASSED, Outcome.FAILED);

  private final Specification specification;
  private final TargetEndpoint target;
  private final RunArtifacts files;
  private final List<ClauseResult> clauseResults;
  private final Map<Api, List<ClauseResult>> perApi = new LinkedHashMap<>();
  private final List<WaiverStatus> waivers;
  private final Optional<EvidenceAge> lastSeen;

  /** What a run is called as a whole. */
  enum Result {
    CONFORMANT("Conformant"),
    NOT_CONFORMANT("Not conformant"),
    NOT_PROVED("Not proved"),
    NOTHING_RAN("Nothing ran"),
    UNFINISHED("Not finished");

    private final String words;

    Result(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** A report of what a run left behind. */
  ConformanceReport(Specification specification, TargetEndpoint target, RunArtifacts files) {
    this(specification, target, files, Optional.empty());
  }

  /** The same beside what is known of live runs. */
  ConformanceReport(
      Specification specification,
      TargetEndpoint target,
      RunArtifacts files,
      Optional<EvidenceAge.LiveRuns> live) {
    this.specification = specification;
    this.target = target;
    this.files = files;
    this.clauseResults = judge(target.apis());
    target.apis().forEach(api -> perApi.put(api, judge(List.of(api))));
    boolean narrowed = !specification.clauses().stream().allMatch(target::includes);
    this.waivers = WaiverStatus.all(target, clauseResults, narrowed);
    this.lastSeen =
        live.map(known -> target.isLive() ? withOwn(known) : known)
            .map(
                known ->
                    new EvidenceAge(
                        known,
                        target.apis(),
                        clauseResults.stream().map(ClauseResult::clause).toList()));
  }

  /** What a live run finds is live evidence itself. */
  private EvidenceAge.LiveRuns withOwn(EvidenceAge.LiveRuns known) {
    LiveEvidence evidence = known.evidence();
    for (Api api : perApi.keySet()) {
      evidence = evidence.with(api.product(), verdicts(api), files.finished(), known.now());
    }
    return new EvidenceAge.LiveRuns(evidence, known.maxAge(), known.now());
  }

  /** The verdict on each clause that the run is about, of an API by itself. */
  Map<String, Verdict> verdicts(Api api) {
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    perApi.get(api).forEach(j -> verdicts.put(j.clause().id(), j.verdict()));
    return verdicts;
  }

  /** What is known of live runs; empty where the settings name no recordings. */
  Optional<EvidenceAge> lastSeen() {
    return lastSeen;
  }

  /** The clauses whose live evidence is too old, and why each is. */
  Map<Clause, String> stale() {
    return files.finished() ? lastSeen.map(EvidenceAge::stale).orElse(Map.of()) : Map.of();
  }

  private List<ClauseResult> judge(List<Api> apis) {
    return ClauseResult.all(
            specification,
            apis,
            files.evidence(),
            clause -> target.waivers().inForce(clause).map(Waiver::toString))
        .stream()
        .filter(j -> target.includes(j.clause()))
        .map(this::withWhyLeftOut)
        .toList();
  }

  /** The waivers that stand between this run and a green build. */
  List<WaiverStatus> redWaivers() {
    return files.finished() ? waivers.stream().filter(WaiverStatus::blocking).toList() : List.of();
  }

  /** What was sent, in a sentence. */
  String sent() {
    int calls = files.traffic().stream().mapToInt(RequestCounts::calls).sum();
    int throttled =
        files.traffic().stream()
            .flatMap(t -> t.throttled().values().stream())
            .mapToInt(Integer::intValue)
            .sum();
    return calls
        + " calls"
        + (target.maxRequests().isPresent() ? " of " + target.maxRequests().getAsInt() : "")
        + (throttled > 0
            ? ", %d throttled though the pace was kept: others use the account".formatted(throttled)
            : "");
  }

  List<ClauseResult> clauseResults() {
    return clauseResults;
  }

  /** The judgements on each judged API by itself, the common part included. */
  Map<Api, List<ClauseResult>> perApi() {
    return perApi;
  }

  /** The clauses that stand between this run and a green build. */
  List<ClauseResult> blocking() {
    return blocking(clauseResults);
  }

  private List<ClauseResult> blocking(List<ClauseResult> some) {
    return some.stream().filter(this::isRed).toList();
  }

  /** The clauses that settings left out, and that nothing was seen of. */
  List<ClauseResult> skipped() {
    return clauseResults.stream()
        .filter(j -> j.verdict() == Verdict.UNOBSERVED && target.skipReason(j.clause()).isPresent())
        .toList();
  }

  private ClauseResult withWhyLeftOut(ClauseResult clauseResult) {
    return clauseResult.verdict() == Verdict.UNOBSERVED
        ? target
            .skipReason(clauseResult.clause())
            .map(why -> new ClauseResult(clauseResult.clause(), Verdict.UNOBSERVED, why, List.of()))
            .orElse(clauseResult)
        : clauseResult;
  }

  boolean isRed(ClauseResult clauseResult) {
    return switch (clauseResult.verdict()) {
      case FAIL, ERROR -> true;
      case UNOBSERVED ->
          target.canTriggerEveryClause() && target.skipReason(clauseResult.clause()).isEmpty();
      case DEVIATES -> target.strict();
      case PASS, WAIVED, NOT_TESTABLE -> false;
    };
  }

  boolean conformant() {
    return result() == Result.CONFORMANT;
  }

  /** What the run is called as a whole. */
  Result result() {
    if (!files.finished()) {
      return Result.UNFINISHED;
    }
    if (observations() == 0) {
      return Result.NOTHING_RAN;
    }
    if (clauseResults.stream().anyMatch(j -> j.verdict() == Verdict.FAIL)) {
      return Result.NOT_CONFORMANT;
    }
    return blocking().isEmpty()
            && redWaivers().isEmpty()
            && stale().isEmpty()
            && missing().isEmpty()
        ? Result.CONFORMANT
        : Result.NOT_PROVED;
  }

  /** What an API is called by itself. */
  Result result(Api api) {
    List<ClauseResult> own = perApi.get(api);
    if (own.stream().anyMatch(j -> j.verdict() == Verdict.FAIL)) {
      return Result.NOT_CONFORMANT;
    }
    if (own.stream().mapToInt(ClauseResult::observations).sum() == 0) {
      return Result.NOTHING_RAN;
    }
    boolean stale = stale().keySet().stream().anyMatch(clause -> clause.binds(api));
    return !files.finished() || !blocking(own).isEmpty() || stale || !missing().isEmpty()
        ? Result.NOT_PROVED
        : Result.CONFORMANT;
  }

  /** What should have run to its end and did not, a sentence each. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (!files.finished()) {
      missing.add(
          "The run is still going on, or it was interrupted: suites and simulations have not all"
              + " had their turn.");
    }
    files.progress().ifPresent(progress -> missing.addAll(missing(progress)));
    boolean suitesWanted =
        clauseResults.stream().anyMatch(j -> j.clause().kind() != ClauseKind.LIMIT);
    boolean suitesRan =
        clauseResults.stream()
            .anyMatch(j -> j.clause().kind() != ClauseKind.LIMIT && !j.evidence().isEmpty());
    if (files.finished() && files.progress().isEmpty() && suitesWanted && !suitesRan) {
      missing.add("No suite ran.");
    }
    files.crash().ifPresent(why -> missing.add("A limit simulation broke off: " + why + "."));
    return missing;
  }

  private static List<String> missing(Progress progress) {
    List<String> missing = new ArrayList<>();
    List<String> unbegun =
        progress.suites().stream()
            .filter(suite -> !suite.ended() && suite.run() == 0)
            .map(Progress.Suite::name)
            .toList();
    for (Progress.Suite suite : progress.suites()) {
      if (suite.run() < suite.expected() && !unbegun.contains(suite.name())) {
        missing.add(
            "%s broke off after %d of its %d cases."
                .formatted(suite.name(), suite.run(), suite.expected()));
      }
    }
    if (!unbegun.isEmpty()) {
      missing.add("No case was seen to end in " + String.join(", ", unbegun) + ".");
    }
    return missing;
  }

  /** What the run comes to, in a sentence or two. */
  String summary() {
    Map<Verdict, Long> counts = counts();
    int all = clauseResults.size();
    List<String> parts = new ArrayList<>();
    add(parts, counts.get(Verdict.FAIL), "broken");
    add(parts, counts.get(Verdict.DEVIATES), "deviating from what is observed");
    add(parts, counts.get(Verdict.ERROR), "could not be judged");
    add(parts, counts.get(Verdict.UNOBSERVED), "not seen");
    add(parts, counts.get(Verdict.WAIVED), "broken and waived");
    add(parts, counts.get(Verdict.NOT_TESTABLE), "not provokable here");
    String proved = "%d of %d clauses proved".formatted(counts.get(Verdict.PASS), all);
    String rest = parts.isEmpty() ? "." : "; " + String.join(", ", parts) + ".";
    String again =
        target.recordedRun().isPresent() ? "Nothing live was judged, but a recording. " : "";
    return switch (result()) {
      case NOTHING_RAN -> "No suite and no simulation left any evidence, so nothing was proved.";
      case UNFINISHED -> "So far " + proved + rest;
      case CONFORMANT, NOT_CONFORMANT, NOT_PROVED ->
          again
              + proved
              + rest
              + (redWaivers().isEmpty()
                  ? ""
                  : " Waivers that must not stay: %d.".formatted(redWaivers().size()))
              + (stale().isEmpty()
                  ? ""
                  : " Clauses without live evidence that is new enough: %d."
                      .formatted(stale().size()))
              + (missing().isEmpty() ? "" : " Parts of the run are missing.");
    };
  }

  private static void add(List<String> parts, long count, String words) {
    if (count > 0) {
      parts.add(count + " " + words);
    }
  }

  int observations() {
    return clauseResults.stream().mapToInt(ClauseResult::observations).sum();
  }

  /** How many clauses have each verdict. */
  Map<Verdict, Long> counts() {
    return counts(clauseResults);
  }

  static Map<Verdict, Long> counts(List<ClauseResult> some) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, some.stream().filter(j -> j.verdict() == verdict).count());
    }
    return counts;
  }

  /** What has changed since the run to compare with. */
  List<BaselineReport.Changed> changes() {
    return files.earlier().map(earlier -> earlier.changes(clauseResults)).orElse(List.of());
  }

  // ---- as JSON

  /** The report as JSON. */
  ObjectNode json(Instant now) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("target", target.name());
    root.put("description", target.description());
    root.put("written", now.toString());
    root.put("finished", files.finished());
    root.put("conformant", conformant());
    root.put("result", result().name());
    root.put("summary", summary());
    texts(root.putArray("missing"), missing());
    root.put("contract", specification.hash());
    root.set("harness", harness());
    put(root.putObject("counts"), counts());
    ArrayNode apis = root.putArray("apis");
    specification.apis().forEach(api -> apis.add(json(api)));
    ArrayNode limits = root.putArray("limits");
    for (Api api : target.apis()) {
      limitClause(api).ifPresent(clauseResult -> limits.add(limit(api, clauseResult)));
    }
    ObjectNode settings = root.putObject("settings");
    target.settings().forEach(settings::put);
    root.set("traffic", Json.mapper().valueToTree(files.traffic()));
    root.set(
        "suites",
        Json.mapper().valueToTree(files.progress().map(Progress::suites).orElse(List.of())));
    texts(root.putArray("gatling"), files.gatling());
    ArrayNode waived = root.putArray("waivers");
    waivers.forEach(review -> waived.add(json(review)));
    ArrayNode clauses = root.putArray("clauses");
    clauseResults.forEach(clauseResult -> clauses.add(json(clauseResult)));
    root.set("comparison", files.earlier().map(this::comparison).orElse(null));
    root.set("killTable", files.killTable().orElse(null));
    root.set("live", lastSeen.map(EvidenceAge::json).orElse(null));
    root.set("replay", target.recordedRun().map(run -> json(run, now)).orElse(null));
    return root;
  }

  private ObjectNode json(RecordedRun run, Instant now) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("of", run.path().toString())
            .put("recorded", run.when().toString())
            .put("days", Math.max(0, Duration.between(run.when(), now).toDays()));
    texts(node.putArray("remarks"), run.remarks(specification));
    return node;
  }

  private static void texts(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  private static void put(ObjectNode node, Map<Verdict, Long> counts) {
    counts.forEach((verdict, count) -> node.put(verdict.name(), count));
  }

  private static ObjectNode harness() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("version", HarnessVersion.text())
        .put("java", System.getProperty("java.version"))
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  private ObjectNode json(Api api) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("product", api.product());
    node.put("version", api.version());
    node.put("action", api.action());
    node.put("page", api.lastUpdated());
    node.put("judged", perApi.containsKey(api));
    if (perApi.containsKey(api)) {
      node.put("result", result(api).name());
      put(node.putObject("counts"), counts(perApi.get(api)));
    }
    remarks(node.putArray("contradictions"), api.contradictions());
    remarks(node.putArray("openQuestions"), api.openQuestions());
    return node;
  }

  private static void remarks(ArrayNode array, List<SpecificationIssue> remarks) {
    for (SpecificationIssue remark : remarks) {
      array
          .addObject()
          .put("id", remark.id())
          .put("text", remark.text())
          .put("decision", remark.decision());
    }
  }

  /** The judgement on an API's limit; empty where the run is not about it. */
  Optional<ClauseResult> limitClause(Api api) {
    return perApi.get(api).stream().filter(j -> j.clause().kind() == ClauseKind.LIMIT).findFirst();
  }

  /** The judge's sentence, or why there is none. */
  String limitSentence(Api api, ClauseResult clauseResult) {
    LimitHistogram log = log(api);
    if (!log.sentence().isEmpty()) {
      return log.sentence();
    }
    return clauseResult.evidence().stream()
        .filter(e -> e.finding() != null)
        .max(Comparator.comparing(e -> e.outcome() == Outcome.FAILED))
        .map(e -> e.finding().actual())
        .orElseGet(
            () ->
                target
                    .skipReason(clauseResult.clause())
                    .orElse("No simulation said anything about it in this run."));
  }

  private LimitHistogram log(Api api) {
    return files
        .limits()
        .getOrDefault(api.product(), LimitHistogram.absent("No call was recorded for this API."));
  }

  private ObjectNode limit(Api api, ClauseResult clauseResult) {
    LimitHistogram log = log(api);
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("product", api.product())
            .put("clause", clauseResult.clause().id())
            .put("verdict", clauseResult.verdict().name())
            .put("requests", api.limit().requests())
            .put("seconds", api.limit().seconds())
            .put("word", log.word())
            .put("sentence", limitSentence(api, clauseResult));
    texts(node.putArray("remarks"), log.remarks());
    texts(node.putArray("notTested"), log.notTested());
    node.put("calls", log.calls());
    node.put("leftOut", log.leftOut());
    node.put("alignment", log.alignment());
    node.put("missing", log.missing());
    node.set("columns", Json.mapper().valueToTree(log.columns()));
    return node;
  }

  private ObjectNode comparison(BaselineReport earlier) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("with", earlier.file());
    ArrayNode changes = node.putArray("changes");
    for (BaselineReport.Changed each : earlier.changes(clauseResults)) {
      changes
          .addObject()
          .put("clause", each.clause())
          .put("change", each.change().words())
          .put("before", each.before() == null ? "" : each.before().name())
          .put("now", each.now().name());
    }
    return node;
  }

  private static ObjectNode json(WaiverStatus review) {
    Waiver waiver = review.waiver();
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("clause", waiver.clauses().glob())
            .put("reason", waiver.reason())
            .put("owner", waiver.owner())
            .put("evidence", waiver.evidence())
            .put("expires", waiver.expires().toString())
            .put("state", review.state().name())
            .put("red", review.blocking());
    texts(node.putArray("clauses"), review.clauses());
    return node;
  }

  private ObjectNode json(ClauseResult clauseResult) {
    Clause clause = clauseResult.clause();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", clause.id());
    node.put("verdict", clauseResult.verdict().name());
    node.put("red", isRed(clauseResult));
    ObjectNode verdicts = node.putObject("verdicts");
    perApi.forEach(
        (api, all) ->
            all.stream()
                .filter(j -> j.clause().equals(clause))
                .forEach(j -> verdicts.put(api.product(), j.verdict().name())));
    node.put("promise", clause.promise());
    node.put("basis", clause.basis().text());
    node.put("source", clause.source());
    node.put("reason", clauseResult.reason());
    node.set("live", lastSeen.map(seen -> seen.json(clause)).orElse(null));
    node.put("observations", clauseResult.observations());
    Map<String, Integer> seen = seen(clauseResult);
    node.put("seenInAll", seen.size());
    ArrayNode values = node.putArray("seen");
    seen.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(SEEN)
        .forEach(e -> values.addObject().put("value", e.getKey()).put("count", e.getValue()));
    node.put(
        "lastRequestId",
        clauseResult.evidence().stream()
            .map(Evidence::requestId)
            .filter(id -> !id.isEmpty())
            .reduce("", (first, second) -> second));
    Set<String> checks = new LinkedHashSet<>();
    clauseResult.evidence().forEach(e -> checks.add(e.check()));
    texts(node.putArray("checks"), List.copyOf(checks));
    node.put(
        "findingsInAll", clauseResult.evidence().stream().filter(e -> e.finding() != null).count());
    ArrayNode findings = node.putArray("findings");
    clauseResult.evidence().stream()
        .filter(e -> e.finding() != null)
        .sorted(Comparator.comparing(e -> e.outcome() != Outcome.FAILED))
        .limit(FINDINGS)
        .forEach(e -> findings.add(json(e)));
    return node;
  }

  /** What was really seen of a clause, and how often. */
  private static Map<String, Integer> seen(ClauseResult clauseResult) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (Evidence evidence : clauseResult.evidence()) {
      String what =
          evidence.seen().isEmpty()
                  && evidence.finding() != null
                  && SEEN_BY_ITSELF.contains(evidence.outcome())
              ? evidence.finding().actual()
              : evidence.seen();
      if (!what.isEmpty()) {
        seen.merge(what, evidence.count(), Integer::sum);
      }
    }
    return seen;
  }

  private static ObjectNode json(Evidence evidence) {
    Finding finding = evidence.finding();
    return JsonNodeFactory.instance
        .objectNode()
        .put("product", evidence.product())
        .put("check", evidence.check())
        .put("outcome", evidence.outcome().name())
        .put("expected", finding.expected())
        .put("actual", finding.actual())
        .put("requestId", finding.requestId())
        .put("request", finding.request())
        .put("reply", finding.reply())
        .put("reproduce", finding.reproduce());
  }
}
