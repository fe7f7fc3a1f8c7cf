package asyncinfo.endpoint;

import asyncinfo.contract.Clause;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Restricts a run to the clauses whose ids match a glob; {@code *} matches any text. */
public final class ClauseFilter implements Predicate<Clause> {
  /** Matches every clause. */
  public static final ClauseFilter ALL = new ClauseFilter("*");

  private final String glob;
  private final Predicate<String> ids;

  /** Returns the filter of a glob, such as {@code dts/3/*}. */
  public ClauseFilter(String glob) {
    this.glob = glob;
    this.ids =
        Pattern.compile(
                Stream.of(glob.split("\\*", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*")))
            .asMatchPredicate();
  }

  /** Returns the glob. */
  public String glob() {
    return glob;
  }

  @Override
  public boolean test(Clause clause) {
    return ids.test(clause.id());
  }
}
