package asyncinfo.drift;

import asyncinfo.contract.Api;
import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Example;
import asyncinfo.contract.Field;
import asyncinfo.contract.Json;
import asyncinfo.contract.Limit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the page that an API would have, as text, for tests. */
final class PageFixture {
  private final Api api;
  private final PageTemplate format;
  private final String separator;

  private PageFixture(Api api, PageTemplate format, String separator) {
    this.api = api;
    this.format = format;
    this.separator = separator;
  }

  /**
   * Writes a page.
   *
   * @param separator what stands between the columns of a table
   */
  static String of(Api api, PageTemplate format, String separator) {
    return new PageFixture(api, format, separator).text();
  }

  private String text() {
    return String.join(
        "\n",
        "tencent cloud\n",
        api.title() + "\n",
        format.lastUpdated().get(0).replace("{date}", api.lastUpdated()) + "\n",
        description(),
        heading(Section.INPUT) + sentence(3),
        inputs(),
        heading(Section.OUTPUT),
        outputs(),
        heading(Section.EXAMPLE),
        examples(),
        heading(Section.RESOURCES) + "SDK\n",
        heading(Section.ERROR) + sentence(4),
        errors(),
        "Contact Us\n\nContact our sales team.\n");
  }

  private String heading(Section section) {
    return format.heading(section) + "\n\n";
  }

  private String sentence(int index) {
    return format.sentences().get(index) + "\n\n";
  }

  private String description() {
    return heading(Section.DESCRIPTION)
        + format.domain().get(0).replace("{domain}", api.domain())
        + "\n\n"
        + api.description()
        + "\n\n"
        + limit(api.limit())
        + "\n\n"
        + String.join("\n", format.sentences().subList(0, 3))
        + "\n\n";
  }

  private String limit(Limit limit) {
    Map.Entry<String, Integer> unit =
        format.periods().entrySet().stream()
            .filter(period -> limit.seconds() % period.getValue() == 0)
            .max(Map.Entry.comparingByValue())
            .orElseThrow();
    int units = limit.seconds() / unit.getValue();
    return format
        .limit()
        .get(0)
        .replace("{requests}", Integer.toString(limit.requests()))
        .replace(
            "{period}",
            units == 1 ? "per " + unit.getKey() : "every %d %ss".formatted(units, unit.getKey()));
  }

  private String table(List<String> head, List<List<String>> rows) {
    String lines =
        rows.stream()
            .map(row -> String.join(separator, row).strip())
            .collect(Collectors.joining("\n"));
    return String.join(separator, head) + "\n" + lines + "\n";
  }

  private String inputs() {
    return table(
        format.head(Column.INPUT),
        api.inputs().stream()
            .map(m -> List.of(m.name(), flag(m.required()), m.type(), description(m)))
            .toList());
  }

  private String flag(boolean required) {
    return format.required().entrySet().stream()
        .filter(word -> word.getValue() == required)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private String outputs() {
    return table(
        format.head(Column.OUTPUT),
        api.outputs().stream().map(m -> List.of(m.name(), m.type(), description(m))).toList());
  }

  private String description(Field member) {
    if (member.values().isEmpty()) {
      return member.description();
    }
    String values =
        member.values().stream().map(PageFixture::value).collect(Collectors.joining(", "));
    return (member.description() + " " + format.lists().get(0) + " " + values).strip();
  }

  private static String value(DocumentedValue value) {
    return value.value()
        + (value.description().isEmpty() ? "" : " (%s)".formatted(value.description()));
  }

  private String examples() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < api.examples().size(); i++) {
      Example example = api.examples().get(i);
      text.append(
              format
                  .examples()
                  .heading()
                  .get(0)
                  .replace("{number}", Integer.toString(i + 1))
                  .replace("{title}", example.title()))
          .append("\n\n" + format.examples().input().get(0) + "\n\n")
          .append("https://%s/?Action=%s\n".formatted(api.domain(), api.action()));
      example.request().forEach((name, value) -> text.append("&%s=%s\n".formatted(name, value)));
      text.append("&" + format.examples().commonParameters().get(0) + "\n\n")
          .append(format.examples().output().get(0) + "\n\n")
          .append(Json.pretty().writeValueAsString(example.response()))
          .append("\n\n");
    }
    return text.toString();
  }

  private String errors() {
    return table(
        format.head(Column.ERROR),
        api.errors().stream().map(e -> List.of(e.value(), e.description())).toList());
  }
}
