package asyncinfo.limit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The first judge: rules that a reader can follow with the counts of the probes in hand. It knows
 * nothing of the replay.
 */
final class Rules {
  private static final double NANOS = 1e9;

  private final Reading reading;
  private final Party party;
  private final Collection<Reading> everyone;
  private final int promised;

  /**
   * What one judge thinks.
   *
   * @param word the verdict in a word
   * @param limiter what it takes the limiter for; empty where it does not say
   * @param reason why, in one sentence
   * @param certain whether nothing but a wrong limiter can have brought about what was seen
   */
  record Opinion(LimitVerdict.Word word, String limiter, String reason, boolean certain) {
    static Opinion enforced(String limiter) {
      return new Opinion(LimitVerdict.Word.ENFORCED, limiter, "", false);
    }

    static Opinion wrong(String limiter, String reason) {
      return new Opinion(LimitVerdict.Word.NOT_ENFORCED, limiter, reason, false);
    }

    static Opinion certainlyWrong(String limiter, String reason) {
      return new Opinion(LimitVerdict.Word.NOT_ENFORCED, limiter, reason, true);
    }

    /** Broken, or hidden by something: the other judge may know. */
    static Opinion unclear(String reason) {
      return new Opinion(LimitVerdict.Word.NOT_ENFORCED, "", reason, false);
    }

    static Opinion unsure(String reason) {
      return new Opinion(LimitVerdict.Word.UNSURE, "", reason, false);
    }
  }

  /**
   * Rules on an API.
   *
   * @param everyone the readings of all APIs, this one among them
   */
  Rules(Reading reading, Collection<Reading> everyone) {
    this.reading = reading;
    this.party = reading.party();
    this.everyone = everyone;
    this.promised = party.requests();
  }

  Opinion opinion() {
    return keptWaiting()
        .or(this::noneRefusedAtOnce)
        .or(this::barred)
        .or(this::shared)
        .or(this::refusedBelow)
        .orElseGet(this::number);
  }

  // ---- kept waiting

  private Optional<Opinion> keptWaiting() {
    List<Reading.Count> bursts = bursts();
    boolean wait =
        bursts.stream().allMatch(b -> b.whole() && b.slow() >= Math.max(1, promised / 4));
    if (!wait) {
      return Optional.empty();
    }
    double rate = servedPerPeriod();
    if (rate > 1.15 * promised) {
      return Optional.empty();
    }
    if (rate < 0.85 * promised) {
      return Optional.of(
          Opinion.unsure(
              "the endpoint serves only %s per %s, so its limit cannot be reached"
                  .formatted(LimiterKind.number(rate), period())));
    }
    return Optional.of(
        Opinion.certainlyWrong(
            "keeps calls waiting",
            "refuses none of %d at once, and answers them one by one at %s per %s"
                .formatted(party.burst(), LimiterKind.number(rate), period())));
  }

  /** At which rate the calls of a burst are answered that have to wait. */
  private double servedPerPeriod() {
    return burstProbes()
        .mapToDouble(
            probe -> {
              List<Long> answered =
                  reading.of(probe).stream()
                      .filter(s -> s.latency() > reading.longWait())
                      .map(Sample::received)
                      .sorted()
                      .toList();
              long took = answered.get(answered.size() - 1) - answered.get(0);
              return took == 0
                  ? Double.MAX_VALUE
                  : (answered.size() - 1) * NANOS * party.seconds() / took;
            })
        .average()
        .orElseThrow();
  }

  // ---- no limit at the bursts

