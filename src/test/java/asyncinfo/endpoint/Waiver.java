package asyncinfo.endpoint;

import asyncinfo.contract.Clause;
import java.time.LocalDate;

/**
 * Says that an endpoint is known to break some clauses, and for how long that is put up with.
 *
 * @param clauses which clauses, by a glob over their ids
 * @param reason why the violation is put up with
 * @param owner who sees to it that it ends
 * @param evidence where it is recorded, such as a ticket
 * @param expires the last day, in UTC, on which the waiver is in force
 */
public record Waiver(
    ClauseFilter clauses, String reason, String owner, String evidence, LocalDate expires) {

  /** Whether it is about this clause. */
  public boolean covers(Clause clause) {
    return clauses.test(clause);
  }

  @Override
  public String toString() {
    return "waived until %s: %s (%s, %s)".formatted(expires, reason, owner, evidence);
  }
}
