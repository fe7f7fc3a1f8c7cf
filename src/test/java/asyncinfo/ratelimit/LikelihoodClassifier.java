package asyncinfo.ratelimit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * The second classifier: replays the calls as they were sent against every model of a limiter, at
 * many phases of the endpoint's clock, and ranks the models by the agreement of what they accept
 * with what was accepted. It knows nothing of the rules. The same samples always get the same
 * ranking.
 */
final class LikelihoodClassifier {
  private static final double NANOS = 1e9;

  /** The logarithm that a probe with one accepted call more or fewer costs a model. */
  private static final double PER_CALL = 1 / 0.35;

  private static final double MOST_PER_PROBE = 9;
  private static final double PER_SLOW_CALL = 1 / 1.5;
  private static final double MOST_FOR_SLOWNESS = 6;

  /** Models that were never reported from practice are a hundred times less likely in advance. */
  private static final double UNHEARD_OF = Math.log(101);

  /** Models that fall this far behind the best in a coarse pass are dropped. */
  private static final double CUT = 25;

  /** The scopes in which the calls of other APIs count. */
  private static final Set<Scope> SHARED = EnumSet.of(Scope.ALL_ACTIONS, Scope.ALL_APIS);

  /** The name of models whose number the samples suggest. */
  private static final String SUGGESTED = "suggested";

  private final ProbeStatistics statistics;
  private final List<Sample> own;
  private final List<Sample> all;
  private final Map<String, Integer> groups = new LinkedHashMap<>();
  private final int[] accepted;
  private final int[] lost;
  private final int[] slow;
  private final double roundTrip;
  private final double network;
  private final double longWait;

  /**
   * The agreement of a model with the samples.
   *
   * @param log the logarithm of its likelihood; the higher the better, at most 0
   */
  record Likelihood(LimiterModel model, double log) {}

  /**
   * The models by likelihood.
   *
   * @param fits the models, best first
   * @param probes the number of probes that were compared
   */
  record Ranking(List<Likelihood> fits, int probes) {
    /**
     * The logarithm per probe below which not even the best model explains the samples. Where the
     * boundary of a window falls into each batch of both recoveries, the right model comes to -1.7.
     */
    private static final double WORST_FIT = -2.0;

    /** The logarithm of 100: models that are a hundred times less likely are left aside. */
    private static final double MARGIN = Math.log(100);

    Likelihood best() {
      return fits.get(0);
    }

    /** Returns whether the best model explains the samples. */
    boolean explains() {
      return best().log() / probes >= WORST_FIT;
    }

    /** Returns the models that are not a hundred times less likely than the best. */
    List<LimiterModel> likely() {
      return fits.stream()
          .filter(fit -> fit.log() > best().log() - MARGIN)
          .map(Likelihood::model)
          .toList();
    }
  }

  /**
   * A classifier of the samples of an API.
   *
   * @param statistics the samples of the API that is judged
   * @param all the samples of all APIs: a budget may be shared
   */
  LikelihoodClassifier(ProbeStatistics statistics, List<Sample> all) {
    this.statistics = statistics;
    this.own = bySent(statistics.own());
    this.all = bySent(all);
    this.roundTrip = statistics.roundTrip() / NANOS;
    this.network = statistics.network() / NANOS;
    this.longWait = statistics.longWait() / NANOS;
    statistics.judged().forEach(s -> groups.putIfAbsent(group(s), groups.size()));
    this.accepted = new int[groups.size()];
    this.lost = new int[groups.size()];
    this.slow = new int[groups.size()];
    for (Sample s : statistics.judged()) {
      int g = groups.get(group(s));
      ProbeStatistics.ProbeCount count = statistics.count(List.of(s));
      accepted[g] += count.accepted();
      lost[g] += count.lost();
      slow[g] += count.slow();
    }
  }

  private static String group(Sample s) {
    return s.identity() == CallerIdentity.FIRST
        ? s.probe().toString()
        : s.probe() + " " + s.identity();
  }

  private static List<Sample> bySent(List<Sample> samples) {
    return samples.stream().sorted(Comparator.comparingLong(Sample::sent)).toList();
  }

  /** Ranks the known models, and those whose number the samples suggest. */
  Ranking rank() {
    List<LimiterModel> candidates = candidates();
    List<Likelihood> coarse = ranked(candidates, 12, 2);
    double least = coarse.get(0).log() - CUT;
    List<LimiterModel> left =
        coarse.stream().filter(fit -> fit.log() >= least).map(Likelihood::model).toList();
    return new Ranking(ranked(left, 48, 2), groups.size());
  }

  /** Returns whether a coarse pass leaves a model of a kind. */
  boolean leaves(Predicate<LimiterModel> which) {
    List<LimiterModel> candidates = candidates();
    double ofKind = best(candidates.stream().filter(which).toList());
    // No model agrees better than at 0, so one that is near that is left whatever the others do.
    return ofKind >= -CUT || ofKind >= best(candidates) - CUT;
  }