  private Optional<Opinion> noneRefusedAtOnce() {
    if (!bursts().stream().allMatch(Reading.Count::whole)) {
      return Optional.empty();
    }
    Reading.Count wide = reading.count(Protocol.WIDE);
    Reading.Count single = reading.count(Protocol.SINGLE);
    if (sharedLazily()) {
      return Optional.of(
          Opinion.wrong(
              "",
              "all of %d at once get through, and soon after a burst none does"
                  .formatted(party.burst())));
    }
    if (wide.whole()) {
      if (single.throttled() > 0) {
        return Optional.of(
            Opinion.certainlyWrong(
                "a limit for each connection",
                "all of %d over %d connections get through, and over one connection %d of %d"
                    .formatted(
                        wide.sent(), party.connections(), single.accepted(), single.sent())));
      }
      Reading.Count huge = reading.count(Protocol.HUGE);
      return Optional.of(
          Opinion.certainlyWrong(
              huge.whole() ? LimiterKind.NONE_SEEN : "a limit above " + wide.sent(),
              "%d of %d at once get through, and %d of %d"
                  .formatted(wide.accepted(), wide.sent(), huge.accepted(), huge.sent())));
    }
    return Optional.of(
        Opinion.certainlyWrong(
            "about " + LimiterKind.each(wide.accepted(), party.seconds()),
            "%d of %d at once get through, and all of %d"
                .formatted(wide.accepted(), wide.sent(), party.burst())));
  }

  /** Bursts get through whole, and a while after each everything is refused. */
  private boolean sharedLazily() {
    return IntStream.rangeClosed(1, Protocol.TRACES)
        .allMatch(
            j ->
                reading.count(trace(j, 0)).whole()
                    && feelers(j).stream().filter(f -> f.accepted() + f.lost() == 0).count() >= 2
                    && feelers(j).stream().anyMatch(f -> f.accepted() > 0));
  }

  // ---- shared budgets

  private Optional<Opinion> shared() {
    int fewest = fewestAtOnce();
    boolean allLimited = everyone.stream().allMatch(r -> new Rules(r, everyone).isLimited());
    if (everyone.size() > 1 && allLimited) {
      int apart = everyone.stream().mapToInt(r -> new Rules(r, everyone).fewestAtOnce()).sum();
      int together =
          probes(Protocol.TOGETHER, Protocol.TOGETHERS)
              .mapToInt(probe -> everyone.stream().mapToInt(r -> atMost(r.count(probe))).sum())
              .min()
              .orElseThrow();
      if (together <= apart - fewest / 2) {
        return Optional.of(
            Opinion.wrong(
                party.limit() + " shared by all APIs",
                "each API alone lets %d through, and all at the same instant %d in all"
                    .formatted(fewest, together)));
      }
    }
    return sharedBy(Origin.SECOND_REGION, "regions")
        .or(() -> sharedBy(Origin.SECOND_ACCOUNT, "accounts"));
  }

  private Optional<Opinion> sharedBy(Origin second, String all) {
    int fewest = fewestAtOnce();
    int both =
        probes(Protocol.SCOPE, Protocol.SCOPES)
            .filter(probe -> reading.count(probe, second).sent() > 0)
            .mapToInt(
                probe ->
                    atMost(reading.count(probe, Origin.FIRST))
                        + atMost(reading.count(probe, second)))
            .min()
            .orElse(Integer.MAX_VALUE);
    return both <= fewest + fewest / 4 && isLimited()
        ? Optional.of(
            Opinion.wrong(
                party.limit() + " shared by all " + all,
                "one alone lets %d through, and two %s at the same instant %d in all"
                    .formatted(fewest, all, both)))
        : Optional.empty();
  }

  private boolean isLimited() {
    return bursts().stream().noneMatch(Reading.Count::whole);
  }

  // ---- too few

  private Optional<Opinion> barred() {
    List<Reading.Count> bursts = bursts();
    int first = 0;
    while (bursts.get(first).whole()) {
      first++;
    }
    if (first == bursts.size() - 1
        || bursts.stream().skip(first + 1).anyMatch(b -> atMost(b) > 0)) {
      return Optional.empty();
    }
    return Optional.of(
        atMost(bursts.get(first)) == 0
            ? Opinion.certainlyWrong("nothing at once", "lets nothing of a burst through")
            : Opinion.wrong(
                "whoever goes over the limit is barred",
                "lets %d through at once, and nothing of the bursts after that"
                    .formatted(atMost(bursts.get(first)))));
  }

