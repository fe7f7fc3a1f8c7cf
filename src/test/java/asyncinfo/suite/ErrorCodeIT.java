package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.contract.ClauseKind;
import asyncinfo.verdict.Covers;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** Section 6 of a page: error code. */
@Order(6)
@ExtendWith(ClauseInvocationProvider.class)
class ErrorCodeIT {

  /** A listed business error comes with its code. */
  @ClauseTest
  @Covers(ClauseKind.ERROR)
  void returnsTheListedCode(TestCase testCase) throws NoResponseException {
    testCase.requireError(testCase.sendFixture(), List.of(testCase.clause().name()));
  }

  /** No code is used that neither the page nor the common list names. */
  @ClauseTest
  @Covers(ClauseKind.ONLY_ERRORS)
  void returnsNoOtherCode(TestCase testCase) throws NoResponseException {
    testCase.requireCheckPassed(testCase.sendUnknownSubject());
  }
}
