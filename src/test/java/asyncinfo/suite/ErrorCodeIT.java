package asyncinfo.suite;

import asyncinfo.contract.Kind;
import asyncinfo.verdict.Proves;
import asyncinfo.wire.NoReplyException;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** Section 6 of a page: error code. */
@Order(6)
@ExtendWith(ClauseCases.class)
class ErrorCodeIT {

  /** A listed business error comes with its code. */
  @PerClause
  @Proves(Kind.ERROR)
  void returnsTheListedCode(Case it) throws NoReplyException {
    it.requireError(it.provoke(), List.of(it.clause().name()));
  }

  /** No code is used that neither the page nor the common list names. */
  @PerClause
  @Proves(Kind.ONLY_ERRORS)
  void returnsNoOtherCode(Case it) throws NoReplyException {
    it.requireKept(it.askAboutNothing());
  }
}
