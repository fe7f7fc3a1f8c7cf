package asyncinfo.drift;

import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Limit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of a page.
 *
 * @param title its title; empty where it has none
 * @param lastUpdated its date, as printed; empty where it has none
 * @param banner what stands between the date and the first section
 * @param domains the domain names for requests (section 1), which should be one
 * @param limits the request frequencies (section 1), which should be one
 * @param inputs the input table (section 2)
 * @param outputs the output table (section 3)
 * @param examples the examples (section 4)
 * @param errors the error codes (section 6)
 * @param sentences the remaining text of each section, without the sentences of every page
 */
record ApiPage(
    String title,
    String lastUpdated,
    String banner,
    List<String> domains,
    List<Limit> limits,
    List<ParameterRow> inputs,
    List<ParameterRow> outputs,
    List<PageExample> examples,
    List<DocumentedValue> errors,
    Map<Section, String> sentences) {

  /** The only value of a parameter, by which the page's API is known. */
  Optional<String> constant(String parameter, PageTemplate format) {
    return inputs.stream()
        .filter(row -> row.name().equals(parameter))
        .findFirst()
        .flatMap(row -> Description.of(row.description(), format).constant());
  }

  /** Its domain name; empty where it has none. */
  String domain() {
    return domains.isEmpty() ? "" : domains.get(0);
  }
}
