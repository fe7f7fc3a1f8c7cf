package asyncinfo.selftest;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.selftest.FaultRun.Outcome;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * The clauses that each fault failed, in the format of {@code
 * schemas/report/kill-table.schema.json}.
 *
 * @param runs all runs, in the order of the files
 */
record KillTable(Specification specification, List<FaultRun> runs) {
  /** The file to which it is written. */
  static final Path FILE = Path.of("target", "selftest", "kill-table.json");

  /** Its schema, below {@code schemas/}. */
  static final String SCHEMA = "report/kill-table.schema.json";

  /**
   * Returns the clauses that no fault failed. The limit's clause is left out: simulations judge it,
   * and their classifier is tested with limiter models.
   */
  Set<String> neverKilled() {
    Set<String> never = new TreeSet<>();
    specification.clauses().stream()
        .filter(c -> c.kind() != ClauseKind.LIMIT)
        .map(Clause::id)
        .forEach(never::add);
    runs.stream()
        .filter(t -> t.outcome() == Outcome.KILLED)
        .forEach(t -> never.removeAll(t.broken()));
    return never;
  }

  /** Returns the number of runs with an outcome. */
  long count(Outcome outcome) {
    return runs.stream().filter(t -> t.outcome() == outcome).count();
  }

  /** Returns a summary in one line. */
  String summary() {
    String problems =
        List.of(Outcome.SURVIVED, Outcome.COLLATERAL, Outcome.FLAGGED).stream()
            .filter(outcome -> count(outcome) > 0)
            .map(outcome -> ", " + count(outcome) + " " + outcome)
            .reduce("", String::concat);
    long checked =
        specification.clauses().stream().filter(c -> c.kind() != ClauseKind.LIMIT).count();
    long killed = checked - neverKilled().size();
    return "Fault detection: %d faults found, %d compliant variations passed%s, %s; %s"
        .formatted(
            count(Outcome.KILLED),
            count(Outcome.PASSED),
            problems,
            killed == checked
                ? killed + " clauses each failed by at least one fault"
                : "%d of %d clauses failed by at least one fault".formatted(killed, checked),
            FILE);
  }

  private record FaultRow(
      String name,
      String group,
      String breaks,
      List<String> apis,
      Set<String> mustFail,
      Set<String> failed,
      String message,
      Outcome outcome) {}

  private record CompliantRow(
      String name,
      String group,
      String differs,
      List<String> apis,
      Set<String> flagged,
      Outcome outcome) {}

  private record Table(
      List<FaultRow> faults,
      @JsonProperty("lawful") List<CompliantRow> compliant,
      Set<String> neverKilled) {}

  /** Returns the table as JSON. */
  ObjectNode json() {
    Table table =
        new Table(
            runs.stream().filter(t -> !t.fault().compliant()).map(KillTable::faultRow).toList(),
            runs.stream().filter(t -> t.fault().compliant()).map(KillTable::compliantRow).toList(),
            neverKilled());
    return Json.mapper().valueToTree(table);
  }

  private static FaultRow faultRow(FaultRun run) {
    Fault fault = run.fault();
    return new FaultRow(
        fault.name(),
        fault.group(),
        fault.words(),
        products(fault),
        fault.mustFail(),
        run.red().keySet(),
        run.message(),
        run.outcome());
  }

  private static CompliantRow compliantRow(FaultRun run) {
    Fault fault = run.fault();
    return new CompliantRow(
        fault.name(), fault.group(), fault.words(), products(fault), run.flagged(), run.outcome());
  }

  private static List<String> products(Fault fault) {
    return fault.apis().stream().map(Api::id).toList();
  }

  void write() {
    try {
      Files.createDirectories(FILE.getParent());
      Json.pretty().writeValue(FILE.toFile(), json());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + FILE, e);
    }
  }
}
