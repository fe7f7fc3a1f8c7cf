package asyncinfo.drift;

import static asyncinfo.drift.Difference.NOTHING;
import static asyncinfo.drift.Difference.quoted;

import asyncinfo.contract.Api;
import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Field;
import asyncinfo.contract.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Compares a page with the schemas of its API, section by section. */
final class PageComparison {
  private static final String SOURCE = "the page";
  private static final String NULLABLE = "may be null";
  private static final String NOT_NULL = "never null";

  private final Api api;
  private final ApiPage page;
  private final PageContext contract;
  private final PageTemplate format;
  private final List<Difference> differences = new ArrayList<>();

  private PageComparison(Api api, ApiPage page, PageContext contract) {
    this.api = api;
    this.page = page;
    this.contract = contract;
    this.format = contract.format();
  }

  /** Compares a page with its API. */
  static Differences of(Api api, ApiPage page, PageContext contract) {
    PageComparison comparison = new PageComparison(api, page, contract);
    comparison.head();
    comparison.description();
    comparison.inputs();
    comparison.outputs();
    comparison.examples();
    comparison.errors();
    comparison.otherSentences();
    return new Differences(comparison.differences);
  }

  private void add(
      Severity severity, String about, String found, String promised, SchemaFile file) {
    differences.add(
        new Difference(severity, api.id() + "/" + about, SOURCE, found, promised, file.of(api)));
  }

  private void lost(String about, String promised, SchemaFile file) {
    add(Severity.BREAKING, about, NOTHING, promised, file);
  }

  /** Reports something new with the page's description of it. */
  private void added(String about, String found, String description, SchemaFile file) {
    String words =
        description.isEmpty() ? "" : " (%s)".formatted(PageLine.singleSpaced(description));
    add(Severity.ADDED, about, found + words, NOTHING, file);
  }

  private void compare(
      Severity severity, String about, String found, String promised, SchemaFile file) {
    if (!found.equals(promised)) {
      add(severity, about, found, promised, file);
    }
  }

  private void wording(String about, String found, String promised, SchemaFile file) {
    Sentences.compare(found, promised)
        .forEach(
            change ->
                add(
                    Severity.WORDING,
                    about,
                    quoted(change.found()),
                    quoted(change.promised()),
                    file));
  }

  private void head() {
    String title = quoted(page.title());
    compare(Severity.WORDING, "title", title, quoted(api.title()), SchemaFile.API);
    String date = quoted(page.lastUpdated());
    compare(Severity.WORDING, "date", date, quoted(api.lastUpdated()), SchemaFile.API);
    wording("head", page.banner(), "", SchemaFile.API);
  }

  // ---- section 1

  private void description() {
    single("1/domain", page.domains(), api.domain(), domain -> domain);
    single("1/limit", page.limits(), api.limit(), PageComparison::words);
    wording("1", sentences(Section.DESCRIPTION), api.description(), SchemaFile.API);
  }

  /** A page has one sentence for it; where it has several, those that differ count. */
  private <T> void single(String about, List<T> found, T promised, Function<T, String> words) {
    if (found.isEmpty()) {
      lost(about, words.apply(promised), SchemaFile.API);
    }
    for (T each : found) {
      compare(Severity.BREAKING, about, words.apply(each), words.apply(promised), SchemaFile.API);
    }
  }

  private static String words(Limit limit) {
    return "%d requests in %s"
        .formatted(limit.requests(), Differences.count(limit.seconds(), "second"));
  }

  private String sentences(Section section) {
    return page.sentences().getOrDefault(section, "");
  }

  // ---- sections 2 and 3

  private void inputs() {
    for (Field member : api.inputs()) {
      row(page.inputs(), member.name())
          .ifPresentOrElse(
              row -> input(row, member),
              () -> lost(input(member.name()), words(member), SchemaFile.REQUEST));
    }
    unknown(page.inputs(), api.inputs()).forEach(this::newInput);
  }

  private static String input(String name) {
    return "2/" + name;
  }

  private static String words(Field input) {
    return input.type() + ", " + flag(input.required());
  }

  private static String flag(boolean required) {
    return required ? "required" : "optional";
  }

  private void input(ParameterRow row, Field member) {
    String about = input(member.name());
    String flag = flag(row.required());
    compare(Severity.BREAKING, about, flag, flag(member.required()), SchemaFile.REQUEST);
    // A listed value of a parameter has no clause of its own.
    cells(row, member, about, value -> about, SchemaFile.REQUEST);
  }

