package asyncinfo.drift;

import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every page has, whatever its API: {@code schemas/common/page.json}. Gaps stand in braces.
 *
 * @param headings the headings, by the number of the section
 * @param lastUpdated the line with the page's date
 * @param domain the sentence with the domain name
 * @param limit the forms of the sentence with the request frequency
 * @param periods the units of the limit's period, in seconds
 * @param tables the heads of the three tables
 * @param required the words of the column "Required"
 * @param types the types that pages name, of each JSON type the plain one first
 * @param arrayOf what stands before the type of an array's items
 * @param constant the sentence that gives a parameter its only value
 * @param lists what stands before a list of values
 * @param conjunctions what may stand between the last two values of a list
 * @param examples how examples are written
 * @param sentences what says nothing of the API
 * @param end how the lines behind the end of a page begin
 */
record PageTemplate(
    Map<Integer, String> headings,
    String lastUpdated,
    String domain,
    List<String> limit,
    Map<String, Integer> periods,
    Tables tables,
    Map<String, Boolean> required,
    List<Type> types,
    String arrayOf,
    String constant,
    List<String> lists,
    List<String> conjunctions,
    Examples examples,
    List<String> sentences,
    List<String> end) {

  /** The heads of the tables in sections 2, 3 and 6. */
  record Tables(List<String> input, List<String> output, List<String> error) {}

  /** A type that pages name, and the type that its values have in JSON. */
  record Type(String name, String json) {}

  /** How section 4 is written. */
  record Examples(String heading, String input, String output, String commonParameters) {}

  private static final String FILE = "common/page.json";

  static PageTemplate of(Specification specification) {
    return Json.mapper().treeToValue(specification.data(FILE), PageTemplate.class);
  }

  /** The heading of a section. */
  String heading(Section section) {
    return headings.get(section.number());
  }

  /** Whether a word of the column "Required" says so; empty where it is none of its words. */
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

  /**
   * Whether a type says no more than its JSON type does, as {@code String}, unlike {@code Date}.
   */
  boolean plain(String type) {
    String item = type.replace(arrayOf, "");
    return types.stream()
        .filter(t -> t.json().equals(json(item)))
        .limit(1)
        .anyMatch(t -> t.name().equals(item));
  }
}
