package asyncinfo.report;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.recording.LiveEvidence;
import asyncinfo.recording.LiveEvidence.LastResult;
import asyncinfo.verdict.Verdict;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Age of the last live evidence of each clause that a run is about. */
final class EvidenceAge {
  private final LiveRuns live;
  private final List<Api> apis;
  private final List<Clause> clauses;

  /**
   * Live runs, and the age that their evidence may have.
   *
   * @param evidence verdicts of the recorded runs
   * @param maxAge the greatest age of a clause's last live evidence, in days; empty for any age
   * @param now the time to which ages are counted
   */
  record LiveRuns(LiveEvidence evidence, OptionalInt maxAge, Instant now) {}

  /**
   * Last live evidence of one clause of one API.
   *
   * @param recorded when, in ISO 8601
   * @param days whole days ago
   */
  record Seen(Verdict verdict, String recorded, long days) {}

  /**
   * Counts over all clauses.
   *
   * @param seen clauses with live evidence of each judged API
   * @param notTestable clauses without, which no live run could test
   * @param oldestDays null where there is no live evidence at all
   * @param maxAge in days; null for any age
   */
  record Overview(
      int runs,
      int clauses,
      long seen,
      @JsonProperty("notProvokable") long notTestable,
      long never,
      String sentence,
      Long oldestDays,
      Integer maxAge,
      List<Stale> stale) {}

  /** A clause whose live evidence is too old or absent. */
  record Stale(String clause, String why) {}

  /**
   * Relates live runs to a run.
   *
   * @param apis the judged APIs
   * @param clauses the clauses that the run is about, each of which binds at least one of the APIs
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
    return live.evidence().last(api.folder(), clause.id());
  }

  /** Returns whole days, never negative: the clock of a recorded run may have been ahead. */
  private long days(Instant when) {
    return Math.max(0, Duration.between(when, live.now()).toDays());
  }

  /** Returns the last live evidence of a clause by API; null for an API without any. */
  Map<String, Seen> of(Clause clause) {
    Map<String, Seen> seen = new LinkedHashMap<>();
    apis(clause)
        .forEach(
            api ->
                seen.put(
                    api.id(),
                    last(api, clause)
                        .map(
                            last ->
                                new Seen(last.verdict(), last.when().toString(), days(last.when())))
                        .orElse(null)));
    return seen;
  }

  /** Returns the counts over all clauses. */
  Overview overview() {
    return new Overview(
        live.evidence().runs(),
        clauses.size(),
        count(State.SEEN),
        count(State.NOT_TESTABLE),
        count(State.NEVER),
        sentence(),
        oldest().isPresent() ? oldest().getAsLong() : null,
        live.maxAge().isPresent() ? live.maxAge().getAsInt() : null,
        stale().entrySet().stream()
            .map(each -> new Stale(each.getKey().id(), each.getValue()))
            .toList());
  }

  private enum State {
    /** There is live evidence of each API. */
    SEEN,
    /** There is none of some API, because no live run could test it. */
    NOT_TESTABLE,
    /** There is none of some API, for no known reason. */
    NEVER
  }

  private State state(Clause clause) {
    return apis(clause).stream()
        .map(
            api ->
                last(api, clause).isPresent()
                    ? State.SEEN
                    : live.evidence().lastNotTestable(api.folder(), clause.id()).isPresent()
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

  /** Returns the counts in one sentence. */
  String sentence() {
    StringBuilder sentence =
        new StringBuilder(
            "%d of %d clauses seen live".formatted(count(State.SEEN), clauses.size()));
    oldest().ifPresent(days -> sentence.append(", the oldest ").append(ago(days)));
    if (count(State.NOT_TESTABLE) > 0) {
      sentence.append("; %d not testable live".formatted(count(State.NOT_TESTABLE)));
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

  /** Returns an age in words, such as {@code 3 days ago}. */
  static String ago(long days) {
    return days == 0 ? "today" : days == 1 ? "1 day ago" : days + " days ago";
  }

  /** Returns the clauses whose live evidence is too old or absent, with the reason. */
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
          : Optional.of(
              "%s: last seen live %s, and evidence.max.age is %d".formatted(api, ago(days), most));
    }
    // A live run that could not test the clause excuses it, as long as the run is recent enough.
    boolean attempted =
        live.evidence()
            .lastNotTestable(api.folder(), clause.id())
            .filter(when -> days(when) <= most)
            .isPresent();
    return attempted
        ? Optional.empty()
        : Optional.of("%s: never seen live, and evidence.max.age is %d".formatted(api, most));
  }
}
