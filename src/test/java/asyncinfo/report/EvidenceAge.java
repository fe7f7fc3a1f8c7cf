package asyncinfo.report;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.recording.LiveEvidence;
import asyncinfo.recording.LiveEvidence.LastResult;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * When each clause that a run is about was last proved or refuted live, and how long ago that is.
 */
final class EvidenceAge {
  private final LiveRuns live;
  private final List<Api> apis;
  private final List<Clause> clauses;

  /**
   * What is known of live runs.
   *
   * @param evidence what recordings say
   * @param maxAge how old the last live evidence of a clause may be, in days; empty for any age
   * @param now the time that ages are counted to
   */
  record LiveRuns(LiveEvidence evidence, OptionalInt maxAge, Instant now) {}

  /**
   * What a run is about, and what is known of live runs.
   *
   * @param apis the judged APIs
   * @param clauses the clauses that the run is about, each of which binds one of them
   */
  EvidenceAge(LiveRuns live, List<Api> apis, List<Clause> clauses) {
    this.live = live;
    this.apis = apis;
    this.clauses = clauses;
  }

  private List<Api> apis(Clause clause) {
    return apis.stream().filter(clause::binds).toList();
  }

  private Optional<LastResult> last(Api api, Clause clause) {
    return live.evidence().last(api.product(), clause.id());
  }

  /** Whole days; a clock that was somewhat ahead when a run was recorded makes no negative age. */
  private long days(Instant when) {
    return Math.max(0, Duration.between(when, live.now()).toDays());
  }

  /** The last live evidence of a clause, by product. */
  ObjectNode json(Clause clause) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    apis(clause)
        .forEach(
            api ->
                node.set(
                    api.product(),
                    last(api, clause)
                        .map(
                            seen ->
                                JsonNodeFactory.instance
                                    .objectNode()
                                    .put("verdict", seen.verdict().name())
                                    .put("recorded", seen.when().toString())
                                    .put("days", days(seen.when())))
                        .orElse(null)));
    return node;
  }

  /** All that is known, but for the single clauses. */
  ObjectNode json() {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("runs", live.evidence().runs())
            .put("clauses", clauses.size())
            .put("seen", count(State.SEEN))
            .put("notProvokable", count(State.NOT_TESTABLE))
            .put("never", count(State.NEVER))
            .put("sentence", sentence());
    node.set("oldestDays", oldest().isPresent() ? nodes().numberNode(oldest().getAsLong()) : null);
    node.set(
        "maxAge", live.maxAge().isPresent() ? nodes().numberNode(live.maxAge().getAsInt()) : null);
    stale()
        .forEach(
            (clause, why) ->
                node.withArray("stale").addObject().put("clause", clause.id()).put("why", why));
    node.withArray("stale");
    return node;
  }

  private static JsonNodeFactory nodes() {
    return JsonNodeFactory.instance;
  }

  /** What live runs say of a clause. */
  private enum State {
    /** Each API was seen to keep or to break it. */
    SEEN,
    /** An API was never seen to, for no live run could bring it about. */
    NOT_TESTABLE,
    /** An API was never seen to, and no live run says why. */
    NEVER
  }

  private State state(Clause clause) {
    return apis(clause).stream()
        .map(
            api ->
                last(api, clause).isPresent()
                    ? State.SEEN
                    : live.evidence().lastNotTestable(api.product(), clause.id()).isPresent()
                        ? State.NOT_TESTABLE
                        : State.NEVER)
        .max(State::compareTo)
        .orElseThrow();
  }

  private long count(State state) {
    return clauses.stream().filter(clause -> state(clause) == state).count();
  }

  private OptionalLong oldest() {
    return clauses.stream()
        .flatMap(clause -> apis(clause).stream().flatMap(api -> last(api, clause).stream()))
        .mapToLong(seen -> days(seen.when()))
        .max();
  }

  /** What is known, in a sentence. */
  String sentence() {
    StringBuilder sentence =
        new StringBuilder(
            "%d of %d clauses seen live".formatted(count(State.SEEN), clauses.size()));
    oldest().ifPresent(days -> sentence.append(", the oldest ").append(ago(days)));
    if (count(State.NOT_TESTABLE) > 0) {
      sentence.append("; %d not provokable live".formatted(count(State.NOT_TESTABLE)));
    }
    if (count(State.NEVER) > 0) {
      sentence.append("; %d never seen live".formatted(count(State.NEVER)));
    }
    if (!stale().isEmpty()) {
      sentence.append(
          "; %d without live evidence of the last %d days"
              .formatted(stale().size(), live.maxAge().orElseThrow()));
    }
    return sentence.append('.').toString();
  }

  static String ago(long days) {
    return days == 0 ? "today" : days == 1 ? "1 day ago" : days + " days ago";
  }

  /** The clauses whose last live evidence is too old or is none, and which of the two. */
  Map<Clause, String> stale() {
    Map<Clause, String> stale = new LinkedHashMap<>();
    live.maxAge()
        .ifPresent(
            most ->
                clauses.forEach(
                    clause ->
                        apis(clause).stream()
                            .flatMap(api -> stale(api, clause, most).stream())
                            .findFirst()
                            .ifPresent(why -> stale.put(clause, why))));
    return stale;
  }

  private Optional<String> stale(Api api, Clause clause, int most) {
    Optional<LastResult> seen = last(api, clause);
    if (seen.isPresent()) {
      long days = days(seen.get().when());
      return days <= most
          ? Optional.empty()
          : Optional.of("%s: last seen live %s, and max.age is %d".formatted(api, ago(days), most));
    }
    // What cannot be brought about there is no fault of whoever looks; but they have to look.
    boolean looked =
        live.evidence()
            .lastNotTestable(api.product(), clause.id())
            .filter(when -> days(when) <= most)
            .isPresent();
    return looked
        ? Optional.empty()
        : Optional.of("%s: never seen live, and max.age is %d".formatted(api, most));
  }
}
