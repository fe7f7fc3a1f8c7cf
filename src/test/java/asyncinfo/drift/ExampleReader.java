package asyncinfo.drift;

import asyncinfo.contract.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** Reads section 4: requests as URLs, or as HTTP with a JSON body, and outputs in JSON. */
final class ExampleReader {
  private static final Pattern URL = Pattern.compile("(?:GET +)?https?://([^/?]+)/?\\?(.*)");
  private static final Pattern HOST = Pattern.compile("(?m)^Host: *(\\S+)$");
  private static final Pattern HEADER = Pattern.compile("(?m)^X-TC-(\\w+): *(\\S+)$");

  private final PageTemplate page;
  private final PageTemplate.Examples format;
  private final List<Pattern> headings;
  private final List<PageLine> around = new ArrayList<>();

  ExampleReader(PageTemplate format) {
    this.page = format;
    this.format = format.examples();
    this.headings =
        SentencePattern.patterns(
            this.format.heading().stream().map(h -> h.replace("} {", "}{")).toList(),
            Map.of("number", " *\\d+", "title", "(?: *[:：.-])?(?: .*)?"));
  }

  /** A request as far as it can be read. */
  private record Request(String host, Map<String, String> parameters, String problem) {}

  /** The lines that belong to no example, or stand behind its output. */
  List<PageLine> around() {
    return around;
  }

  /**
   * Reads the examples.
   *
   * @throws UnreadablePageException when one has no input or no output
   */
  List<PageExample> read(List<PageLine> section) {
    List<List<PageLine>> blocks = new ArrayList<>();
    List<PageLine> lines =
        section.stream().filter(line -> !PageTemplate.isOneOf(line, page.frame())).toList();
    for (PageLine line : lines) {
      if (title(line.words()).isPresent()) {
        blocks.add(new ArrayList<>());
      }
      (blocks.isEmpty() ? around : blocks.get(blocks.size() - 1)).add(line);
    }
    around.stream()
        .filter(line -> is(line, format.input()) || is(line, format.output()))
        .findFirst()
        .ifPresent(
            line -> {
              throw UnreadablePageException.at(line, "stands under no example's title");
            });
    return blocks.stream().map(this::example).toList();
  }

  private static boolean is(PageLine line, List<String> markers) {
    PageLine plain = new PageLine(line.number(), line.text().replaceAll("[:：#*]+", " ").strip());
    return PageTemplate.isOneOf(plain, markers);
  }

  /** The title in a heading; empty where the words are none. */
  private Optional<String> title(String words) {
    return headings.stream()
        .map(heading -> heading.matcher(words.replaceFirst("^#+ *", "")))
        .filter(Matcher::matches)
        .map(found -> found.group("title").replaceFirst("^ *[:：.-]?", "").strip())
        .findFirst();
  }

  private PageExample example(List<PageLine> block) {
    int input = marker(block, format.input());
    int output = marker(block, format.output());
    if (output < input) {
      throw UnreadablePageException.at(block.get(output), "stands before the input");
    }
    Request request = request(block.subList(input + 1, output));
    return withOutput(
        new PageExample(
            title(words(heading(block.subList(0, Math.max(1, input))))).orElse(""),
            request.host(),
            request.parameters(),
            Optional.empty(),
            request.problem()),
        json(block.subList(output + 1, block.size())));
  }

  /** The lines of the title; those that an empty line separates from it belong to no example. */
  private List<PageLine> heading(List<PageLine> lines) {
    int end = 1;
    while (end < lines.size() && lines.get(end).number() == lines.get(end - 1).number() + 1) {
      end++;
    }
    around.addAll(lines.subList(end, lines.size()));
    return lines.subList(0, end);
  }

  private static PageExample withOutput(PageExample example, List<PageLine> json) {
    try {
      return example.with(Optional.of(Json.read(text(json))), example.problem());
    } catch (JacksonException e) {
      return example.with(Optional.empty(), noJson("an output", json, e));
    }
  }

  private static String text(List<PageLine> lines) {
    return lines.stream().map(PageLine::text).collect(Collectors.joining("\n"));
  }

  private static String noJson(String what, List<PageLine> lines, JacksonException e) {
    if (lines.isEmpty()) {
      return what + " without JSON";
    }
    int at = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    PageLine line = lines.get(Math.max(1, Math.min(at, lines.size())) - 1);
    return "%s with line %d that is no JSON: %s".formatted(what, line.number(), line.words());
  }

  private static int marker(List<PageLine> block, List<String> markers) {
    for (int i = 0; i < block.size(); i++) {
      if (is(block.get(i), markers)) {
        return i;
      }
    }
    throw UnreadablePageException.at(
        block.get(0), "has no \"%s\" below it".formatted(markers.get(0)));
  }

  private static String words(List<PageLine> lines) {
    return lines.stream().map(PageLine::words).collect(Collectors.joining(" "));
  }

  /** The lines from the first brace to the last; what stands around them is kept. */
  private List<PageLine> json(List<PageLine> lines) {
    int from = firstOf(lines, "{");
    int to = lines.size();
    while (to > from && !lines.get(to - 1).text().endsWith("}")) {
      to--;
    }
    around.addAll(lines.subList(0, from));
    around.addAll(lines.subList(to, lines.size()));
    return lines.subList(from, to);
  }

  private Request request(List<PageLine> lines) {
    Matcher url = URL.matcher(lines.stream().map(PageLine::text).collect(Collectors.joining()));
    if (url.matches()) {
      return ofUrl(url.group(1), url.group(2));
    }
    int body = firstOf(lines, "{");
    if (firstOf(lines, "POST ") == 0 && body < lines.size()) {
      return ofHttp(text(lines.subList(0, body)), lines.subList(body, lines.size()));
    }
    return new Request("", Map.of(), "a request of another form: \"%s\"".formatted(words(lines)));
  }

  private static int firstOf(List<PageLine> lines, String start) {
    int at = 0;
    while (at < lines.size() && !lines.get(at).text().startsWith(start)) {
      at++;
    }
    return at;
  }

  private Request ofUrl(String host, String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parameters.put(part.substring(0, equals), decoded(part.substring(equals + 1)));
      } else if (!part.isEmpty()
          && format.commonParameters().stream().noneMatch(part::equalsIgnoreCase)) {
        return new Request(host, parameters, "a request with \"%s\"".formatted(part));
      }
    }
    return new Request(host, parameters, "");
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value; // Pages do not always encode.
    }
  }

  private static Request ofHttp(String head, List<PageLine> body) {
    Map<String, String> parameters = new LinkedHashMap<>();
    HEADER.matcher(head).results().forEach(h -> parameters.put(h.group(1), h.group(2)));
    Matcher host = HOST.matcher(head);
    String name = host.find() ? host.group(1) : "";
    try {
      Json.read(text(body))
          .properties()
          .forEach(p -> parameters.put(p.getKey(), p.getValue().asString(p.getValue().toString())));
      return new Request(name, parameters, "");
    } catch (JacksonException e) {
      return new Request(name, parameters, noJson("a request", body, e));
    }
  }
}