  private double best(List<LimiterModel> models) {
    return models.isEmpty() ? Double.NEGATIVE_INFINITY : ranked(models, 12, 2).get(0).log();
  }

  private List<Likelihood> ranked(List<LimiterModel> models, int phases, int draws) {
    Arrivals[] ownArrivals = arrivals(own, draws);
    Arrivals[] allArrivals =
        models.stream().anyMatch(model -> SHARED.contains(model.scope()))
            ? arrivals(all, draws)
            : ownArrivals;
    return models.stream()
        .map(
            model ->
                new Likelihood(
                    model,
                    prior(model)
                        + likelihood(
                            model,
                            SHARED.contains(model.scope()) ? allArrivals : ownArrivals,
                            phases)))
        .sorted(Comparator.comparingDouble(Likelihood::log).reversed())
        .toList();
  }

  private static double prior(LimiterModel model) {
    return model.name().equals(SUGGESTED) ? -UNHEARD_OF : 0;
  }

  // ---- candidates

  private List<LimiterModel> candidates() {
    LimitedApi limitedApi = statistics.limitedApi();
    double seconds = limitedApi.seconds();
    double rate = limitedApi.requests() / seconds;
    Set<Scope> visible = EnumSet.allOf(Scope.class);
    visible.removeIf(scope -> !canBeSeen(scope));
    Map<String, LimiterModel> byName = new LinkedHashMap<>();
    KnownLimiters.recognisable(limitedApi.requests(), seconds).stream()
        .filter(model -> visible.contains(model.scope()))
        .forEach(model -> byName.put(model.name(), model));
    for (double lag : new double[] {0.015, 0.045, 0.08, 0.1, 0.2, 0.3}) {
      byName.put("lag " + lag, LimiterModel.lazy(SUGGESTED, limitedApi.requests(), seconds, lag));
    }
    for (int seen : numbersSeen()) {
      for (int n = Math.max(1, seen - 1); n <= seen + 1; n++) {
        add(byName, LimiterModel.fixed(SUGGESTED, n, seconds, LimiterModel.Compliance.WRONG));
      }
      for (double factor : new double[] {0.5, 1.5, 2, 5, 10}) {
        add(
            byName,
            LimiterModel.fixed(SUGGESTED, seen, factor * seconds, LimiterModel.Compliance.WRONG));
      }
      for (double factor : new double[] {1, 1.5, 2}) {
        add(
            byName,
            LimiterModel.slidingLog(
                SUGGESTED, seen, factor * seconds, LimiterModel.Compliance.WRONG));
        add(
            byName,
            LimiterModel.anchored(
                SUGGESTED, seen, factor * seconds, LimiterModel.Compliance.WRONG));
      }
      for (double factor : new double[] {0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 3}) {
        add(
            byName,
            LimiterModel.bucket(SUGGESTED, factor * rate, seen, LimiterModel.Compliance.WRONG));
      }
      add(
          byName,
          LimiterModel.bucket(SUGGESTED, seen / seconds, seen, LimiterModel.Compliance.WRONG));
    }
    return List.copyOf(byName.values());
  }

  /** Returns whether the calls would meet other budgets than with the documented scope. */
  private boolean canBeSeen(Scope scope) {
    // Where all APIs are of one product, nothing tells the two apart.
    return scope == Scope.DOCUMENTED
        || (budgets(scope) != budgets(Scope.DOCUMENTED)
            && (scope != Scope.ALL_APIS || budgets(scope) != budgets(Scope.ALL_ACTIONS)));
  }

  private long budgets(Scope scope) {
    return all.stream().map(s -> scope.key(s.key())).distinct().count();
  }

  private static void add(Map<String, LimiterModel> models, LimiterModel model) {
    if (models.values().stream().noneMatch(k -> k.description().equals(model.description()))) {
      models.put(model.description(), model);
    }
  }

  /** Returns the fewest accepted calls of a burst, and of more at once, if some were refused. */
  private List<Integer> numbersSeen() {
    List<Integer> numbers = new ArrayList<>();
    int fewest = Integer.MAX_VALUE;
    for (int i = 1; i <= Workload.BURSTS; i++) {
      ProbeStatistics.ProbeCount burst = statistics.count(ProbeId.of(Probe.BURST, i));
      if (burst.throttled() > 0) {
        fewest = Math.min(fewest, burst.accepted() + burst.lost());
      }
    }
    if (fewest != Integer.MAX_VALUE) {
      numbers.add(fewest);
    }
    for (Probe kind : List.of(Probe.WIDE, Probe.HUGE)) {
      ProbeId probe = ProbeId.of(kind);
      ProbeStatistics.ProbeCount wide = statistics.count(probe);
      if (wide.throttled() > 0) {
        numbers.add(wide.accepted() + wide.lost());
      }
    }
    return numbers.stream().filter(n -> n > 0).distinct().toList();
  }

