package asyncinfo.contract;

import java.util.Optional;

/**
 * One assertable row or sentence of a page, or of the common part of API 3.0.
 *
 * @param id stable and derived from the data: {@code dts/3/Status=failed}, {@code
 *     common/response/json}
 * @param kind the subject, which decides how it is checked
 * @param name the row, value, code or promise that the id ends with, before any {@code =}
 * @param value the listed value, for {@link ClauseKind#VALUE}
 * @param promise the promise, in a sentence
 * @param basis the kind of source that it rests on
 * @param source the source: page and section, document of API 3.0, or the place where it was seen
 */
public record Clause(
    String id,
    ClauseKind kind,
    String name,
    Optional<String> value,
    String promise,
    Basis basis,
    String source) {

  /** The id prefix of the clauses that bind every API. */
  public static final String COMMON = "common";

  /** Returns the id of the API whose page makes the promise; empty for the common part. */
  public Optional<String> api() {
    String first = id.substring(0, id.indexOf('/'));
    return first.equals(COMMON) ? Optional.empty() : Optional.of(first);
  }

  /** Returns whether a task that shows this listed value may show another one later. */
  public boolean mayMoveOn(Api api) {
    return value.filter(v -> !api.output(name).finalValues().contains(v)).isPresent();
  }

  /** Returns whether the promise binds this API. */
  public boolean binds(Api api) {
    return api().map(api.id()::equals).orElse(true);
  }

  @Override
  public String toString() {
    return id;
  }
}
