package asyncinfo.suite;

import asyncinfo.contract.Kind;
import asyncinfo.verdict.Proves;
import asyncinfo.wire.Call;
import asyncinfo.wire.CallShape;
import asyncinfo.wire.NoReplyException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** Section 2 of a page: input parameters. */
@Order(2)
@ExtendWith(ClauseCases.class)
class InputParametersIT {

  /** A request with all listed parameters is served. */
  @TestTemplate
  @Proves(Kind.INPUT)
  void servesARequestWithTheParameter(Case it) throws NoReplyException {
    it.requireServed(it.send(it.good()));
  }

  /** A request without a required parameter is refused. */
  @TestTemplate
  @Proves(Kind.INPUT)
  void refusesARequestWithoutTheParameter(Case it) throws NoReplyException {
    Inputs input = Inputs.of(it);
    if (!input.row().required()) {
      it.requireServed(it.send(input.without(it.good())));
      return;
    }
    it.requireError(it.send(input.without(it.good()).sign()), input.codesWithout());
  }

  /** A parameter has the type, or the one value, that the table says. */
  @TestTemplate
  @Proves(value = Kind.INPUT, shapes = Proves.Shapes.ONE)
  void refusesAnotherTypeOrValue(Case it) throws NoReplyException {
    Inputs input = Inputs.of(it);
    Call wrong =
        input.isCommon()
            ? input.withOtherValue(it.good())
            : input.withOtherType(it.good(CallShape.POST_JSON_V3));
    it.requireError(it.send(wrong.sign()), input.codesForOther());
  }

  /** An id that names no task has no execution result. */
  @TestTemplate
  @Proves(value = Kind.INPUT, name = Inputs.TASK_ID)
  void answersAnUnknownTaskWithAnError(Case it) throws NoReplyException {
    it.requireDocumentedError(it.send(it.ofUnknownTask()));
  }
}
