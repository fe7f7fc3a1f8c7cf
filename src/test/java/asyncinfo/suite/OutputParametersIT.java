package asyncinfo.suite;

import asyncinfo.contract.Kind;
import asyncinfo.verdict.Proves;
import asyncinfo.wire.NoReplyException;
import asyncinfo.wire.Reply;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** Section 3 of a page: output parameters. */
@Order(3)
@ExtendWith(ClauseCases.class)
class OutputParametersIT {
  /** Enough to meet each of ten nodes that take turns. */
  private static final int LOOKS = 10;

  /** A listed member is there, unless it may be absent, and is of the listed type. */
  @PerClause
  @Proves(Kind.OUTPUT)
  void returnsTheListedMember(Case it) throws NoReplyException {
    it.requireKept(it.askOfATaskWith(it.clause()));
  }

  /** A listed value is what a task in that state has. */
  @PerClause
  @Proves(Kind.VALUE)
  void returnsTheListedValue(Case it) throws NoReplyException {
    Reply reply = it.provoke();
    String value = it.clause().value().orElseThrow();
    it.requireValue(reply, it.clause().name() + " \"" + value + "\"", Case.describe(reply));
  }

  /** A task that is looked at again and again is in that state each time. */
  @PerClause
  @Proves(value = Kind.VALUE, shapes = Proves.Shapes.ONE)
  void showsTheValueAtEachLook(Case it) throws NoReplyException {
    String value = it.clause().value().orElseThrow();
    for (int look = 1; look <= LOOKS; look++) {
      Reply reply = it.provokeAnew();
      it.requireValue(
          reply,
          "%s \"%s\" at each of %d looks".formatted(it.clause().name(), value, LOOKS),
          "at look %d: %s".formatted(look, Case.describe(reply)));
    }
  }

  /** No member is there that the table does not list. */
  @PerClause
  @Proves(Kind.ONLY_OUTPUTS)
  void returnsNoOtherMember(Case it) throws NoReplyException {
    it.requireKept(it.askOfATaskWith(it.clause()));
  }
}
