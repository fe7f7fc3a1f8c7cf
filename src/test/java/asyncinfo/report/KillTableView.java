package asyncinfo.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * Kill table of the self-tests, as the page shows it; {@code schemas/report/kill-table.schema.json}
 * describes it.
 *
 * @param compliant variations that no clause may flag
 * @param neverKilled ids of the clauses that no fault failed
 */
record KillTableView(
    List<Fault> faults,
    @JsonProperty("lawful") List<Variation> compliant,
    List<String> neverKilled) {

  /** A planted fault and the clauses that it failed. */
  record Fault(
      String name,
      String group,
      String breaks,
      List<String> apis,
      List<String> mustFail,
      List<String> failed,
      String message,
      String outcome) {}

  /** A compliant variation and the clauses that flagged it. */
  record Variation(
      String name,
      String group,
      String differs,
      List<String> apis,
      List<String> flagged,
      String outcome) {}

  /** Treats an absent list of an older kill table as empty. */
  KillTableView {
    neverKilled = Objects.requireNonNullElse(neverKilled, List.of());
  }

  /** Returns how many faults were detected. */
  public long killed() {
    return faults.stream().filter(fault -> fault.outcome.equals("KILLED")).count();
  }

  /** Returns how many variations were not flagged. */
  public long passed() {
    return compliant.stream().filter(variation -> variation.outcome.equals("PASSED")).count();
  }
}
