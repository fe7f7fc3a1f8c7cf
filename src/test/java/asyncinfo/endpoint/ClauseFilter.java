package asyncinfo.endpoint;

import asyncinfo.contract.Clause;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Narrows a run to the clauses whose ids a glob matches; {@code *} stands for anything. */
public record ClauseFilter(String glob) implements Predicate<Clause> {
  /** No narrowing. */
  public static final ClauseFilter ALL = new ClauseFilter("*");

  @Override
  public boolean test(Clause clause) {
    String regex =
        Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return clause.id().matches(regex);
  }
}
