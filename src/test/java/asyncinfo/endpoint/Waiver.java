package asyncinfo.endpoint;

import asyncinfo.contract.Clause;
import java.time.LocalDate;

/**
 * Accepts known violations of some clauses until an expiry date.
 *
 * @param clauses a glob over clause ids
 * @param reason the reason for accepting the violation
 * @param owner the person or team responsible for the correction
 * @param evidence a reference, such as a ticket
 * @param expires the last day, in UTC, on which the waiver is in force
 */
public record Waiver(
    ClauseFilter clauses, String reason, String owner, String evidence, LocalDate expires) {

  /** Returns true if the waiver applies to this clause. */
  public boolean covers(Clause clause) {
    return clauses.test(clause);
  }

  @Override
  public String toString() {
    return "waived until %s: %s (%s, %s)".formatted(expires, reason, owner, evidence);
  }
}
