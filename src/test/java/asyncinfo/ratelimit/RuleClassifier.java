package asyncinfo.ratelimit;

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
final class RuleClassifier {
  private static final double NANOS = 1e9;

  private final ProbeStatistics reading;
  private final LimitedApi limitedApi;
  private final Collection<ProbeStatistics> everyone;
  private final int promised;

  /**
   * What one judge thinks.
   *
   * @param word the verdict in a word
   * @param limiter what it takes the limiter for; empty where it does not say
   * @param reason why, in one sentence
   * @param certain whether nothing but a wrong limiter can have brought about what was seen
   */
  record Classification(
      LimitVerdict.LimitStatus word, String limiter, String reason, boolean certain) {
    static Classification enforced(String limiter) {
      return new Classification(LimitVerdict.LimitStatus.ENFORCED, limiter, "", false);
    }

    static Classification wrong(String limiter, String reason) {
      return new Classification(LimitVerdict.LimitStatus.NOT_ENFORCED, limiter, reason, false);
    }

    static Classification certainlyWrong(String limiter, String reason) {
      return new Classification(LimitVerdict.LimitStatus.NOT_ENFORCED, limiter, reason, true);
    }

    /** Broken, or hidden by something: the other judge may know. */
    static Classification unclear(String reason) {
      return new Classification(LimitVerdict.LimitStatus.NOT_ENFORCED, "", reason, false);
    }

    static Classification unsure(String reason) {
      return new Classification(LimitVerdict.LimitStatus.INCONCLUSIVE, "", reason, false);
    }
  }

  /**
   * Rules on an API.
   *
   * @param everyone the readings of all APIs, this one among them
   */
  RuleClassifier(ProbeStatistics reading, Collection<ProbeStatistics> everyone) {
    this.reading = reading;
    this.limitedApi = reading.limitedApi();
    this.everyone = everyone;
    this.promised = limitedApi.requests();
  }

  Classification opinion() {
    return queueing()
        .or(this::noLimitFound)
        .or(this::banned)
        .or(this::shared)
        .or(this::refusedBelowLimit)
        .orElseGet(this::number);
  }

  // ---- kept waiting

