package asyncinfo.ratelimit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sorts the outcomes of one API by when they occur, not only by their error code. An outcome that
 * occurs only above the limit is a refusal, whatever it looks like; one that occurs anywhere is a
 * hiccup, which tells nothing about the number of calls that the limit lets pass.
 *
 * @param samples the samples of the API: refusals of any look are throttled, hiccups are lost
 * @param undocumentedRefusals the refusals that do not look as documented, in words; empty if all
 *     do
 * @param hiccups the number of judged calls that a hiccup hid
 * @param judged the number of judged calls
 * @param examples what the hiccups looked like, in words
 */
record OutcomeReview(
    List<Sample> samples, String undocumentedRefusals, int hiccups, int judged, String examples) {
  /**
   * Probes that stay below the limit, in which a limiter refuses nothing. The warm-up is none:
   * calls of a cold client are late, and come in bursts.
   */
  private static final Set<ProbeId> BELOW_LIMIT =
      Set.of(ProbeId.of(Probe.BELOW), ProbeId.of(Probe.WINDOW_EDGE, 1));

  /** A refusal takes at least this share of a probe in which it occurs; a hiccup takes less. */
  private static final double LEAST_SHARE = 0.15;

  /** Fewer occurrences may all lie above the limit by chance. */
  private static final int FEWEST = 8;

  /** One call in fifty may be hidden: then the others still decide. */
  private static final int HICCUP_SHARE = 50;

  private static final int LONGEST_LOOK = 60;

  /** Reviews the outcomes of an API. */
  static OutcomeReview of(List<Sample> own) {
    Map<String, List<Sample>> byLook = new LinkedHashMap<>();
    own.stream()
        .filter(OutcomeReview::isOdd)
        .forEach(s -> byLook.computeIfAbsent(look(s), l -> new ArrayList<>()).add(s));
    Map<ProbeId, Long> sizes =
        own.stream().collect(Collectors.groupingBy(Sample::probe, Collectors.counting()));
    Map<String, Integer> refusals = new LinkedHashMap<>();
    Map<String, Integer> hiccups = new LinkedHashMap<>();
    byLook.forEach(
        (look, some) -> {
          int judged = (int) some.stream().filter(s -> !s.belongsTo(Probe.WARM_UP)).count();
          (isRefusal(some, sizes) ? refusals : hiccups).put(look, judged);
        });
    List<Sample> reviewed =
        own.stream()
            .map(
                s ->
                    !isOdd(s)
                        ? s
                        : refusals.containsKey(look(s))
                            ? s.with(CallOutcome.THROTTLED, s.detail())
                            : s.with(CallOutcome.LOST, s.detail()))
            .toList();
    return new OutcomeReview(
        reviewed,
        refusals.entrySet().stream()
            .map(e -> "%d times %s".formatted(e.getValue(), e.getKey()))
            .collect(Collectors.joining(", ")),
        hiccups.values().stream().mapToInt(n -> n).sum(),
        (int) own.stream().filter(s -> !s.belongsTo(Probe.WARM_UP)).count(),
        hiccups.entrySet().stream()
            .filter(e -> e.getValue() > 0)
            .map(Map.Entry::getKey)
            .limit(2)
            .collect(Collectors.joining(", ")));
  }

  private static boolean isOdd(Sample s) {
    return s.outcome() == CallOutcome.OTHER || s.outcome() == CallOutcome.LOST;
  }

  /** Returns the response without what differs from one to the next, such as a RequestId. */
  private static String look(Sample s) {
    String text = s.detail().isBlank() ? s.outcome().name().toLowerCase(Locale.ROOT) : s.detail();
    String same = text.replaceAll("[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}", "…").strip();
    return same.length() > LONGEST_LOOK ? same.substring(0, LONGEST_LOOK) + "…" : same;
  }

  private static boolean isRefusal(List<Sample> alike, Map<ProbeId, Long> sizes) {
    long below = alike.stream().filter(s -> BELOW_LIMIT.contains(s.probe())).count();
    long around = alike.stream().map(Sample::probe).distinct().mapToLong(sizes::get).sum();
    return alike.size() >= FEWEST
        && below * 100 <= alike.size()
        && alike.size() >= LEAST_SHARE * around;
  }

  /** Returns whether too many calls are hidden for a verdict. */
  boolean hidesTooMuch() {
    return hiccups * HICCUP_SHARE > judged;
  }

  /** Returns the share of hiccups in words; empty if there are none. */
  String hiccupText() {
    return hiccups == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%d of %d calls (%.1f %%) had no usable response: %s",
            hiccups,
            judged,
            100.0 * hiccups / judged,
            examples);
  }
}
