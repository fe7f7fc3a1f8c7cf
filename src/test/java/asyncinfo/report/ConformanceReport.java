package asyncinfo.report;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.contract.Json;
import asyncinfo.contract.Remark;
import asyncinfo.target.Target;
import asyncinfo.target.Traffic;
import asyncinfo.target.Waiver;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Finding;
import asyncinfo.verdict.Judgement;
import asyncinfo.verdict.Verdict;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run proved, clause by clause; {@code schemas/report/conformance.schema.json} says in which
 * form.
 */
final class ConformanceReport {
  private final Catalogue catalogue;
  private final Target target;
  private final List<Judgement> judgements;
  private final List<WaiverReview> waivers;
  private final List<Traffic> traffic;
  private final boolean finished;

  /**
   * @param traffic what each part of the run sent
   * @param finished whether suites and simulations have had their turn
   */
  ConformanceReport(
      Catalogue catalogue,
      Target target,
      List<Evidence> evidence,
      List<Traffic> traffic,
      boolean finished) {
    this.catalogue = catalogue;
    this.target = target;
    this.traffic = traffic;
    this.finished = finished;
    this.judgements =
        Judgement.all(
                catalogue,
                target.apis(),
                evidence,
                clause -> target.waivers().inForce(clause).map(Waiver::toString))
            .stream()
            .filter(j -> target.wants(j.clause()))
            .map(this::withWhyLeftOut)
            .toList();
    boolean narrowed = !catalogue.clauses().stream().allMatch(target::wants);
    this.waivers = WaiverReview.all(target, judgements, narrowed);
  }

  /** The waivers that stand between this run and a green build. */
  List<WaiverReview> redWaivers() {
    return finished ? waivers.stream().filter(WaiverReview::red).toList() : List.of();
  }

  /** What was sent, in a sentence. */
  String sent() {
    int calls = traffic.stream().mapToInt(Traffic::calls).sum();
    int throttled =
        traffic.stream()
            .flatMap(t -> t.throttled().values().stream())
            .mapToInt(Integer::intValue)
            .sum();
    return calls
        + " calls"
        + (target.budget().isPresent() ? " of " + target.budget().getAsInt() : "")
        + (throttled > 0
            ? ", %d throttled though the pace was kept: others use the account".formatted(throttled)
            : "");
  }

  List<Judgement> judgements() {
    return judgements;
  }

  /** The clauses that stand between this run and a green build. */
  List<Judgement> red() {
    return judgements.stream().filter(this::isRed).toList();
  }

  /** The clauses that settings left out, and that nothing was seen of. */
  List<Judgement> leftOut() {
    return judgements.stream()
        .filter(j -> j.verdict() == Verdict.UNOBSERVED && target.leftOut(j.clause()).isPresent())
        .toList();
  }

  private Judgement withWhyLeftOut(Judgement judgement) {
    return judgement.verdict() == Verdict.UNOBSERVED
        ? target
            .leftOut(judgement.clause())
            .map(why -> new Judgement(judgement.clause(), Verdict.UNOBSERVED, why, List.of()))
            .orElse(judgement)
        : judgement;
  }

  private boolean isRed(Judgement judgement) {
    return switch (judgement.verdict()) {
      case FAIL, ERROR -> true;
      case UNOBSERVED ->
          target.promisesEveryClause() && target.leftOut(judgement.clause()).isEmpty();
      case PASS, WAIVED, NOT_PROVOKABLE -> false;
    };
  }

  boolean conformant() {
    return finished && observations() > 0 && red().isEmpty() && redWaivers().isEmpty();
  }

  int observations() {
    return judgements.stream().mapToInt(Judgement::observations).sum();
  }

  /** How many clauses have each verdict. */
  Map<Verdict, Long> counts() {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, judgements.stream().filter(j -> j.verdict() == verdict).count());
    }
    return counts;
  }

  /** The report as JSON. */
  ObjectNode json(Instant now) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("target", target.name());
    root.put("description", target.description());
    root.put("written", now.toString());
    root.put("finished", finished);
    root.put("conformant", conformant());
    root.put("contract", catalogue.hash());
    ObjectNode counts = root.putObject("counts");
    counts().forEach((verdict, count) -> counts.put(verdict.name(), count));
    ArrayNode apis = root.putArray("apis");
    catalogue.apis().forEach(api -> apis.add(json(api)));
    ObjectNode settings = root.putObject("settings");
    target.settings().forEach(settings::put);
    root.set("traffic", Json.mapper().valueToTree(traffic));
    ArrayNode waived = root.putArray("waivers");
    waivers.forEach(review -> waived.add(json(review)));
    ArrayNode clauses = root.putArray("clauses");
    judgements.forEach(judgement -> clauses.add(json(judgement)));
    return root;
  }

  private ObjectNode json(Api api) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("product", api.product());
    node.put("version", api.version());
    node.put("action", api.action());
    node.put("page", api.lastUpdated());
    node.put("judged", target.apis().contains(api));
    remarks(node.putArray("contradictions"), api.contradictions());
    remarks(node.putArray("openQuestions"), api.openQuestions());
    return node;
  }

  private static void remarks(ArrayNode array, List<Remark> remarks) {
    for (Remark remark : remarks) {
      array
          .addObject()
          .put("id", remark.id())
          .put("text", remark.text())
          .put("decision", remark.decision());
    }
  }

  private static ObjectNode json(WaiverReview review) {
    Waiver waiver = review.waiver();
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("clause", waiver.clauses().glob())
            .put("reason", waiver.reason())
            .put("owner", waiver.owner())
            .put("evidence", waiver.evidence())
            .put("expires", waiver.expires().toString())
            .put("state", review.state().name());
    ArrayNode clauses = node.putArray("clauses");
    review.clauses().forEach(clauses::add);
    return node;
  }

  private static ObjectNode json(Judgement judgement) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", judgement.clause().id());
    node.put("verdict", judgement.verdict().name());
    node.put("promise", judgement.clause().promise());
    node.put("source", judgement.clause().source());
    node.put("reason", judgement.reason());
    node.put("observations", judgement.observations());
    Set<String> checks = new LinkedHashSet<>();
    judgement.evidence().forEach(e -> checks.add(e.check()));
    ArrayNode provedBy = node.putArray("checks");
    checks.forEach(provedBy::add);
    ArrayNode findings = node.putArray("findings");
    judgement.evidence().stream()
        .filter(e -> e.finding() != null)
        .limit(20)
        .forEach(e -> findings.add(json(e)));
    return node;
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
