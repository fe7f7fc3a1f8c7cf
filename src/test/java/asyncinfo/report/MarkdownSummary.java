package asyncinfo.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The report in some twenty lines of Markdown, for the page of a CI job. */
final class MarkdownSummary {
  private static final int LINES = 12;
  private static final int LONGEST = 240;

  private MarkdownSummary() {}

  /** The Markdown of a report. */
  static String markdown(JsonNode report) {
    List<String> lines = new ArrayList<>();
    lines.add("## " + result(report) + ": " + text(report.path("description").asString()));
    lines.add("");
    lines.add(text(report.path("summary").asString()));
    if (report.path("live").isObject()) {
      lines.add("");
      lines.add("Live evidence: " + text(report.at("/live/sentence").asString()));
    }
    for (JsonNode missing : report.path("missing")) {
      lines.add("");
      lines.add("Missing: " + text(missing.asString()));
    }
    addApis(report, lines);
    addRed(report, lines);
    addStale(report.path("live").path("stale"), lines);
    JsonNode changes = report.path("comparison").path("changes");
    if (report.path("comparison").isObject()) {
      lines.add("");
      lines.add(
          "Since "
              + text(report.path("comparison").path("with").asString())
              + ": "
              + (changes.isEmpty()
                  ? "nothing has changed."
                  : changes
                      .valueStream()
                      .collect(
                          Collectors.groupingBy(
                              c -> c.path("change").asString(),
                              LinkedHashMap::new,
                              Collectors.mapping(
                                  c -> text(c.path("clause").asString()), Collectors.toList())))
                      .entrySet()
                      .stream()
                      .map(
                          e ->
                              e.getKey()
                                  + " "
                                  + e.getValue().stream()
                                      .limit(LINES)
                                      .collect(Collectors.joining(", "))
                                  + (e.getValue().size() > LINES
                                      ? " and %d more".formatted(e.getValue().size() - LINES)
                                      : ""))
                      .collect(Collectors.joining("; ", "", "."))));
    }
    return String.join("\n", lines) + "\n";
  }

  private static void addApis(JsonNode report, List<String> lines) {
    List<String> verdicts =
        report.path("counts").properties().stream().map(e -> e.getKey()).toList();
    lines.add("");
    lines.add(
        "| API | result | limit | "
            + verdicts.stream().map(v -> v.replace('_', ' ')).collect(Collectors.joining(" | "))
            + " |");
    lines.add("|---|---|---|" + "--:|".repeat(verdicts.size()));
    for (JsonNode api : report.path("apis")) {
      if (!api.path("judged").asBoolean()) {
        continue;
      }
      String product = api.path("product").asString();
      String limit =
          report
              .path("limits")
              .valueStream()
              .filter(l -> l.path("product").asString().equals(product))
              .map(l -> l.path("verdict").asString() + ": " + l.path("sentence").asString())
              .findFirst()
              .orElse("not asked");
      lines.add(
          "| %s %s | %s | %s | %s |"
              .formatted(
                  text(product),
                  text(api.path("version").asString()),
                  result(api),
                  text(limit),
                  verdicts.stream()
                      .map(v -> Integer.toString(api.path("counts").path(v).asInt()))
                      .collect(Collectors.joining(" | "))));
    }
  }

  private static void addRed(JsonNode report, List<String> lines) {
    List<JsonNode> blocking =
        report.path("clauses").valueStream().filter(c -> c.path("red").asBoolean()).toList();
    if (blocking.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("| verdict | clause | why |");
    lines.add("|---|---|---|");
    blocking.stream()
        .limit(LINES)
        .map(
            c ->
                "| %s | %s | %s |"
                    .formatted(
                        c.path("verdict").asString().replace('_', ' '),
                        text(c.path("id").asString()),
                        text(c.path("reason").asString())))
        .forEach(lines::add);
    if (blocking.size() > LINES) {
      lines.add("");
      lines.add("and %d more, in the report.".formatted(blocking.size() - LINES));
    }
  }

  private static void addStale(JsonNode stale, List<String> lines) {
    if (stale.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("| live evidence of | is too old |");
    lines.add("|---|---|");
    stale
        .valueStream()
        .limit(LINES)
        .map(
            each ->
                "| %s | %s |"
                    .formatted(
                        text(each.path("clause").asString()), text(each.path("why").asString())))
        .forEach(lines::add);
    if (stale.size() > LINES) {
      lines.add("");
      lines.add("and %d more, in the report.".formatted(stale.size() - LINES));
    }
  }

  private static String result(JsonNode node) {
    return ConformanceReport.Result.valueOf(node.path("result").asString()).words();
  }

  /** Text that Markdown takes for nothing else, in one line. */
  private static String text(String any) {
    String line = any.replaceAll("[\\p{Cntrl}\\s]+", " ");
    String cut = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    return cut.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("([\\\\`*_\\[\\]|~#!])", "\\\\$1");
  }
}