  private Optional<Opinion> refusedBelow() {
    Reading.Count below = reading.count(Protocol.BELOW);
    Reading.Count half = reading.count(Protocol.HALVES + " 1");
    if (below.throttled() + half.throttled() == 0 || fewestAtOnce() < promised) {
      return Optional.empty();
    }
    return Optional.of(
        Opinion.wrong(
            "",
            "%d of %d calls at three quarters of the limit are refused, and %d of half a limit at once"
                .formatted(below.throttled(), below.sent(), half.throttled())));
  }

  // ---- the number

  private Opinion number() {
    int fewest = fewestAtOnce();
    int refill = refill();
    if (fewest < promised) {
      return tooFew(fewest);
    }
    if (steady() && fewest <= promised + refill) {
      return bucket();
    }
    if (ramps() && fewest <= promised + refill) {
      return Opinion.enforced("sliding counter");
    }
    if (fewest > promised) {
      return Opinion.certainlyWrong(
          LimiterKind.each(fewest, party.seconds()),
          "%s of %d at once get through".formatted(listOf(bursts()), party.burst()));
    }
    return manner();
  }

  private Opinion tooFew(int fewest) {
    List<String> more =
        isolated().filter(probe -> reading.count(probe).accepted() > fewest).toList();
    // An edge that falls into a burst seldom adds just what is missing; others leave it often.
    boolean sometimesRight =
        more.stream().map(reading::count).anyMatch(b -> b.accepted() <= promised);
    if ((!oneEdgeFallsInto(more) || sometimesRight) && !steady()) {
      return Opinion.unclear(
          "the number that gets through changes, %s of %d at once"
              .formatted(listOf(isolated().map(reading::count).toList()), party.burst()));
    }
    return Opinion.wrong(
        steady() ? "a bucket of " + fewest : LimiterKind.each(fewest, party.seconds()),
        "%s of %d at once get through".formatted(listOf(bursts()), party.burst()));
  }

  /** Whether capacity comes back little by little, all the time, and at once after a burst. */
  private boolean steady() {
    int feeler = party.feeler();
    return feeler >= 3
        && IntStream.rangeClosed(1, Protocol.TRACES)
            .allMatch(
                j ->
                    feelers(j).stream()
                        .allMatch(
                            f ->
                                f.accepted() < feeler
                                    && 8 * (f.accepted() + f.lost()) >= 3 * feeler));
  }

  private Opinion bucket() {
    // From the burst to the last feeler.
    double periods = 0.22 + 0.25 * (Protocol.FEELERS - 1);
    double rate = comesBack() / (Protocol.TRACES * periods);
    if (Math.abs(rate - promised) > 0.1 * promised) {
      return Opinion.wrong(
          "%s per %s (token bucket)".formatted(LimiterKind.number(rate), period()),
          "after a burst %s come back in each %s".formatted(LimiterKind.number(rate), period()));
    }
    return Opinion.enforced("token bucket");
  }

  private Opinion manner() {
    boolean nothing =
        IntStream.rangeClosed(1, Protocol.TRACES)
            .allMatch(j -> feelers(j).stream().allMatch(f -> f.accepted() == 0));
    if (nothing) {
      return Opinion.enforced("refused calls count");
    }
    for (int j = 1; j <= Protocol.TRACES; j++) {
      List<Reading.Count> feelers = feelers(j);
      int least = feelers.stream().mapToInt(Reading.Count::accepted).sum();
      int most = feelers.stream().mapToInt(Rules::atMost).sum();
      // Whatever its phase, one or two periods begin while the feelers go out.
      if (most < promised - 1 || least > 2 * promised + 1) {
        return Opinion.wrong(
            "",
            "%d come back within two periods of a burst, between %d and %d are promised"
                .formatted(least, promised, 2 * promised));
      }
    }
    return trickles()
        .or(this::stopsComingBack)
        .or(this::hammered)
        .orElseGet(
            () ->
                IntStream.rangeClosed(1, Protocol.TRACES).allMatch(this::comesBackAfterAPeriod)
                    ? Opinion.enforced("sliding log or a window opened by the first request")
                    : Opinion.enforced("fixed window"));
  }