  // ---- arrivals

  /** The times at which the calls may have arrived, in order. */
  private static final class Arrivals {
    private final List<Sample> samples;

    /** Seconds. */
    private final double[] time;

    /** The probe to count in; -1 for a call that is not compared. */
    private final int[] group;

    private final Map<Scope, int[]> budgets = new EnumMap<>(Scope.class);

    Arrivals(List<Sample> samples, double[] time, int[] group) {
      this.samples = samples;
      this.time = time;
      this.group = group;
    }

    /** Returns the number of each call's budget, from 0. */
    int[] budgets(Scope scope) {
      return budgets.computeIfAbsent(
          scope,
          key -> {
            Map<Object, Integer> numbers = new HashMap<>();
            return samples.stream()
                .mapToInt(s -> numbers.computeIfAbsent(scope.key(s.key()), k -> numbers.size()))
                .toArray();
          });
    }
  }

  private Arrivals[] arrivals(List<Sample> samples, int draws) {
    Arrivals[] each = new Arrivals[draws];
    SplittableRandom random = new SplittableRandom(20);
    for (int d = 0; d < draws; d++) {
      // Half of the draws place the endpoint in the middle of the round trip and allow it to queue
      // calls; the others place it anywhere.
      double way = d % 2 == 0 ? random.nextDouble(0.42, 0.58) : random.nextDouble(0.1, 0.9);
      record Arrival(Sample sample, double time) {}
      List<Arrival> order = new ArrayList<>(samples.size());
      for (Sample s : samples) {
        double latency =
            s.outcome() == CallOutcome.LOST
                ? network
                : Math.min(s.latency() / NANOS, d % 2 == 0 ? 1.6 * network + 0.02 : longWait);
        order.add(
            new Arrival(
                s, s.sent() / NANOS + latency * Math.min(1, way * random.nextDouble(0.9, 1.1))));
      }
      order.sort(Comparator.comparingDouble(Arrival::time));
      double[] time = new double[order.size()];
      int[] group = new int[order.size()];
      List<Sample> sorted = new ArrayList<>(order.size());
      for (int i = 0; i < time.length; i++) {
        Sample s = order.get(i).sample();
        time[i] = order.get(i).time();
        group[i] =
            s.api().equals(statistics.limitedApi().api()) ? groups.getOrDefault(group(s), -1) : -1;
        sorted.add(s);
      }
      each[d] = new Arrivals(sorted, time, group);
    }
    return each;
  }

  // ---- likelihood

  private double likelihood(LimiterModel model, Arrivals[] draws, int phases) {
    int steps =
        model.clock() == 0
            ? 1
            : model.clock() >= 5 * statistics.limitedApi().seconds() ? 3 * phases : phases;
    int repeats = model.clock() == 0 ? Math.max(1, phases / 12) : 1;
    double[] logs = new double[draws.length * steps * repeats];
    int n = 0;
    SplittableRandom random = new SplittableRandom(1);
    for (Arrivals arrivals : draws) {
      int[] budgetOf = arrivals.budgets(model.scope());
      for (int step = 0; step < steps * repeats; step++) {
        logs[n++] = agreement(model, arrivals, budgetOf, (step + 0.5) / steps % 1, random);
      }
    }
    double highest = Arrays.stream(logs).max().orElseThrow();
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - highest);
    }
    return highest + Math.log(sum / logs.length);
  }

  private double agreement(
      LimiterModel model,
      Arrivals arrivals,
      int[] budgetOf,
      double phase,
      SplittableRandom random) {
    Limiter[] budgets = new Limiter[Arrays.stream(budgetOf).max().orElse(0) + 1];
    int[] through = new int[groups.size()];
    int[] waited = new int[groups.size()];
    for (int i = 0; i < budgetOf.length; i++) {
      Limiter budget = budgets[budgetOf[i]];
      if (budget == null) {
        budget = model.maker().make(phase, random);
        budgets[budgetOf[i]] = budget;
      }
      double wait = budget.admit(arrivals.time[i]);
      int group = arrivals.group[i];
      if (group >= 0 && wait != Limiter.REFUSED) {
        through[group]++;
        waited[group] += wait + roundTrip > longWait ? 1 : 0;
      }
    }
    double log = 0;
    for (int g = 0; g < through.length; g++) {
      int off = Math.max(accepted[g] - through[g], through[g] - accepted[g] - lost[g]);
      log -= Math.min(Math.max(0, off) * PER_CALL, MOST_PER_PROBE);
      log -= Math.min(Math.abs(slow[g] - waited[g]) * PER_SLOW_CALL, MOST_FOR_SLOWNESS);
    }
    return log;
  }
}
