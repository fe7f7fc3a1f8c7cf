package asyncinfo.report;

import asyncinfo.endpoint.RequestCounts;
import asyncinfo.report.ReportDocument.ClauseEntry;
import asyncinfo.report.ReportDocument.FindingEntry;
import asyncinfo.report.ReportDocument.LimitEntry;
import asyncinfo.verdict.Outcome;
import asyncinfo.verdict.Progress;
import asyncinfo.verdict.Verdict;
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
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The report as one self-contained HTML page. Everything that an endpoint sent is text: the
 * template engine escapes it, and the content security policy of the page admits only its own
 * script, by its hash, and no request. Wording and layout are in {@code report/page.html}.
 */
final class HtmlReport {
  private static final String FOLDER = "report/";
  private static final int FINDINGS = 3;
  private static final Set<Outcome> SHOWN = Set.of(Outcome.FAILED, Outcome.ERROR);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final PebbleEngine ENGINE =
      new PebbleEngine.Builder()
          .loader(new ClasspathLoader(HtmlReport.class.getClassLoader()))
          .autoEscaping(true)
          .strictVariables(true)
          .defaultLocale(Locale.ROOT)
          .build();

  private HtmlReport() {}

  /**
   * The clauses whose ids have a prefix in common.
   *
   * @param source the source that they have in common; empty where they have none
   */
  record Section(String prefix, List<SourcePart> source, List<ClauseRow> clauses) {
    static Section of(String prefix, List<ClauseRow> clauses) {
      boolean common = clauses.stream().map(row -> row.entry.source()).distinct().count() == 1;
      return new Section(prefix, common ? clauses.get(0).source : List.of(), clauses);
    }
  }

  /**
   * A part of a source.
   *
   * @param href where it links to; empty for plain text
   */
  record SourcePart(String text, String href) {
    private static final Pattern ADDRESS =
        Pattern.compile("\\b(?:[a-z0-9-]+\\.)+[a-z]{2,}/[\\w./-]*\\w");

    static List<SourcePart> of(String source) {
      List<SourcePart> parts = new ArrayList<>();
      Matcher address = ADDRESS.matcher(source);
      int end = 0;
      while (address.find()) {
        parts.add(new SourcePart(source.substring(end, address.start()), ""));
        parts.add(new SourcePart(address.group(), "https://" + address.group()));
        end = address.end();
      }
      parts.add(new SourcePart(source.substring(end), ""));
      return parts;
    }
  }

  /**
   * One clause, with the findings that are worth showing and its live evidence in words.
   *
   * @param differs whether the APIs that it binds have different verdicts
   */
  record ClauseRow(
      ClauseEntry entry,
      List<SourcePart> source,
      List<FindingEntry> findings,
      boolean differs,
      String live) {
    static ClauseRow of(ClauseEntry entry) {
      return new ClauseRow(
          entry,
          SourcePart.of(entry.source()),
          distinct(entry.findings()),
          Set.copyOf(entry.verdicts().values()).size() > 1,
          live(entry.live()));
    }

    private static List<FindingEntry> distinct(List<FindingEntry> findings) {
      Map<List<String>, FindingEntry> distinct = new LinkedHashMap<>();
      findings.stream()
          .filter(finding -> SHOWN.contains(finding.outcome()))
          .forEach(
              finding ->
                  distinct.putIfAbsent(
                      List.of(finding.api(), finding.expected(), finding.actual()), finding));
      return distinct.values().stream().limit(FINDINGS).toList();
    }

    private static String live(Map<String, EvidenceAge.Seen> live) {
      if (live == null) {
        return "";
      }
      Map<String, List<String>> apis = new LinkedHashMap<>();
      live.forEach(
          (api, seen) -> apis.computeIfAbsent(words(seen), words -> new ArrayList<>()).add(api));
      return apis.entrySet().stream()
          .map(
              each ->
                  each.getKey()
                      + (apis.size() > 1 ? " for " + String.join(", ", each.getValue()) : ""))
          .collect(Collectors.joining("; ", "Live: ", ""));
    }

    private static String words(EvidenceAge.Seen seen) {
      return seen == null
          ? "no evidence"
          : VerdictText.label(seen.verdict()) + ", " + EvidenceAge.ago(seen.days());
    }
  }

