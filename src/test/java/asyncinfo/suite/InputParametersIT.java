package asyncinfo.suite;

import asyncinfo.contract.Kind;
import asyncinfo.verdict.Proves;
import asyncinfo.wire.CallShape;
import asyncinfo.wire.NoReplyException;
import asyncinfo.wire.Reply;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** Section 2 of a page: input parameters. */
@Order(2)
@ExtendWith(ClauseCases.class)
class InputParametersIT {

  /** A request with all listed parameters is served. */
  @PerClause
  @Proves(Kind.INPUT)
  void servesARequestWithTheParameter(Case it) throws NoReplyException {
    it.requireServed(it.askWith(Inputs.of(it)));
  }

  /** A request without a required parameter is refused. */
  @PerClause
  @Proves(Kind.INPUT)
  void refusesARequestWithoutTheParameter(Case it) throws NoReplyException {
    Inputs input = Inputs.of(it);
    Reply reply = it.ask(it.shape(), input.leftOut(), input.row().name());
    if (!input.row().required()) {
      it.requireServed(reply);
      return;
    }
    it.requireError(reply, input.codesWithout());
  }

  /** A parameter has the type, or the one value, that the table says. */
  @PerClause
  @Proves(value = Kind.INPUT, shapes = Proves.Shapes.ONE)
  void refusesAnotherTypeOrValue(Case it) throws NoReplyException {
    Inputs input = Inputs.of(it);
    it.requireError(
        it.ask(CallShape.POST_JSON_V3, input.other(), input.row().name()), input.codesForOther());
  }

  /** An id that names no task has no execution result. */
  @PerClause
  @Proves(value = Kind.INPUT, ofWhatIsAskedAbout = true)
  void answersAnUnknownTaskWithAnError(Case it) throws NoReplyException {
    it.requireDocumentedError(it.askAboutNothing());
  }
}
