package asyncinfo.report;

import asyncinfo.report.ReportDocument.ApiEntry;
import asyncinfo.report.ReportDocument.ChangeEntry;
import asyncinfo.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report in some twenty lines of Markdown, for the summary page of a CI job. */
final class MarkdownSummary {
  private static final int ROWS = 12;
  private static final int LONGEST = 240;

  private final ReportDocument report;
  private final List<String> lines = new ArrayList<>();

  private MarkdownSummary(ReportDocument report) {
    this.report = report;
  }

  /** Returns the Markdown text. */
  static String of(ReportDocument report) {
    MarkdownSummary summary = new MarkdownSummary(report);
    summary.addHead();
    summary.addApis();
    summary.addProblems();
    summary.addStaleEvidence();
    summary.addChanges();
    return String.join("\n", summary.lines) + "\n";
  }

  private void addHead() {
    lines.add("## " + report.result().label() + ": " + text(report.description()));
    paragraph(text(report.summary()));
    if (report.live() != null) {
      paragraph("Live evidence: " + text(report.live().sentence()));
    }
    report.missing().forEach(each -> paragraph("Missing: " + text(each)));
  }

  private void addApis() {
    List<Verdict> verdicts = List.copyOf(report.counts().keySet());
    List<String> header = new ArrayList<>(List.of("API", "result", "limit"));
    verdicts.forEach(verdict -> header.add(VerdictText.label(verdict)));
    lines.add("");
    lines.add(row(header));
    lines.add("|---|---|---|" + "--:|".repeat(verdicts.size()));
    for (ApiEntry api : report.apis()) {
      if (api.judged()) {
        List<String> cells =
            new ArrayList<>(
                List.of(
                    text(api.name() + " " + api.version()),
                    api.result().label(),
                    text(limit(api.name()))));
        verdicts.forEach(verdict -> cells.add(api.counts().get(verdict).toString()));
        lines.add(row(cells));
      }
    }
  }

  private String limit(String api) {
    return report.limits().stream()
        .filter(limit -> limit.api().equals(api))
        .map(limit -> VerdictText.label(limit.verdict()) + ": " + limit.sentence())
        .findFirst()
        .orElse("not in this run");
  }

  private void addProblems() {
    List<List<String>> rows =
        report.problems().stream()
            .map(
                problem ->
                    List.of(
                        VerdictText.label(problem.verdict()),
                        text(problem.clause()) + affects(problem),
                        text(problem.basis()),
                        text(problem.reason())))
            .toList();
    table(List.of("verdict", "clause", "basis", "reason"), rows);
  }

  private static String affects(Problem problem) {
    int count = problem.affects().size();
    return count == 0 ? "" : " and %d that it affects".formatted(count);
  }

  private void addStaleEvidence() {
    if (report.live() != null) {
      table(
          List.of("live evidence of", "is too old"),
          report.live().stale().stream()
              .map(stale -> List.of(text(stale.clause()), text(stale.why())))
              .toList());
    }
  }

  private void addChanges() {
    if (report.comparison() == null) {
      return;
    }
    Map<String, List<String>> byKind =
        report.comparison().changes().stream()
            .collect(
                Collectors.groupingBy(
                    ChangeEntry::change,
                    LinkedHashMap::new,
                    Collectors.mapping(change -> text(change.clause()), Collectors.toList())));
    List<String> kinds = new ArrayList<>();
    byKind.forEach(
        (kind, clauses) ->
            kinds.add(
                kind
                    + " "
                    + clauses.stream().limit(ROWS).collect(Collectors.joining(", "))
                    + (clauses.size() > ROWS
                        ? " and %d more".formatted(clauses.size() - ROWS)
                        : "")));
    paragraph(
        "Since %s: %s."
            .formatted(
                text(report.comparison().with()),
                kinds.isEmpty() ? "no verdict changed" : String.join("; ", kinds)));
  }

  private void paragraph(String text) {
    lines.add("");
    lines.add(text);
  }

  private void table(List<String> header, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(row(header));
    lines.add("|" + "---|".repeat(header.size()));
    rows.stream().limit(ROWS).map(MarkdownSummary::row).forEach(lines::add);
    if (rows.size() > ROWS) {
      paragraph("and %d more, in the report.".formatted(rows.size() - ROWS));
    }
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  /** Returns a text in one line, with everything escaped that Markdown or HTML would interpret. */
  private static String text(String any) {
    String line = any.replaceAll("[\\p{Cntrl}\\s]+", " ");
    String cut = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    return cut.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("([\\\\`*_\\[\\]|~#!])", "\\\\$1");
  }
}
