package asyncinfo.report;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.verdict.ClauseResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lines that a build prints at its end: each API, each problem once, and where the report is. */
final class ConsoleSummary {
  /** Problems, waivers and the like; together with the rest they fill no more than a screen. */
  private static final int PROBLEMS = 12;

  private static final int CHANGES = 6;
  private static final int AFFECTED = 4;
  private static final int LONGEST = 300;
  private static final String INDENT = " ".repeat(13);

  private final RunResult run;
  private final List<Problem> problems;

  private ConsoleSummary(RunResult run) {
    this.run = run;
    this.problems = Problem.of(run);
  }

  /** Returns all lines of a run whose report is in a file. */
  static List<String> lines(RunResult run, Path page) {
    ConsoleSummary summary = new ConsoleSummary(run);
    List<String> lines = new ArrayList<>();
    run.perApi()
        .forEach(
            (api, results) -> {
              if (!results.isEmpty()) {
                lines.add(summary.line(api, results));
              }
            });
    run.evidenceAge().ifPresent(age -> lines.add("Live evidence: " + age.sentence()));
    lines.addAll(summary.otherLines());
    lines.addAll(summary.redLines());
    run.missing().forEach(missing -> lines.add("  MISSING    " + missing));
    lines.addAll(
        atMost(
            CHANGES,
            run.changes().stream()
                .map(change -> "  %s: %s".formatted(change.change().label(), change))
                .toList()));
    lines.add(
        "%s, %d observations. Report: %s, with conformance.json, junit.xml and summary.md beside it"
            .formatted(run.requestsSent(), run.observations(), page));
    return lines;
  }

  /** Returns the lines about what turns the build red. */
  static List<String> redLines(RunResult run) {
    return new ConsoleSummary(run).redLines();
  }

  private String line(Api api, List<ClauseResult> results) {
    String counts =
        RunResult.counts(results).entrySet().stream()
            .filter(count -> count.getValue() > 0)
            .map(count -> count.getValue() + " " + VerdictText.label(count.getKey()))
            .collect(Collectors.joining(", "));
    return "%s: %s; %d clauses, %s"
        .formatted(api.id(), run.status(api).label(), results.size(), counts);
  }

  /** Lines about what is shown and leaves the build green. */
  private List<String> otherLines() {
    List<String> lines = new ArrayList<>();
    problems.stream()
        .filter(problem -> !problem.red())
        .map(ConsoleSummary::headline)
        .forEach(lines::add);
    run.skipped().stream()
        .map(
            result ->
                cut(
                    "  %-10s %s: %s"
                        .formatted(
                            VerdictText.label(result.verdict()),
                            result.clause().id(),
                            result.reason())))
        .forEach(lines::add);
    return atMost(PROBLEMS, lines);
  }

  private List<String> redLines() {
    List<String> lines = new ArrayList<>();
    run.blockingWaivers().forEach(status -> lines.add("  WAIVER     " + status));
    staleByReason().forEach((why, clauses) -> lines.add(stale(why, clauses)));
    List<Problem> red = problems.stream().filter(Problem::red).toList();
    red.stream().limit(PROBLEMS).forEach(problem -> lines.addAll(problemLines(problem)));
    if (red.size() > PROBLEMS) {
      lines.add("  and %d more problems, in the report".formatted(red.size() - PROBLEMS));
    }
    return lines;
  }

  private Map<String, List<Clause>> staleByReason() {
    return run.stale().entrySet().stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getValue,
                LinkedHashMap::new,
                Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
  }

  private static String stale(String why, List<Clause> clauses) {
    String more = clauses.size() == 1 ? "" : " and %d more".formatted(clauses.size() - 1);
    return "  STALE      %s%s: %s".formatted(clauses.get(0), more, why);
  }

  /** The headline of a problem, then what its owner needs to believe it. */
  private static List<String> problemLines(Problem problem) {
    List<String> lines = new ArrayList<>();
    lines.add(headline(problem));
    if (problem.endpointAtFault()) {
      if (!problem.affects().isEmpty()) {
        lines.add(INDENT + "consequences: " + affected(problem));
      }
      lines.add(
          cut(
              INDENT
                  + "basis: %s, %s; RequestId: %s"
                      .formatted(
                          problem.basis(),
                          problem.source(),
                          problem.requestId().isEmpty() ? "none" : problem.requestId())));
      lines.add(cut(INDENT + "reproduce: " + problem.reproduce()));
    }
    return lines;
  }

  private static String affected(Problem problem) {
    List<String> affects = problem.affects();
    String more =
        affects.size() > AFFECTED ? " and %d more".formatted(affects.size() - AFFECTED) : "";
    return String.join(", ", affects.subList(0, Math.min(AFFECTED, affects.size()))) + more;
  }

  private static String headline(Problem problem) {
    String more =
        problem.endpointAtFault() || problem.affects().isEmpty()
            ? ""
            : " and %d more".formatted(problem.affects().size());
    return cut(
        "  %-10s %s%s: %s"
            .formatted(
                VerdictText.label(problem.verdict()), problem.clause(), more, problem.reason()));
  }

  private static List<String> atMost(int most, List<String> lines) {
    if (lines.size() <= most) {
      return lines;
    }
    List<String> some = new ArrayList<>(lines.subList(0, most));
    some.add("  and %d more, in the report".formatted(lines.size() - most));
    return some;
  }

  /** Returns one line, whatever line breaks and control characters an endpoint sent. */
  private static String cut(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
