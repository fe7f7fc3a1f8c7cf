package asyncinfo.contract;

/**
 * A contradiction of a page with itself or with other sources, or a question that it leaves open.
 *
 * @param id stable within the page
 * @param text the contradiction or the question
 * @param decision the way in which the harness handles it
 */
public record SpecificationIssue(String id, String text, String decision) {}
