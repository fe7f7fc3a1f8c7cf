package asyncinfo.ratelimit;

import asyncinfo.ratelimit.LimitVerdict.LimitStatus;
import asyncinfo.ratelimit.LimiterModel.Compliance;
import asyncinfo.ratelimit.SimulatedRun.Network;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The verdicts on each known limiter in simulated time: how often each is right. */
public final class ConfusionMatrix {
  private static final List<LimitedApi> APIS =
      List.of(
          new LimitedApi("one", 20, 1, false, false), new LimitedApi("other", 20, 1, false, false));

  private final Workload workload;
  private final int seeds;

  /**
   * A limiter behind a network.
   *
   * @param name the name of the limiter, and of what differs on the way
   */
  record Subject(String name, LimiterModel model, Network network) {
    /** Returns the only verdict that is right; INCONCLUSIVE is never wrong. */
    LimitStatus right() {
      return model.compliant() ? LimitStatus.ENFORCED : LimitStatus.NOT_ENFORCED;
    }

    /** Returns whether no client can decide, or the limiter shows itself in few windows only. */
    boolean undecidable() {
      return model.compliance() == Compliance.OBSCURED || SELDOM.contains(model.name());
    }

    boolean isWrong(LimitVerdict verdict) {
      return switch (verdict.status()) {
        case INCONCLUSIVE -> false;
        case ENFORCED -> right() != LimitStatus.ENFORCED && !undecidable();
        // What is obscured must not be blamed.
        case NOT_ENFORCED ->
            right() != LimitStatus.NOT_ENFORCED || model.compliance() == Compliance.OBSCURED;
      };
    }
  }

  /**
   * Limiters that show themselves in fewer than one overloaded window of five, or keep the limit in
   * the windows of some clock in most runs.
   */
  private static final List<String> SELDOM =
      List.of("leak-2-each-6th", "leak-seldom", "wandering-window");

  /**
   * The verdicts on a limiter.
   *
   * @param subject the limiter that the endpoint had
   * @param verdicts one for each seed
   */
  record Row(Subject subject, List<LimitVerdict> verdicts) {
    long count(LimitStatus status) {
      return verdicts.stream().filter(v -> v.status() == status).count();
    }

    long wrong() {
      return verdicts.stream().filter(subject::isWrong).count();
    }

    double windows() {
      return verdicts.stream().mapToInt(LimitVerdict::windows).average().orElse(0);
    }
  }

  /** The scopes that one account in one region cannot meet, with APIs of different products. */
  private static final Set<Scope> UNSEEN =
      EnumSet.of(Scope.ALL_ACTIONS, Scope.ALL_REGIONS, Scope.ALL_ACCOUNTS);

  ConfusionMatrix(Workload workload, int seeds) {
    this.workload = workload;
    this.seeds = seeds;
  }

  /** Returns all limiters that one account in one region can meet, each behind its network. */
  static List<Subject> subjects(double jitter) {
    Network measured = Network.measured(jitter);
    LimiterModel documented = LimiterModel.documented(20, 1);
    List<Subject> subjects = new ArrayList<>();
    LimiterModel.all(20, 1).stream()
        .filter(m -> !UNSEEN.contains(m.scope()))
        .forEach(m -> subjects.add(new Subject(m.name(), m, measured)));
    for (LimiterModel model :
        List.of(documented, LimiterModel.named("fixed-1-more", 20, 1).orElseThrow())) {
      subjects.add(
          new Subject(model.name() + ", responses reordered", model, measured.withReordering(60)));
      subjects.add(new Subject(model.name() + ", HTTP/2", model, measured.overOneConnection()));
      subjects.add(new Subject(model.name() + ", 0.5 % are 502", model, measured.withOdd(0.005)));
      subjects.add(
          new Subject(
              model.name() + ", refuses by 429",
              model,
              measured.withRefusals(CallOutcome.OTHER, "HTTP status 429")));
      subjects.add(
          new Subject(
              model.name() + ", refuses by reset",
              model,
              measured.withRefusals(CallOutcome.LOST, "connection reset")));
    }
    return subjects;
  }