  /** How many get through after the bursts of all traces. */
  private int comesBack() {
    return IntStream.rangeClosed(1, Protocol.TRACES)
        .flatMap(j -> feelers(j).stream().mapToInt(Reading.Count::accepted))
        .sum();
  }

  /** Whether capacity comes back little by little from a moment on, as fast as promised. */
  private boolean ramps() {
    int feeler = party.feeler();
    return 4 * comesBack() >= 9 * promised
        && IntStream.rangeClosed(1, Protocol.TRACES)
            .anyMatch(
                j ->
                    feelers(j).stream().allMatch(f -> f.accepted() < feeler)
                        && feelers(j).stream().filter(f -> f.accepted() > 0).count() >= 4);
  }

  private boolean comesBackAfterAPeriod(int j) {
    int first = comesBackAt(j);
    return first == 3 || first == 4;
  }

  /** Which feeler of a trace is the first that gets through. */
  private int comesBackAt(int j) {
    List<Reading.Count> feelers = feelers(j);
    int first = 0;
    while (first < feelers.size() && feelers.get(first).accepted() == 0) {
      first++;
    }
    return first;
  }

  /** Whether capacity comes back in drops, and not as fast as promised. */
  private Optional<Opinion> trickles() {
    boolean drops =
        IntStream.rangeClosed(1, Protocol.TRACES)
            .allMatch(
                j ->
                    feelers(j).stream()
                            .filter(f -> f.accepted() > 0 && f.accepted() < party.feeler())
                            .count()
                        > Protocol.FEELERS / 2);
    return drops
        ? Optional.of(
            Opinion.wrong(
                "",
                "%d come back little by little after %d bursts"
                    .formatted(comesBack(), Protocol.TRACES)))
        : Optional.empty();
  }

  /** What came back at an edge that a clock set has to come back a period later. */
  private Optional<Opinion> stopsComingBack() {
    for (int j = 1; j <= Protocol.TRACES; j++) {
      int first = comesBackAt(j);
      if (first <= 2
          && atMost(feelers(j).get(first + 4)) + atMost(feelers(j).get(first + 5)) == 0) {
        return Optional.of(
            Opinion.wrong("", "what comes back after a burst does not come back a period later"));
      }
    }
    return Optional.empty();
  }

  private Optional<Opinion> hammered() {
    List<Reading.Count> quarters =
        probes(Protocol.HAMMER, Protocol.QUARTERS)
            .filter(reading::has)
            .map(reading::count)
            .toList();
    int least = quarters.stream().mapToInt(Reading.Count::accepted).sum();
    int most = quarters.stream().mapToInt(Rules::atMost).sum();
    int periods = Protocol.QUARTERS / 4;
    if (quarters.isEmpty()
        || (most >= (periods - 1) * promised && least <= (periods + 1) * promised)) {
      return Optional.empty();
    }
    return Optional.of(
        Opinion.wrong(
            "",
            "%d get through in %d periods of twice the limit, between %d and %d are promised"
                .formatted(least, periods, (periods - 1) * promised, (periods + 1) * promised)));
  }

  // ---- counts

  /** What may have got through: where a reply was lost, the call may have been accepted. */
  private static int atMost(Reading.Count count) {
    return count.accepted() + count.lost();
  }

  /**
   * The fewest that got through a burst. An edge of a window that falls into a burst lets more
   * through, and never fewer.
   */
  private int fewestAtOnce() {
    return bursts().stream().mapToInt(Rules::atMost).min().orElseThrow();
  }

