package asyncinfo.contract;

/**
 * A contradiction of a page with itself or with other sources, or a question that it leaves open.
 *
 * @param id stable within the page
 * @param text what contradicts, or what is asked
 * @param decision what the harness makes of it
 */
public record SpecificationIssue(String id, String text, String decision) {}
