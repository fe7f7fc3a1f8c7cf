package asyncinfo.verdict;

/**
 * A defect of a response: the rule for every response that it violates, and the way. Findings with
 * equal defects have one cause.
 *
 * @param clause the id of the clause that the rule belongs to
 * @param kind the way in which it is violated, such as {@code /Response/Status enum, letter case};
 *     equal only where the deviation is of the same kind at the same place
 */
public record Defect(String clause, String kind) {}