  /** How many a limiter that refills all the time lets through on top while a burst arrives. */
  private int refill() {
    long least = burstProbes().mapToLong(reading::spread).min().orElse(0);
    return (int) Math.ceil(promised * least / NANOS / party.seconds());
  }

  /** Whether one edge of a window, wherever it lies, can fall into each of these bursts. */
  private boolean oneEdgeFallsInto(List<String> probes) {
    long period = Math.round(party.seconds() * NANOS);
    return probes.isEmpty()
        || probes.stream()
            .map(this::firstSent)
            .anyMatch(
                edge ->
                    probes.stream()
                        .allMatch(
                            probe ->
                                Math.floorMod(edge - firstSent(probe), period)
                                    <= reading.spread(probe)));
  }

  private long firstSent(String probe) {
    return reading.of(probe).stream().mapToLong(Sample::sent).min().orElse(0);
  }

  private List<Reading.Count> bursts() {
    return burstProbes().map(reading::count).toList();
  }

  private Stream<String> burstProbes() {
    return probes(Protocol.BURST, Protocol.BURSTS);
  }

  /** The bursts before which it was quiet for two periods. */
  private Stream<String> isolated() {
    return Stream.concat(burstProbes(), Stream.of(trace(1, 0)));
  }

  private List<Reading.Count> feelers(int trace) {
    return IntStream.rangeClosed(1, Protocol.FEELERS)
        .mapToObj(k -> reading.count(trace(trace, k)))
        .toList();
  }

  private static String trace(int trace, int step) {
    return Protocol.TRACE + " " + trace + "." + step;
  }

  private static String repeat(int number, int step) {
    return Protocol.REPEAT + " " + number + "." + step;
  }

  private static Stream<String> probes(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + " " + i);
  }

  private static String listOf(List<Reading.Count> counts) {
    return counts.stream().map(c -> "" + c.accepted()).collect(Collectors.joining("/"));
  }

  private String period() {
    return LimiterKind.period(party.seconds());
  }

  /** The numbers that decide, a line for each group of probes. */
  List<String> numbers() {
    List<String> lines = new ArrayList<>();
    Reading.Count below = reading.count(Protocol.BELOW);
    lines.add(
        "%d of %d accepted at three quarters of the limit"
            .formatted(below.accepted(), below.sent()));
    lines.add("%s of %d accepted at once".formatted(listOf(bursts()), party.burst()));
    for (String probe : List.of(Protocol.WIDE, Protocol.SINGLE, Protocol.HUGE)) {
      if (reading.has(probe)) {
        Reading.Count count = reading.count(probe);
        lines.add("%d of %d accepted: %s".formatted(count.accepted(), count.sent(), probe));
      }
    }
    for (int i = 1; i <= Protocol.REPEATS && reading.has(repeat(i, 0)); i++) {
      Reading.Count first = reading.count(repeat(i, 0));
      Reading.Count later = reading.count(repeat(i, 1));
      lines.add(
          "%d of %d accepted at once, and %d of %d a while later"
              .formatted(first.accepted(), first.sent(), later.accepted(), later.sent()));
    }
    for (int j = 1; j <= Protocol.TRACES; j++) {
      lines.add(
          "after a burst, of %d each quarter of a period: %s"
              .formatted(party.feeler(), listOf(feelers(j)).replace('/', ' ')));
    }
    lines.add(
        "half, whole, whole: "
            + listOf(probes(Protocol.HALVES, 3).map(reading::count).toList()).replace('/', ' '));
    if (everyone.size() > 1) {
      lines.add(
          "all APIs at the same instant: "
              + probes(Protocol.TOGETHER, Protocol.TOGETHERS)
                  .map(
                      probe ->
                          everyone.stream()
                              .sorted(Comparator.comparing(r -> r.party().api()))
                              .map(r -> r.party().api() + " " + r.count(probe).accepted())
                              .collect(Collectors.joining(", ")))
                  .collect(Collectors.joining("; ")));
    }
    return lines;
  }
}