  /** The limit of one API, with its chart. */
  record LimitRow(LimitEntry entry, LimitChart chart) {
    static LimitRow of(LimitEntry entry) {
      return new LimitRow(entry, LimitChart.of(entry.columns(), entry.requests()));
    }
  }

  /** Number of clauses with a verdict. */
  record VerdictCount(Verdict verdict, String label, long count) {}

  /** Problems by what they do to the build. */
  record Problems(List<Problem> red, List<Problem> deviations) {
    static Problems of(List<Problem> all) {
      return new Problems(
          all.stream().filter(Problem::red).toList(),
          all.stream()
              .filter(problem -> !problem.red() && problem.verdict() == Verdict.DEVIATES)
              .toList());
    }
  }

  /** Number of clauses with a basis. */
  record BasisCount(String basis, long count) {}

  /** Sums over all suites and parts of the run. */
  record Totals(
      int clauses,
      long proved,
      long waived,
      int observations,
      int requests,
      int expected,
      int run,
      int failures,
      int errors,
      int skipped) {
    static Totals of(ReportDocument report) {
      return new Totals(
          report.clauses().size(),
          report.counts().get(Verdict.PASS),
          report.counts().get(Verdict.WAIVED),
          report.clauses().stream().mapToInt(ClauseEntry::observations).sum(),
          report.traffic().stream().mapToInt(RequestCounts::calls).sum(),
          sum(report, Progress.Suite::expected),
          sum(report, Progress.Suite::run),
          sum(report, Progress.Suite::failures),
          sum(report, Progress.Suite::errors),
          sum(report, Progress.Suite::skipped));
    }

    private static int sum(ReportDocument report, ToIntFunction<Progress.Suite> count) {
      return report.suites().stream().mapToInt(count).sum();
    }
  }

  /** Returns the page of a report. */
  static String of(ReportDocument report) {
    String script = resource("page.js");
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("report", report);
    model.put("when", minute(report.written()));
    model.put("recorded", report.replay() == null ? "" : minute(report.replay().recorded()));
    model.put(
        "recordedAgo", report.replay() == null ? "" : EvidenceAge.ago(report.replay().days()));
    model.put("style", resource("page.css"));
    model.put("script", script);
    model.put("scriptHash", sha256(script));
    model.put("limits", report.limits().stream().map(LimitRow::of).toList());
    model.put("sections", sections(report));
    model.put("verdicts", verdicts(report));
    model.put("bases", bases(report));
    model.put("problems", Problems.of(report.problems()));
    model.put("totals", Totals.of(report));
    model.put("changes", groups(report.comparison(), c -> c.changes(), c -> c.change()));
    model.put("stale", groups(report.live(), live -> live.stale(), stale -> stale.why()));
    StringWriter page = new StringWriter();
    try {
      ENGINE.getTemplate(FOLDER + "page.html").evaluate(page, model);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the page", e);
    }
    return page.toString();
  }

  private static String minute(String instant) {
    return MINUTE.format(Instant.parse(instant));
  }

  private static List<Section> sections(ReportDocument report) {
    return report.clauses().stream()
        .collect(
            Collectors.groupingBy(
                clause -> clause.id().substring(0, clause.id().lastIndexOf('/')),
                LinkedHashMap::new,
                Collectors.mapping(ClauseRow::of, Collectors.toList())))
        .entrySet()
        .stream()
        .map(each -> Section.of(each.getKey(), each.getValue()))
        .toList();
  }

  private static List<VerdictCount> verdicts(ReportDocument report) {
    return report.counts().entrySet().stream()
        .map(e -> new VerdictCount(e.getKey(), VerdictText.label(e.getKey()), e.getValue()))
        .toList();
  }

  private static List<BasisCount> bases(ReportDocument report) {
    return report.clauses().stream()
        .collect(
            Collectors.groupingBy(ClauseEntry::basis, LinkedHashMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(each -> new BasisCount(each.getKey(), each.getValue()))
        .toList();
  }

  private static <R, T> Map<String, List<T>> groups(
      R source, Function<R, List<T>> members, Function<T, String> key) {
    return source == null
        ? Map.of()
        : members.apply(source).stream()
            .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
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
