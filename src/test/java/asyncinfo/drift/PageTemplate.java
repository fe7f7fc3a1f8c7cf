package asyncinfo.drift;

import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The wording that all pages share: {@code schemas/common/page.json}. Gaps stand in braces. Of
 * several wordings the usual one stands first.
 *
 * @param headings the headings, by the number of the section
 * @param lastUpdated the line with the page's date
 * @param domain the sentence with the domain name
 * @param limit the sentence with the request frequency
 * @param periods the units of the limit's period, in seconds
 * @param columns the heads of the columns of tables
 * @param required the words of the column "Required"
 * @param types the types that pages name, of each JSON type the plain one first
 * @param arrayOf the words before the type of an array's items
 * @param constant the sentence that gives a parameter its only value
 * @param nullable the words by which a field may be null
 * @param lists the words before a list of values
 * @param ranges the words before a range or a list of values
 * @param labels the words before a colon that are no values
 * @param finalWords the words of a state that a task keeps
 * @param conjunctions the words between the last two values of a list
 * @param examples the marks of examples
 * @param sentences the sentences that state nothing about the API
 * @param frame the lines that belong to the site
 * @param end the first words of the lines behind the end of a page
 */
record PageTemplate(
    Map<Integer, List<String>> headings,
    List<String> lastUpdated,
    List<String> domain,
    List<String> limit,
    Map<String, Integer> periods,
    Map<String, List<String>> columns,
    Map<String, Boolean> required,
    List<Type> types,
    String arrayOf,
    String constant,
    List<String> nullable,
    List<String> lists,
    List<String> ranges,
    List<String> labels,
    @JsonProperty("final") List<String> finalWords,
    List<String> conjunctions,
    Examples examples,
    List<String> sentences,
    List<String> frame,
    List<String> end) {

  /** A type that pages name, and the type that its values have in JSON. */
  record Type(String name, String json) {}

  /** The marks of section 4. */
  record Examples(
      List<String> heading,
      List<String> input,
      List<String> output,
      List<String> commonParameters) {
    Examples {
      input = plain(input);
      output = plain(output);
    }
  }

  /** Keeps the words that lines are compared with in their plain form. */
  PageTemplate {
    headings = plain(headings);
    columns = plain(columns);
    frame = plain(frame);
  }

  private static final String FILE = "common/page.json";

  private static final Pattern SINGLE_QUOTE = Pattern.compile("[‘’‚′]");
  private static final Pattern DOUBLE_QUOTE = Pattern.compile("[“”„″「」]");
  private static final Pattern DASH = Pattern.compile("[‐‑‒–—−]");
  private static final Pattern PARENTHESIS = Pattern.compile(" ?([()]) ?");

  static PageTemplate of(Specification specification) {
    return Json.mapper().treeToValue(specification.data(FILE), PageTemplate.class);
  }

  /** Returns a text with plain spaces, plain punctuation and letters of one width. */
  static String plain(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
    plain = SINGLE_QUOTE.matcher(plain).replaceAll("'");
    plain = DOUBLE_QUOTE.matcher(plain).replaceAll("\"");
    plain = DASH.matcher(plain).replaceAll("-");
    plain = PageLine.singleSpaced(plain.replace('。', '.').replace('、', ','));
    return PARENTHESIS.matcher(plain).replaceAll("$1").strip();
  }

  private static List<String> plain(List<String> texts) {
    return texts.stream().map(PageTemplate::plain).toList();
  }

  private static <K> Map<K, List<String>> plain(Map<K, List<String>> texts) {
    return texts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> plain(entry.getValue())));
  }

  /** Returns whether a line is one of some plain words, ignoring case and width. */
  static boolean isOneOf(PageLine line, List<String> words) {
    String text = plain(line.words());
    return words.stream().anyMatch(text::equalsIgnoreCase);
  }

  /** Returns the lines before the end of the page. */
  List<PageLine> untilEnd(List<PageLine> lines) {
    Pattern first =
        Pattern.compile(
            end.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")\\b")));
    return lines.stream().takeWhile(line -> !first.matcher(line.words()).lookingAt()).toList();
  }

  /** The usual heading of a section. */
  String heading(Section section) {
    return headings.get(section.number()).get(0);
  }

  /** The usual head of a table. */
  List<String> head(List<Column> table) {
    return table.stream().map(column -> heads(column).get(0)).toList();
  }

  /** The heads that a column may have. */
  List<String> heads(Column column) {
    return columns.get(column.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Returns whether a word of the column "Required" means so; empty where it is none of its words.
   */
  Optional<Boolean> required(String word) {
    return required.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(word))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * The JSON type of a type that pages name: {@code string}, {@code array of integer}. A name that
   * is not common to pages is that of a structure.
   */
  String json(String type) {
    if (type.startsWith(arrayOf)) {
      return "array of " + json(type.substring(arrayOf.length()));
    }
    return types.stream()
        .filter(t -> t.name().equals(type))
        .map(Type::json)
        .findFirst()
        .orElse("object");
  }

  /** Returns whether a type, or that of an array's items, is common to pages. */
  boolean isCommon(String type) {
    String item = type.replace(arrayOf, "");
    return types.stream().anyMatch(t -> t.name().equals(item));
  }

  /** Returns whether a type adds nothing to its JSON type, as {@code String}, unlike a date. */
  boolean plainType(String type) {
    String item = type.replace(arrayOf, "");
    return types.stream()
        .filter(t -> t.json().equals(json(item)))
        .limit(1)
        .anyMatch(t -> t.name().equals(item));
  }
}
