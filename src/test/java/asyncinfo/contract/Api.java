package asyncinfo.contract;

import java.util.List;

/**
 * One action of one version of one product: the key of all data.
 *
 * @param id names it in clause ids, settings, file names and reports: the product, or, where
 *     another action of the product has that name, product and action, such as {@code
 *     cvm-DescribeZones}
 * @param product the product, which is also the service of the credential scope
 * @param version the version, a date
 * @param action the action
 * @param title the page's title
 * @param lastUpdated the page's date, as printed
 * @param description the purpose of the action (section 1)
 * @param domain the domain name for requests (section 1)
 * @param limit the request frequency (section 1)
 * @param inputs the input table, common parameters included (section 2)
 * @param outputs the output table (section 3)
 * @param examples the examples (section 4)
 * @param errors the business error codes (section 6)
 * @param contradictions contradictions within the page or with other sources
 * @param openQuestions questions that the page does not answer
 */
public record Api(
    String id,
    String product,
    String version,
    String action,
    String title,
    String lastUpdated,
    String description,
    String domain,
    Limit limit,
    List<Field> inputs,
    List<Field> outputs,
    List<Example> examples,
    List<DocumentedValue> errors,
    List<SpecificationIssue> contradictions,
    List<SpecificationIssue> openQuestions) {

  /** Returns a row of the output table. */
  public Field output(String name) {
    return outputs.stream().filter(field -> field.name().equals(name)).findFirst().orElseThrow();
  }

  /** Returns the folder of its schemas, relative to {@code schemas/}. */
  public String folder() {
    return product + "/" + version + "/" + action;
  }

  @Override
  public String toString() {
    return id;
  }
}
