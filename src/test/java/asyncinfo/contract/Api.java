package asyncinfo.contract;

import java.util.List;

/**
 * One action of one version of one product: the key under which everything is kept.
 *
 * @param product the product, which is also the service of the credential scope
 * @param version the version, a date
 * @param action the action
 * @param title the page's title
 * @param lastUpdated the page's date, as printed
 * @param description what the action does (section 1)
 * @param domain the domain name for requests (section 1)
 * @param limit the request frequency (section 1)
 * @param inputs the input table, common parameters included (section 2)
 * @param outputs the output table (section 3)
 * @param examples the examples (section 4)
 * @param errors the business error codes (section 6)
 * @param contradictions where the page contradicts itself or other sources
 * @param openQuestions what the page leaves unsaid
 */
public record Api(
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

  /** The folder of its schemas, relative to {@code schemas/}. */
  public String folder() {
    return product + "/" + version + "/" + action;
  }

  @Override
  public String toString() {
    return product;
  }
}
