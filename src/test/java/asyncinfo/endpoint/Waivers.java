package asyncinfo.endpoint;

import asyncinfo.contract.Clause;
import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Waivers for known violations of an endpoint. */
public final class Waivers {
  private static final Waivers NONE = new Waivers(List.of(), LocalDate.MIN);
  private static final String CLAUSE = "clause";
  private static final String EXPIRES = "expires";
  private static final List<String> MEMBERS =
      List.of(CLAUSE, "reason", "owner", "evidence", EXPIRES);

  /** Reader of YAML, and thereby of JSON. */
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final List<Waiver> all;
  private final LocalDate today;

  private Waivers(List<Waiver> all, LocalDate today) {
    this.all = all;
    this.today = today;
  }

  /** Returns an empty list of waivers. */
  public static Waivers none() {
    return NONE;
  }

  /**
   * Reads a list of waivers from a YAML or JSON file.
   *
   * @param today the day, in UTC, on which waivers are in force or expired
   * @throws SettingsException with every problem of the file
   */
  public static Waivers read(Path file, Specification specification, LocalDate today) {
    JsonNode root;
    try {
      root = YAML.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new SettingsException(List.of("waivers: cannot read " + file));
    } catch (JacksonException e) {
      throw new SettingsException(
          List.of("waivers: " + file + " is neither YAML nor JSON: " + Json.problem(e)));
    }
    if (!root.isArray()) {
      throw new SettingsException(
          List.of(
              "waivers: %s must be a list, each entry with %s"
                  .formatted(file, String.join(", ", MEMBERS))));
    }
    List<String> problems = new ArrayList<>();
    List<Waiver> waivers = new ArrayList<>();
    for (JsonNode entry : root) {
      String where = "waivers: %s, entry %d".formatted(file, waivers.size() + 1);
      waivers.add(waiver(entry, where, specification, problems));
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new Waivers(List.copyOf(waivers), today);
  }

  private static Waiver waiver(
      JsonNode entry, String where, Specification specification, List<String> problems) {
    Map<String, String> texts = new LinkedHashMap<>();
    entry
        .properties()
        .forEach(
            member -> {
              if (!MEMBERS.contains(member.getKey())) {
                problems.add(
                    "%s: unknown field \"%s\"%s"
                        .formatted(
                            where, member.getKey(), NameSuggestion.hint(member.getKey(), MEMBERS)));
              }
              texts.put(member.getKey(), member.getValue().asString("").strip());
            });
    MEMBERS.stream()
        .filter(name -> texts.getOrDefault(name, "").isEmpty())
        .forEach(name -> problems.add(where + " has no " + name));
    ClauseFilter clauses = new ClauseFilter(texts.getOrDefault(CLAUSE, ""));
    if (!clauses.glob().isEmpty() && specification.clauses().stream().noneMatch(clauses)) {
      problems.add(
          "%s: \"%s\" matches no clause; `mvn -q test-compile exec:java -Dexec.args=clauses` lists all"
              .formatted(where, clauses.glob()));
    }
    LocalDate expires = LocalDate.MAX;
    String date = texts.getOrDefault(EXPIRES, "");
    try {
      expires = date.isEmpty() ? expires : LocalDate.parse(date);
    } catch (DateTimeParseException e) {
      problems.add("%s: expires \"%s\" is no date like 2026-12-31".formatted(where, date));
    }
    return new Waiver(
        clauses,
        texts.getOrDefault("reason", ""),
        texts.getOrDefault("owner", ""),
        texts.getOrDefault("evidence", ""),
        expires);
  }

  /** Returns all waivers, in file order. */
  public List<Waiver> all() {
    return all;
  }

  /** Returns true if the last day of the waiver has passed. */
  public boolean expired(Waiver waiver) {
    return today.isAfter(waiver.expires());
  }

  /** Returns the first waiver in force that covers a clause. */
  public Optional<Waiver> inForce(Clause clause) {
    return all.stream().filter(w -> w.covers(clause) && !expired(w)).findFirst();
  }
}
