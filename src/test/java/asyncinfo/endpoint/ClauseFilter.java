package asyncinfo.endpoint;

import asyncinfo.contract.Clause;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Restricts a run to the clauses whose ids match a glob; {@code *} matches any text. */
public record ClauseFilter(String glob) implements Predicate<Clause> {
  /** Matches every clause. */
  public static final ClauseFilter ALL = new ClauseFilter("*");

  @Override
  public boolean test(Clause clause) {
    String regex =
        Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return clause.id().matches(regex);
  }
}
