package asyncinfo.report;

import asyncinfo.contract.Json;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The report as one page of HTML that needs nothing beside itself. It is made of {@code
 * conformance.json} alone. Whatever an endpoint said is text: the template engine escapes it, and
 * the page's policy lets no script run but its own, by its hash, and nothing be fetched.
 */
final class HtmlReport {
  private static final String FOLDER = "report/";
  private static final String LISTS = "apis mustFail failed flagged";
  private static final int FINDINGS = 3;
  private static final int GROUPS = 6;
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final PebbleEngine ENGINE =
      new PebbleEngine.Builder()
          .loader(new ClasspathLoader(HtmlReport.class.getClassLoader()))
          .autoEscaping(true)
          .strictVariables(true)
          .defaultLocale(Locale.ROOT)
          .build();

  private HtmlReport() {}

  /** The page of a report. */
  static String html(JsonNode report) {
    String script = resource("page.js");
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("report", Json.mapper().convertValue(report, Map.class));
    model.put("when", WHEN.format(Instant.parse(report.path("written").asString())));
    model.put("style", resource("page.css"));
    model.put("script", script);
    model.put("scriptHash", sha256(script));
    model.put("resultWords", result(report.path("result").asString()));
    model.put("headline", headline(report));
    model.put("apis", apis(report));
    model.put("limits", limits(report));
    model.put("broken", broken(report));
    model.put("sections", sections(report));
    model.put("verdicts", verdicts(report));
    model.put("totals", totals(report));
    model.put("kills", kills(report.path("killTable")));
    model.put("changes", changes(report.path("comparison")));
    model.put("recorded", recorded(report.path("replay")));
    model.put("stale", stale(report.path("live").path("stale")));
    StringWriter page = new StringWriter();
    try {
      ENGINE.getTemplate(FOLDER + "page.html").evaluate(page, model);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the page", e);
    }
    return page.toString();
  }

  private static String result(String name) {
    return ConformanceReport.Result.valueOf(name).words();
  }

  /** The result in words that do not claim more than was judged. */
  private static String headline(JsonNode report) {
    String words =
        result(report.path("result").asString())
            + (report.path("replay").isObject() ? " in a recording" : "");
    if (!report.path("conformant").asBoolean()) {
      return words;
    }
    JsonNode counts = report.path("counts");
    if (counts.path("WAIVED").asInt() > 0) {
      return words + ", but for waived violations";
    }
    return counts.path("PASS").asInt() < report.path("clauses").size()
        ? words + ", as far as could be judged"
        : words;
  }

  private static List<Map<String, Object>> apis(JsonNode report) {
    List<Map<String, Object>> apis = new ArrayList<>();
    for (JsonNode api : report.path("apis")) {
      Map<String, Object> row = map(api);
      if (api.path("judged").asBoolean()) {
        row.put("resultWords", result(api.path("result").asString()));
      }
      apis.add(row);
    }
    return apis;
  }

  private static List<Map<String, Object>> limits(JsonNode report) {
    List<Map<String, Object>> limits = new ArrayList<>();
    for (JsonNode limit : report.path("limits")) {
      Map<String, Object> row = map(limit);
      row.put("words", limitWords(limit.path("verdict").asString()));
      row.put(
          "period",
          limit.path("seconds").asInt() == 1 ? "second" : limit.path("seconds").asInt() + " s");
      row.put("picture", LimitChart.of(limit));
      limits.add(row);
    }
    return limits;
  }

  private static String limitWords(String verdict) {
    return switch (verdict) {
      case "PASS" -> "enforced";
      case "FAIL" -> "not enforced";
      case "WAIVED" -> "not enforced, and waived";
      case "ERROR" -> "undecided";
      default -> "not tested";
    };
  }