  /** Old clients do not send a new parameter, so it breaks them where it is required. */
  private void newInput(ParameterRow row) {
    String words = row.type() + ", " + flag(row.required());
    if (row.required()) {
      add(Severity.BREAKING, input(row.name()), words, NOTHING, SchemaFile.REQUEST);
    } else {
      added(input(row.name()), words, row.description(), SchemaFile.REQUEST);
    }
  }

  private void outputs() {
    for (Field member : api.outputs()) {
      String about = "3/" + member.name();
      row(page.outputs(), member.name())
          .ifPresentOrElse(
              row -> cells(row, member, about, value -> about + "=" + value, SchemaFile.SUCCESS),
              () -> lost(about, member.type(), SchemaFile.SUCCESS));
    }
    unknown(page.outputs(), api.outputs())
        .forEach(
            row -> added("3/" + row.name(), row.type(), row.description(), SchemaFile.SUCCESS));
  }

  private static Optional<ParameterRow> row(List<ParameterRow> rows, String name) {
    return rows.stream().filter(row -> row.name().equals(name)).findFirst();
  }

  private static Stream<ParameterRow> unknown(List<ParameterRow> rows, List<Field> members) {
    return rows.stream()
        .filter(row -> members.stream().noneMatch(m -> m.name().equals(row.name())));
  }

  private void cells(
      ParameterRow row,
      Field member,
      String about,
      Function<String, String> aboutValue,
      SchemaFile file) {
    severityOfType(row.type(), member.type())
        .ifPresent(severity -> add(severity, about, row.type(), member.type(), file));
    Description found = Description.of(row.description(), format);
    Description promised = Description.of(member.description(), format);
    nullable(found.nullable(), member.nullable() || promised.nullable(), about, file);
    String constant = quoted(found.constant().orElse(""));
    compare(Severity.BREAKING, about, constant, quoted(promised.constant().orElse("")), file);
    described(found.values(), values(member, promised), aboutValue, file);
    wording(about, found.words(), promised.words(), file);
  }

  /** Null is one more value that a field may have. */
  private void nullable(boolean found, boolean promised, String about, SchemaFile file) {
    if (found != promised) {
      Severity severity = found ? Severity.ADDED : Severity.BREAKING;
      add(severity, about, found ? NULLABLE : NOT_NULL, promised ? NULLABLE : NOT_NULL, file);
    }
  }

  /** The values of a schema, or else those that its description lists. */
  private static List<DocumentedValue> values(Field member, Description description) {
    return member.values().isEmpty()
        ? description.values()
        : member.values().stream().map(PageComparison::withoutStop).toList();
  }

  /** A note in a list has no full stop of its own. */
  private static DocumentedValue withoutStop(DocumentedValue value) {
    return new DocumentedValue(value.value(), value.description().replaceFirst("\\.$", ""));
  }

  /** Compares two types; if {@code schemas/} do not name a structure, any name matches. */
  private Optional<Severity> severityOfType(String found, String promised) {
    if (!format.json(found).equals(format.json(promised))) {
      return Optional.of(Severity.BREAKING);
    }
    boolean unnamed = format.plainType(promised) && format.json(promised).endsWith("object");
    if (found.equals(promised) || unnamed) {
      return Optional.empty();
    }
    return Optional.of(format.plainType(promised) ? Severity.ADDED : Severity.BREAKING);
  }

  /** Compares values or codes, with their descriptions. */
  private void described(
      List<DocumentedValue> found,
      List<DocumentedValue> promised,
      Function<String, String> about,
      SchemaFile file) {
    for (DocumentedValue each : promised) {
      String id = about.apply(each.value());
      described(found, each.value())
          .ifPresentOrElse(
              there -> wording(id, there.description(), each.description(), file),
              () -> lost(id, quoted(each.value()), file));
    }
    found.stream()
        .filter(f -> described(promised, f.value()).isEmpty())
        .forEach(f -> added(about.apply(f.value()), quoted(f.value()), f.description(), file));
  }

  private static Optional<DocumentedValue> described(List<DocumentedValue> list, String value) {
    return list.stream().filter(each -> each.value().equals(value)).findFirst();
  }

  // ---- sections 4 and 6

  private void examples() {
    ExampleComparison.of(api, page, contract.commonParameters())
        .forEach(f -> add(f.severity(), f.about(), f.found(), f.promised(), SchemaFile.API));
  }

  private void errors() {
    described(page.errors(), api.errors(), code -> "6/" + code, SchemaFile.ERROR);
  }

  private void otherSentences() {
    wording("2", sentences(Section.INPUT), "", SchemaFile.REQUEST);
    wording("3", sentences(Section.OUTPUT), "", SchemaFile.SUCCESS);
    wording("4", sentences(Section.EXAMPLE), "", SchemaFile.API);
    wording("6", sentences(Section.ERROR), "", SchemaFile.ERROR);
  }
}
