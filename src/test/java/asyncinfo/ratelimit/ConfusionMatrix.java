package asyncinfo.ratelimit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How often the judge is right, in simulated time, about each kind of limiter. */
public final class ConfusionMatrix {
  private static final List<LimitedApi> PARTIES =
      List.of(
          new LimitedApi("one", 20, 1, false, false), new LimitedApi("other", 20, 1, false, false));

  private final Workload protocol;
  private final int seeds;
  private final double noise;

  /**
   * What became of the trials of a kind.
   *
   * @param kind the kind that the endpoint had
   * @param verdicts what the judge said of each
   */
  record Row(LimiterModel kind, List<LimitVerdict> verdicts) {
    long count(LimitVerdict.LimitStatus word) {
      return verdicts.stream().filter(v -> v.status() == word).count();
    }

    /** Verdicts with a wrong word, or with the name of another limiter. */
    long wrong() {
      return verdicts.stream().filter(this::isWrong).count();
    }

    /** What is hidden must not be called wrong; and it is right to see through it. */
    private boolean isWrong(LimitVerdict verdict) {
      if (kind.compliance() == LimiterModel.Compliance.OBSCURED) {
        return verdict.status() == LimitVerdict.LimitStatus.NOT_ENFORCED;
      }
      return verdict.status() != LimitVerdict.LimitStatus.INCONCLUSIVE
          && (verdict.enforced() != kind.compliant() || !named(verdict));
    }

    private boolean named(LimitVerdict verdict) {
      return (" or " + verdict.limiter() + " or ").contains(" or " + kind.description() + " or ");
    }
  }

  ConfusionMatrix(Workload.WorkloadSize size, int seeds, double noise) {
    this.protocol = new Workload(size, PARTIES);
    this.seeds = seeds;
    this.noise = noise;
  }

  Row row(LimiterModel kind) {
    return new Row(
        kind,
        IntStream.range(0, seeds)
            .parallel()
            .mapToObj(
                seed ->
                    LimitClassifier.judge(
                        PARTIES,
                        PARTIES.get(0).api(),
                        SimulatedRun.of(protocol, kind, seed, noise)))
            .toList());
  }

  /**
   * Prints the matrix. Exits with 2 where an argument is none.
   *
   * @param args seeds for each kind (default 50), lean or full (default lean), and how many times
   *     as much jitter as was measured (default 1)
   */
  public static void main(String[] args) {
    int seeds;
    Workload.WorkloadSize size;
    double noise;
    try {
      seeds = args.length > 0 ? Integer.parseInt(args[0]) : 50;
      size =
          Workload.WorkloadSize.valueOf(
              args.length > 1 ? args[1].toUpperCase(Locale.ROOT) : "STANDARD");
      noise = args.length > 2 ? Double.parseDouble(args[2]) : 1;
    } catch (IllegalArgumentException e) {
      System.err.println(
          "arguments are [seeds [lean|full [jitter]]], such as 50 lean 1: " + e.getMessage());
      System.exit(2);
      return;
    }
    ConfusionMatrix matrix = new ConfusionMatrix(size, seeds, noise);
    List<Row> benchmarked = new ArrayList<>();
    System.out.printf(
        "%-30s %8s %12s %6s %5s  %s%n",
        "limiter", "ENFORCED", "NOT ENFORCED", "INCONCLUSIVE", "wrong", "said");
    for (LimiterModel kind : LimiterModel.benchmarked(20, 1)) {
      Row row = matrix.row(kind);
      benchmarked.add(row);
      print(row);
    }
    long all = (long) benchmarked.size() * seeds;
    System.out.printf(
        "%d kinds, %d trials: wrong %.2f %%, INCONCLUSIVE %.2f %%%n",
        benchmarked.size(),
        all,
        100.0 * benchmarked.stream().mapToLong(Row::wrong).sum() / all,
        100.0
            * benchmarked.stream()
                .mapToLong(r -> r.count(LimitVerdict.LimitStatus.INCONCLUSIVE))
                .sum()
            / all);
    LimiterModel.additional(20, 1).stream()
        .filter(k -> k.scope() != Scope.ALL_ACCOUNTS && k.scope() != Scope.ALL_REGIONS)
        .map(matrix::row)
        .forEach(ConfusionMatrix::print);
  }

  private static void print(Row row) {
    Map<String, Long> said =
        row.verdicts().stream()
            .collect(
                Collectors.groupingBy(
                    v ->
                        v.status() == LimitVerdict.LimitStatus.INCONCLUSIVE
                            ? "INCONCLUSIVE " + v.reason()
                            : v.limiter(),
                    TreeMap::new,
                    Collectors.counting()));
    System.out.printf(
        "%-30s %8d %12d %6d %5d  %s%n",
        row.kind().name(),
        row.count(LimitVerdict.LimitStatus.ENFORCED),
        row.count(LimitVerdict.LimitStatus.NOT_ENFORCED),
        row.count(LimitVerdict.LimitStatus.INCONCLUSIVE),
        row.wrong(),
        said.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(4)
            .map(e -> e.getValue() + "x " + e.getKey())
            .collect(Collectors.joining(" | ")));
  }
}