  /** The clauses that are red, put together where one reason concerns several. */
  private static List<Map<String, Object>> broken(JsonNode report) {
    Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
    for (JsonNode clause : report.path("clauses")) {
      if (clause.path("red").asBoolean()) {
        String verdict = clause.path("verdict").asString();
        String reason = clause.path("reason").asString();
        Map<String, Object> group =
            groups.computeIfAbsent(
                verdict + reason,
                key -> {
                  Map<String, Object> first = new LinkedHashMap<>();
                  first.put("id", clause.path("id").asString());
                  first.put("verdict", verdict);
                  first.put("reason", reason);
                  first.put("more", -1);
                  return first;
                });
        group.merge("more", 1, (a, b) -> (Integer) a + (Integer) b);
      }
    }
    List<Map<String, Object>> all =
        new ArrayList<>(
            groups.values().stream()
                .sorted(
                    (a, b) ->
                        Boolean.compare(
                            !a.get("verdict").equals("FAIL"), !b.get("verdict").equals("FAIL")))
                .toList());
    if (all.size() > GROUPS) {
      int left =
          all.subList(GROUPS, all.size()).stream().mapToInt(g -> 1 + (Integer) g.get("more")).sum();
      all = new ArrayList<>(all.subList(0, GROUPS));
      Map<String, Object> rest = new LinkedHashMap<>();
      rest.put("id", "");
      rest.put("verdict", "");
      rest.put("reason", "");
      rest.put("more", left);
      all.add(rest);
    }
    return all;
  }

  /** The clauses by the section of a page that promises them. */
  private static List<Map<String, Object>> sections(JsonNode report) {
    Map<String, List<Map<String, Object>>> bySource = new LinkedHashMap<>();
    for (JsonNode clause : report.path("clauses")) {
      Map<String, Object> row = map(clause);
      List<JsonNode> distinct = new ArrayList<>();
      for (JsonNode finding : clause.path("findings")) {
        if (distinct.size() < FINDINGS
            && !finding.path("outcome").asString().equals("PASSED")
            && !finding.path("outcome").asString().equals("NOT_TESTABLE")
            && distinct.stream().noneMatch(other -> alike(other, finding))) {
          distinct.add(finding);
        }
      }
      row.put("shown", distinct.stream().map(HtmlReport::map).toList());
      row.put("mixed", mixed(clause.path("verdicts")));
      row.put("seenLive", seenLive(clause.path("live")));
      bySource.computeIfAbsent(clause.path("source").asString(), s -> new ArrayList<>()).add(row);
    }
    List<Map<String, Object>> sections = new ArrayList<>();
    bySource.forEach(
        (source, clauses) -> {
          Map<String, Object> section = new LinkedHashMap<>();
          section.put("source", source);
          section.put("clauses", clauses);
          sections.add(section);
        });
    return sections;
  }

  private static boolean alike(JsonNode one, JsonNode other) {
    return List.of("product", "expected", "actual").stream()
        .allMatch(name -> one.path(name).equals(other.path(name)));
  }

  /** The verdict on each API, where they differ; empty otherwise. */
  private static String mixed(JsonNode verdicts) {
    List<String> words = new ArrayList<>();
    verdicts
        .properties()
        .forEach(e -> words.add(e.getKey() + " " + words(e.getValue().asString())));
    long different =
        verdicts.properties().stream().map(e -> e.getValue().asString()).distinct().count();
    return different > 1 ? String.join(", ", words) : "";
  }

  /** When a clause was last proved or refuted live, in words; empty where nobody asked. */
  private static String seenLive(JsonNode live) {
    if (!live.isObject()) {
      return "";
    }
    Map<String, List<String>> products = new LinkedHashMap<>();
    live.properties()
        .forEach(
            each ->
                products
                    .computeIfAbsent(sighting(each.getValue()), words -> new ArrayList<>())
                    .add(each.getKey()));
    return products.entrySet().stream()
        .map(
            each ->
                each.getKey()
                    + (products.size() > 1 ? " at " + String.join(", ", each.getValue()) : ""))
        .collect(Collectors.joining("; ", "Live: ", ""));
  }

  private static String sighting(JsonNode seen) {
    return seen.isObject()
        ? "%s, %s"
            .formatted(
                words(seen.path("verdict").asString()), EvidenceAge.ago(seen.path("days").asLong()))
        : "never seen";
  }

  /** When the recording was made that was judged; empty where none was. */
  private static String recorded(JsonNode replay) {
    return replay.isObject()
        ? "%s UTC, %s"
            .formatted(
                WHEN.format(Instant.parse(replay.path("recorded").asString())),
                EvidenceAge.ago(replay.path("days").asLong()))
        : "";
  }

