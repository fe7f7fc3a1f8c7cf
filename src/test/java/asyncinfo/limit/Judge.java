package asyncinfo.limit;

import asyncinfo.limit.LimitVerdict.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Judges the samples of a protocol. Two judges look at the same samples: {@link Rules}, which a
 * reader can follow, and {@link Replay}, which knows many limiters; only what both say is a word.
 * The same samples always get the same verdict.
 */
public final class Judge {
  /** A reply in fifty may be lost: then what is left still decides, or the judges say that not. */
  private static final int LOST_SHARE = 50;

  private final List<Party> parties;
  private final List<Sample> all;
  private final List<Reading> readings;

  private Judge(List<Party> parties, List<Sample> all) {
    this.parties = parties;
    this.all = all;
    this.readings = parties.stream().map(party -> new Reading(party, all)).toList();
  }

  /**
   * Judges one API.
   *
   * @param parties all APIs that were probed side by side
   * @param api the one to judge
   * @param samples the calls of all of them
   */
  public static LimitVerdict judge(List<Party> parties, String api, List<Sample> samples) {
    return new Judge(parties, samples).verdict(api);
  }

  private LimitVerdict verdict(String api) {
    Reading reading =
        readings.stream()
            .filter(r -> r.party().api().equals(api))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no API " + api + " was probed"));
    Optional<Rules.Opinion> spoilt = spoilt(reading);
    if (spoilt.isPresent()) {
      return verdict(reading, spoilt.get(), List.of(), List.of());
    }
    Rules rules = new Rules(reading, readings);
    Rules.Opinion ruled = rules.opinion();
    Replay.Ranking replayed = new Replay(reading, all).rank();
    return verdict(reading, both(ruled, replayed), rules.numbers(), remarks(replayed));
  }

  private LimitVerdict verdict(
      Reading reading, Rules.Opinion opinion, List<String> numbers, List<String> remarks) {
    boolean enforced = opinion.word() == Word.ENFORCED;
    return new LimitVerdict(
        opinion.word(),
        opinion.limiter(),
        enforced ? "" : opinion.reason(),
        numbers,
        enforced ? remarks : List.of(),
        notTested(reading.party()),
        reading.own().size(),
        Math.round(reading.seconds()));
  }

  private List<String> notTested(Party party) {
    List<String> scopes = new ArrayList<>();
    if (parties.size() < 2) {
      scopes.add("whether other APIs share the budget: no other was probed");
    }
    if (!party.secondRegion()) {
      scopes.add("whether other regions share the budget: no second region is set");
    }
    if (!party.secondAccount()) {
      scopes.add("whether other accounts share the budget: no second account is set");
    }
    return scopes;
  }

  // ---- what spoils a run

  private static Optional<Rules.Opinion> spoilt(Reading reading) {
    List<Sample> judged = reading.judged();
    List<Sample> other =
        reading.own().stream().filter(s -> s.reception() == Reception.OTHER).toList();
    if (!other.isEmpty()) {
      return Optional.of(
          Rules.Opinion.certainlyWrong(
              "",
              "%d of %d calls are neither accepted nor throttled: %s"
                  .formatted(other.size(), reading.own().size(), other.get(0).detail())));
    }
    for (String probe : required(reading.party())) {
      if (!reading.has(probe)) {
        return Optional.of(Rules.Opinion.unsure("the run was cut short before: " + probe));
      }
    }
    long lost = judged.stream().filter(s -> s.reception() == Reception.LOST).count();
    if (lost * LOST_SHARE > judged.size()) {
      return Optional.of(
          Rules.Opinion.unsure("%d of %d calls had no reply".formatted(lost, judged.size())));
    }
    long latest = reading.latest();
    if (latest > reading.party().seconds() * 1_000_000_000L / 2) {
      return Optional.of(
          Rules.Opinion.unsure(
              "the rate was not offered: a call was sent %d ms late; run again on a quieter machine"
                  .formatted(latest / 1_000_000)));
    }
    return Optional.empty();
  }

  private static List<String> required(Party party) {
    Protocol alone = new Protocol(Protocol.Extent.LEAN, List.of(party));
    return IntStream.of(0, Protocol.STAGES - 1)
        .mapToObj(i -> alone.stage(i, 0, List.of()))
        .flatMap(stage -> stage.shots().stream())
        .map(Shot::probe)
        .distinct()
        .toList();
  }

  // ---- both judges

  private static Rules.Opinion both(Rules.Opinion ruled, Replay.Ranking replayed) {
    if (ruled.word() == Word.UNSURE) {
      return ruled;
    }
    boolean kept = ruled.word() == Word.ENFORCED;
    if (!replayed.explains()) {
      return ruled.certain()
          ? ruled
          : Rules.Opinion.unsure(
              because(ruled) + "no known limiter answers like this, " + nearest(replayed));
    }
    List<LimiterKind> likely = replayed.likely();
    boolean lawful = likely.stream().anyMatch(LimiterKind::lawful);
    boolean wrong = likely.stream().anyMatch(k -> k.standing() == LimiterKind.Standing.WRONG);
    boolean hidden = likely.stream().anyMatch(k -> k.standing() == LimiterKind.Standing.HIDDEN);
    // Whom others hinder little still meets the documented limiter.
    if (kept && lawful && !wrong) {
      return Rules.Opinion.enforced(names(replayed, LimiterKind::lawful));
    }
    if (!kept && wrong && !lawful && !hidden) {
      return new Rules.Opinion(
          Word.NOT_ENFORCED, names(replayed, k -> true), ruled.reason(), ruled.certain());
    }
    if (hidden && !lawful) {
      return Rules.Opinion.unsure(because(ruled) + names(replayed, k -> true));
    }
    return Rules.Opinion.unsure(
        "%s, and by replay it is %s"
            .formatted(
                kept ? "by the rules it is a " + ruled.limiter() + " as promised" : ruled.reason(),
                names(replayed, k -> true)));
  }

  private static String because(Rules.Opinion ruled) {
    return ruled.reason().isEmpty() ? "" : ruled.reason() + "; ";
  }

  private static String nearest(Replay.Ranking replayed) {
    return "the nearest is " + replayed.best().kind().says();
  }

  private static String names(Replay.Ranking replayed, Predicate<LimiterKind> which) {
    return replayed.likely().stream()
        .filter(which)
        .map(LimiterKind::says)
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private static List<String> remarks(Replay.Ranking replayed) {
    return replayed.likely().stream()
        .filter(kind -> kind.standing() == LimiterKind.Standing.LAWFUL_WITH_REMARK)
        .findFirst()
        .map(kind -> List.of("lawful, though not the plain window of the documentation"))
        .orElse(List.of());
  }
}
