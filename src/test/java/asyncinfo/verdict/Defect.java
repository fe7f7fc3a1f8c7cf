package asyncinfo.verdict;

/**
 * A defect of a reply: the rule for every reply that it breaks, and in which way. Findings with
 * equal defects have one cause.
 *
 * @param clause the id of the clause that the rule belongs to
 * @param kind the way in which it is broken, such as {@code /Response/Status enum, letter case};
 *     equal only where the deviation is of the same kind at the same place
 */
public record Defect(String clause, String kind) {}