  /** The clauses whose live evidence is too old, put together where one reason concerns several. */
  private static List<Map<String, Object>> stale(JsonNode stale) {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    stale.forEach(
        each ->
            byReason
                .computeIfAbsent(each.path("why").asString(), why -> new ArrayList<>())
                .add(each.path("clause").asString()));
    return byReason.entrySet().stream()
        .map(
            each ->
                Map.<String, Object>of(
                    "id",
                    each.getValue().get(0),
                    "more",
                    each.getValue().size() - 1,
                    "why",
                    each.getKey()))
        .toList();
  }

  private static List<Map<String, Object>> verdicts(JsonNode report) {
    List<Map<String, Object>> verdicts = new ArrayList<>();
    report
        .path("counts")
        .properties()
        .forEach(
            e ->
                verdicts.add(
                    Map.of(
                        "name",
                        e.getKey(),
                        "words",
                        words(e.getKey()),
                        "count",
                        e.getValue().asInt())));
    return verdicts;
  }

  private static String words(String verdict) {
    return verdict.replace('_', ' ');
  }

  private static Map<String, Object> totals(JsonNode report) {
    Map<String, Object> totals = new LinkedHashMap<>();
    totals.put("clauses", report.path("clauses").size());
    int observations = 0;
    for (JsonNode clause : report.path("clauses")) {
      observations += clause.path("observations").asInt();
    }
    totals.put("observations", observations);
    for (String count : List.of("expected", "run", "failures", "errors", "skipped")) {
      int sum = 0;
      for (JsonNode suite : report.path("suites")) {
        sum += suite.path(count).asInt();
      }
      totals.put(count, sum);
    }
    int calls = 0;
    for (JsonNode part : report.path("traffic")) {
      for (JsonNode sent : part.path("sent")) {
        calls += sent.asInt();
      }
    }
    totals.put("calls", calls);
    return totals;
  }

  private static Map<String, Object> kills(JsonNode table) {
    Map<String, Object> kills = new LinkedHashMap<>();
    kills.put("there", table.isObject());
    kills.put("faults", rows(table.path("faults"), "breaks"));
    kills.put("lawful", rows(table.path("lawful"), "differs"));
    kills.put("killed", count(table.path("faults"), "KILLED"));
    kills.put("passed", count(table.path("lawful"), "PASSED"));
    List<String> never = new ArrayList<>();
    table.path("neverKilled").forEach(id -> never.add(id.asString("")));
    kills.put("never", never);
    return kills;
  }

  private static List<Map<String, Object>> rows(JsonNode rows, String what) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (JsonNode row : rows) {
      Map<String, Object> cells = new LinkedHashMap<>();
      for (String name : List.of("name", "group", "outcome", "message")) {
        cells.put(name, row.path(name).asString(""));
      }
      cells.put("what", row.path(what).asString(""));
      for (String name : LISTS.split(" ", -1)) {
        List<String> texts = new ArrayList<>();
        row.path(name).forEach(each -> texts.add(each.asString("")));
        cells.put(name, texts);
      }
      all.add(cells);
    }
    return all;
  }

  private static int count(JsonNode rows, String outcome) {
    int count = 0;
    for (JsonNode row : rows) {
      count += row.path("outcome").asString("").equals(outcome) ? 1 : 0;
    }
    return count;
  }

  /** The changes since an earlier run, by kind. */
  private static Map<String, List<Map<String, Object>>> changes(JsonNode comparison) {
    Map<String, List<Map<String, Object>>> changes = new LinkedHashMap<>();
    for (JsonNode change : comparison.path("changes")) {
      changes
          .computeIfAbsent(change.path("change").asString(), kind -> new ArrayList<>())
          .add(
              Map.of(
                  "clause", change.path("clause").asString(),
                  "before", words(change.path("before").asString()),
                  "now", words(change.path("now").asString())));
    }
    return changes;
  }

  @SuppressWarnings("unchecked") // A JSON object is a map with text for keys.
  private static Map<String, Object> map(JsonNode object) {
    return Json.mapper().convertValue(object, LinkedHashMap.class);
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream("/" + FOLDER + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