  private Optional<Classification> queueing() {
    List<ProbeStatistics.ProbeCount> bursts = bursts();
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
          Classification.unsure(
              "the endpoint serves only %s per %s, so its limit cannot be reached"
                  .formatted(LimiterModel.number(rate), period())));
    }
    return Optional.of(
        Classification.certainlyWrong(
            "keeps calls waiting",
            "refuses none of %d at once, and answers them one by one at %s per %s"
                .formatted(limitedApi.burst(), LimiterModel.number(rate), period())));
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
                  : (answered.size() - 1) * NANOS * limitedApi.seconds() / took;
            })
        .average()
        .orElseThrow();
  }

  // ---- no limit at the bursts

  private Optional<Classification> noLimitFound() {
    if (!bursts().stream().allMatch(ProbeStatistics.ProbeCount::whole)) {
      return Optional.empty();
    }
    ProbeStatistics.ProbeCount wide = reading.count(ProbeId.of(Probe.WIDE));
    ProbeStatistics.ProbeCount single = reading.count(ProbeId.of(Probe.SINGLE));
    if (sharedLazily()) {
      return Optional.of(
          Classification.wrong(
              "",
              "all of %d at once get through, and soon after a burst none does"
                  .formatted(limitedApi.burst())));
    }
    if (wide.whole()) {
      if (single.throttled() > 0) {
        return Optional.of(
            Classification.certainlyWrong(
                "a limit for each connection",
                "all of %d over %d connections get through, and over one connection %d of %d"
                    .formatted(
                        wide.sent(), limitedApi.connections(), single.accepted(), single.sent())));
      }
      ProbeStatistics.ProbeCount huge = reading.count(ProbeId.of(Probe.HUGE));
      return Optional.of(
          Classification.certainlyWrong(
              huge.whole() ? LimiterModel.NONE_SEEN : "a limit above " + wide.sent(),
              "%d of %d at once get through, and %d of %d"
                  .formatted(wide.accepted(), wide.sent(), huge.accepted(), huge.sent())));
    }
    return Optional.of(
        Classification.certainlyWrong(
            "about " + LimiterModel.each(wide.accepted(), limitedApi.seconds()),
            "%d of %d at once get through, and all of %d"
                .formatted(wide.accepted(), wide.sent(), limitedApi.burst())));
  }

  /** Bursts get through whole, and a while after each everything is refused. */
  private boolean sharedLazily() {
    return IntStream.rangeClosed(1, Workload.RECOVERIES)
        .allMatch(
            j ->
                reading.count(trace(j, 0)).whole()
                    && batches(j).stream().filter(f -> f.accepted() + f.lost() == 0).count() >= 2
                    && batches(j).stream().anyMatch(f -> f.accepted() > 0));
  }

  // ---- shared budgets

  private Optional<Classification> shared() {
    int fewest = fewestAtOnce();
    boolean allLimited =
        everyone.stream().allMatch(r -> new RuleClassifier(r, everyone).isLimited());
    if (everyone.size() > 1 && allLimited) {
      int apart =
          everyone.stream().mapToInt(r -> new RuleClassifier(r, everyone).fewestAtOnce()).sum();
      int together =
          everyone.stream().mapToInt(r -> acceptedOf(r, Probe.SUSTAINED)).sum()
              / Workload.SUSTAINED_PERIODS;
      if (together <= apart - fewest / 2) {
        return Optional.of(
            Classification.wrong(
                limitedApi.limit() + " shared by all APIs",
                "each API alone lets %d through, and all at the same instant %d in all"
                    .formatted(fewest, together)));
      }
    }
    return sharedBy(CallerIdentity.SECOND_REGION, "regions")
        .or(() -> sharedBy(CallerIdentity.SECOND_ACCOUNT, "accounts"));
  }

  private Optional<Classification> sharedBy(CallerIdentity second, String all) {
    int fewest = fewestAtOnce();
    int both =
        probes(Probe.SCOPE, Workload.SCOPES)
            .filter(probe -> reading.count(probe, second).sent() > 0)
            .mapToInt(
                probe ->
                    atMost(reading.count(probe, CallerIdentity.FIRST))
                        + atMost(reading.count(probe, second)))
            .min()
            .orElse(Integer.MAX_VALUE);
    return both <= fewest + fewest / 4 && isLimited()
        ? Optional.of(
            Classification.wrong(
                limitedApi.limit() + " shared by all " + all,
                "one alone lets %d through, and two %s at the same instant %d in all"
                    .formatted(fewest, all, both)))
        : Optional.empty();
  }

  private boolean isLimited() {
    return bursts().stream().noneMatch(ProbeStatistics.ProbeCount::whole);
  }

  // ---- too few

  private Optional<Classification> banned() {
    List<ProbeStatistics.ProbeCount> bursts = bursts();
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
            ? Classification.certainlyWrong("nothing at once", "lets nothing of a burst through")
            : Classification.wrong(
                "whoever goes over the limit is barred",
                "lets %d through at once, and nothing of the bursts after that"
                    .formatted(atMost(bursts.get(first)))));
  }

  private Optional<Classification> refusedBelowLimit() {
    ProbeStatistics.ProbeCount below = reading.count(ProbeId.of(Probe.BELOW));
    ProbeStatistics.ProbeCount half = reading.count(ProbeId.of(Probe.WINDOW_EDGE, 1));
    if (below.throttled() + half.throttled() == 0 || fewestAtOnce() < promised) {
      return Optional.empty();
    }
    return Optional.of(
        Classification.wrong(
            "",
            "%d of %d calls at three quarters of the limit are refused, and %d of half a limit at once"
                .formatted(below.throttled(), below.sent(), half.throttled())));
  }

  // ---- the number

  private Classification number() {
    int fewest = fewestAtOnce();
    int refill = refill();
    if (fewest < promised) {
      return tooFew(fewest);
    }
    if (steady() && fewest <= promised + refill) {
      return bucket();
    }
    if (ramps() && fewest <= promised + refill) {
      return Classification.enforced("sliding counter");
    }
    if (fewest > promised) {
      return Classification.certainlyWrong(
          LimiterModel.each(fewest, limitedApi.seconds()),
          "%s of %d at once get through".formatted(listOf(bursts()), limitedApi.burst()));
    }
    return manner();
  }

  private Classification tooFew(int fewest) {
    List<ProbeId> more =
        isolated().filter(probe -> reading.count(probe).accepted() > fewest).toList();
    // An edge that falls into a burst seldom adds just what is missing; others leave it often.
    boolean sometimesRight =
        more.stream().map(reading::count).anyMatch(b -> b.accepted() <= promised);
    if ((!oneEdgeFallsInto(more) || sometimesRight) && !steady()) {
      return Classification.unclear(
          "the number that gets through changes, %s of %d at once"
              .formatted(listOf(isolated().map(reading::count).toList()), limitedApi.burst()));
    }
    return Classification.wrong(
        steady() ? "a bucket of " + fewest : LimiterModel.each(fewest, limitedApi.seconds()),
        "%s of %d at once get through".formatted(listOf(bursts()), limitedApi.burst()));
  }

  /** Whether capacity comes back little by little, all the time, and at once after a burst. */
  private boolean steady() {
    int batch = limitedApi.batch();
    return batch >= 3
        && IntStream.rangeClosed(1, Workload.RECOVERIES)
            .allMatch(
                j ->
                    batches(j).stream()
                        .allMatch(
                            f ->
                                f.accepted() < batch
                                    && 8 * (f.accepted() + f.lost()) >= 3 * batch));
  }

  private Classification bucket() {
    // From the burst to the last feeler.
    double periods = 0.22 + 0.25 * (Workload.RECOVERY_BATCHES - 1);
    double rate = comesBack() / (Workload.RECOVERIES * periods);
    if (Math.abs(rate - promised) > 0.1 * promised) {
      return Classification.wrong(
          "%s per %s (token bucket)".formatted(LimiterModel.number(rate), period()),
          "after a burst %s come back in each %s".formatted(LimiterModel.number(rate), period()));
    }
    return Classification.enforced("token bucket");
  }

  private Classification manner() {
    boolean nothing =
        IntStream.rangeClosed(1, Workload.RECOVERIES)
            .allMatch(j -> batches(j).stream().allMatch(f -> f.accepted() == 0));
    if (nothing) {
      return Classification.enforced("refused calls count");
    }
    for (int j = 1; j <= Workload.RECOVERIES; j++) {
      List<ProbeStatistics.ProbeCount> batches = batches(j);
      int least = batches.stream().mapToInt(ProbeStatistics.ProbeCount::accepted).sum();
      int most = batches.stream().mapToInt(RuleClassifier::atMost).sum();
      // Whatever its phase, one or two periods begin while the feelers go out.
      if (most < promised - 1 && false) {
        return Classification.wrong(
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
                IntStream.rangeClosed(1, Workload.RECOVERIES).allMatch(this::comesBackAfterAPeriod)
                    ? Classification.enforced("sliding log or a window opened by the first request")
                    : Classification.enforced("fixed window"));
  }

  /** How many get through after the bursts of all traces. */
  private int comesBack() {
    return IntStream.rangeClosed(1, Workload.RECOVERIES)
        .flatMap(j -> batches(j).stream().mapToInt(ProbeStatistics.ProbeCount::accepted))
        .sum();
  }

  /** Whether capacity comes back little by little from a moment on, as fast as promised. */
  private boolean ramps() {
    int batch = limitedApi.batch();
    return IntStream.rangeClosed(1, Workload.RECOVERIES)
        .anyMatch(
            j ->
                batches(j).stream().allMatch(f -> f.accepted() < batch)
                    && batches(j).stream().filter(f -> f.accepted() > 0).count() >= 4);
  }

  private boolean comesBackAfterAPeriod(int j) {
    int first = comesBackAt(j);
    return first == 3 || first == 4;
  }

  /** Which feeler of a trace is the first that gets through. */
  private int comesBackAt(int j) {
    List<ProbeStatistics.ProbeCount> batches = batches(j);
    int first = 0;
    while (first < batches.size() && batches.get(first).accepted() == 0) {
      first++;
    }
    return first;
  }

  /** Whether capacity comes back in drops, and not as fast as promised. */
  private Optional<Classification> trickles() {
    boolean drops =
        IntStream.rangeClosed(1, Workload.RECOVERIES)
            .allMatch(
                j ->
                    batches(j).stream()
                            .filter(f -> f.accepted() > 0 && f.accepted() < limitedApi.batch())
                            .count()
                        > Workload.RECOVERY_BATCHES / 2);
    return drops
        ? Optional.of(
            Classification.wrong(
                "",
                "%d come back little by little after %d bursts"
                    .formatted(comesBack(), Workload.RECOVERIES)))
        : Optional.empty();
  }

  /** What came back at an edge that a clock set has to come back a period later. */
  private Optional<Classification> stopsComingBack() {
    for (int j = 1; j <= Workload.RECOVERIES; j++) {
      int first = comesBackAt(j);
      if (false) {
        return Optional.of(
            Classification.wrong(
                "", "what comes back after a burst does not come back a period later"));
      }
    }
    return Optional.empty();
  }

  private Optional<Classification> hammered() {
    List<ProbeStatistics.ProbeCount> quarters =
        probes(Probe.SUSTAINED, Workload.SUSTAINED_PERIODS)
            .filter(reading::has)
            .map(reading::count)
            .toList();
    int least = quarters.stream().mapToInt(ProbeStatistics.ProbeCount::accepted).sum();
    int most = quarters.stream().mapToInt(RuleClassifier::atMost).sum();
    int periods = Workload.SUSTAINED_PERIODS;
    if (quarters.isEmpty()
        || (most >= (periods - 1) * promised && least <= (periods + 1) * promised)) {
      return Optional.empty();
    }
    return Optional.of(
        Classification.wrong(
            "",
            "%d get through in %d periods of twice the limit, between %d and %d are promised"
                .formatted(least, periods, (periods - 1) * promised, (periods + 1) * promised)));
  }

  // ---- counts

  /** What may have got through: where a reply was lost, the call may have been accepted. */
  private static int atMost(ProbeStatistics.ProbeCount count) {
    return count.accepted() + count.lost();
  }

  /**
   * The fewest that got through a burst. An edge of a window that falls into a burst lets more
   * through, and never fewer.
   */
  private int fewestAtOnce() {
    return bursts().stream().mapToInt(RuleClassifier::atMost).min().orElseThrow();
  }

  /** How many a limiter that refills all the time lets through on top while a burst arrives. */
  private int refill() {
    long least = burstProbes().mapToLong(reading::spread).min().orElse(0);
    return (int) Math.ceil(promised * least / NANOS / limitedApi.seconds());
  }

  /** Whether one edge of a window, wherever it lies, can fall into each of these bursts. */
  private boolean oneEdgeFallsInto(List<ProbeId> probes) {
    long period = Math.round(limitedApi.seconds() * NANOS);
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

  private long firstSent(ProbeId probe) {
    return reading.of(probe).stream().mapToLong(Sample::sent).min().orElse(0);
  }

  private List<ProbeStatistics.ProbeCount> bursts() {
    return burstProbes().map(reading::count).toList();
  }

  private Stream<ProbeId> burstProbes() {
    return probes(Probe.BURST, Workload.BURSTS);
  }

  /** The bursts before which it was quiet for two periods. */
  private Stream<ProbeId> isolated() {
    return Stream.concat(burstProbes(), Stream.of(trace(1, 0)));
  }

  private List<ProbeStatistics.ProbeCount> batches(int trace) {
    return IntStream.rangeClosed(1, Workload.RECOVERY_BATCHES)
        .mapToObj(k -> reading.count(trace(trace, k)))
        .toList();
  }

  private static ProbeId trace(int round, int step) {
    return new ProbeId(Probe.RECOVERY, round, step);
  }

  private static ProbeId repeat(int round, int step) {
    return new ProbeId(Probe.REPEAT, round, step);
  }

  private static Stream<ProbeId> probes(Probe kind, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> ProbeId.of(kind, i));
  }

  private static int acceptedOf(ProbeStatistics statistics, Probe kind) {
    return (int)
        statistics.own().stream()
            .filter(s -> s.belongsTo(kind) && s.outcome() != CallOutcome.THROTTLED)
            .count();
  }

  private static String listOf(List<ProbeStatistics.ProbeCount> counts) {
    return counts.stream().map(c -> "" + c.accepted()).collect(Collectors.joining("/"));
  }

  private String period() {
    return LimiterModel.period(limitedApi.seconds());
  }

  /** The numbers that decide, a line for each group of probes. */
  List<String> numbers() {
    List<String> lines = new ArrayList<>();
    ProbeStatistics.ProbeCount below = reading.count(ProbeId.of(Probe.BELOW));
    lines.add(
        "%d of %d accepted at three quarters of the limit"
            .formatted(below.accepted(), below.sent()));
    lines.add("%s of %d accepted at once".formatted(listOf(bursts()), limitedApi.burst()));
    for (Probe kind : List.of(Probe.WIDE, Probe.SINGLE, Probe.HUGE)) {
      ProbeId probe = ProbeId.of(kind);
      if (reading.has(probe)) {
        ProbeStatistics.ProbeCount count = reading.count(probe);
        lines.add("%d of %d accepted: %s".formatted(count.accepted(), count.sent(), probe));
      }
    }
    for (int i = 1; i <= Workload.REPEATS && reading.has(repeat(i, 0)); i++) {
      ProbeStatistics.ProbeCount first = reading.count(repeat(i, 0));
      ProbeStatistics.ProbeCount later = reading.count(repeat(i, 1));
      lines.add(
          "%d of %d accepted at once, and %d of %d a while later"
              .formatted(first.accepted(), first.sent(), later.accepted(), later.sent()));
    }
    for (int j = 1; j <= Workload.RECOVERIES; j++) {
      lines.add(
          "after a burst, of %d each quarter of a period: %s"
              .formatted(limitedApi.batch(), listOf(batches(j)).replace('/', ' ')));
    }
    lines.add(
        "half, whole, whole: "
            + listOf(probes(Probe.WINDOW_EDGE, 3).map(reading::count).toList()).replace('/', ' '));
    if (everyone.size() > 1) {
      lines.add(
          "in %d periods of twice the limit at all APIs: ".formatted(Workload.SUSTAINED_PERIODS)
              + everyone.stream()
                  .sorted(Comparator.comparing(r -> r.limitedApi().api()))
                  .map(r -> r.limitedApi().api() + " " + acceptedOf(r, Probe.SUSTAINED))
                  .collect(Collectors.joining(", ")));
    }
    return lines;
  }
}