  Row row(Subject subject) {
    return new Row(
        subject,
        IntStream.range(0, seeds)
            .mapToObj(
                seed ->
                    LimitClassifier.judge(
                        workload,
                        SimulatedRun.of(workload, subject.model(), seed, subject.network())))
            .toList());
  }

  /**
   * Prints the matrix.
   *
   * @param seeds the number of trials of each limiter
   * @param workload {@code standard} or {@code extended}
   * @param jitter the factor of the measured jitter
   * @param omitted the name of a probe to leave out; empty for none
   * @param part a part of the names of the limiters to print
   * @throws IllegalArgumentException if there is no such workload or probe
   */
  public static void run(int seeds, String workload, double jitter, String omitted, String part) {
    Workload all =
        new Workload(Workload.WorkloadSize.valueOf(workload.toUpperCase(Locale.ROOT)), APIS);
    Optional<Probe> probe = Probe.named(omitted);
    if (!omitted.isEmpty() && probe.isEmpty()) {
      throw new IllegalArgumentException("there is no probe \"" + omitted + "\"");
    }
    new ConfusionMatrix(probe.map(all::without).orElse(all), seeds)
        .print(subjects(jitter).stream().filter(s -> s.name().contains(part)));
  }

  private void print(Stream<Subject> subjects) {
    System.out.printf(
        "%-36s %-10s %8s %12s %12s %5s %7s  %s%n",
        "limiter",
        "compliance",
        "ENFORCED",
        "NOT ENFORCED",
        "INCONCLUSIVE",
        "wrong",
        "windows",
        "verdicts");
    List<Row> rows =
        subjects
            .map(
                subject -> {
                  Row row = row(subject);
                  print(row);
                  return row;
                })
            .toList();
    long trials = (long) rows.size() * seeds;
    List<Row> decidable = rows.stream().filter(r -> !r.subject().undecidable()).toList();
    System.out.printf(
        Locale.ROOT,
        "%d limiters, %d trials: wrong %d; INCONCLUSIVE %.2f %% of the %d limiters that can be"
            + " decided; %.0f overloaded windows of the documented one counted exactly%n",
        rows.size(),
        trials,
        rows.stream().mapToLong(Row::wrong).sum(),
        100.0
            * decidable.stream().mapToLong(r -> r.count(LimitStatus.INCONCLUSIVE)).sum()
            / Math.max(1, decidable.size() * (long) seeds),
        decidable.size(),
        rows.isEmpty() ? 0 : rows.get(0).windows());
  }

  private static void print(Row row) {
    Map<String, Long> texts =
        row.verdicts().stream()
            .collect(
                Collectors.groupingBy(
                    v ->
                        v.status() == LimitStatus.INCONCLUSIVE
                            ? "INCONCLUSIVE " + v.reason()
                            : v.limiter().isEmpty() ? v.reason() : v.limiter(),
                    TreeMap::new,
                    Collectors.counting()));
    System.out.printf(
        Locale.ROOT,
        "%-36s %-10s %8d %12d %12d %5d %7.1f  %s%n",
        row.subject().name(),
        switch (row.subject().model().compliance()) {
          case COMPLIANT -> "yes";
          case COMPLIANT_WITH_REMARK -> "remark";
          case WRONG -> "no";
          case OBSCURED -> "obscured";
        },
        row.count(LimitStatus.ENFORCED),
        row.count(LimitStatus.NOT_ENFORCED),
        row.count(LimitStatus.INCONCLUSIVE),
        row.wrong(),
        row.windows(),
        texts.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(3)
            .map(e -> e.getValue() + "x " + e.getKey())
            .collect(Collectors.joining(" | ")));
  }
}
