package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.NoResponseException;
import asyncinfo.contract.ClauseKind;
import asyncinfo.verdict.Covers;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** Section 3 of a page: output parameters. */
@Order(3)
@ExtendWith(ClauseInvocationProvider.class)
class OutputParametersIT {
  /** Enough to meet each of ten nodes that take turns. */
  private static final int LOOKS = 10;

  /** A listed member is there, unless it may be absent, and is of the listed type. */
  @ClauseTest
  @Covers(ClauseKind.OUTPUT)
  void returnsTheListedMember(TestCase it) throws NoResponseException {
    it.requireCheckPassed(it.sendForTask(it.clause()));
  }

  /** A listed value is what a task in that state has. */
  @ClauseTest
  @Covers(ClauseKind.VALUE)
  void returnsTheListedValue(TestCase it) throws NoResponseException {
    ApiResponse reply = it.sendFixture();
    String value = it.clause().value().orElseThrow();
    it.requireValue(reply, it.clause().name() + " \"" + value + "\"", TestCase.describe(reply));
  }

  /** A task that is looked at again and again is in that state each time. */
  @ClauseTest
  @Covers(value = ClauseKind.VALUE, formats = Covers.Formats.ONE)
  void showsTheValueAtEachLook(TestCase it) throws NoResponseException {
    String value = it.clause().value().orElseThrow();
    for (int look = 1; look <= LOOKS; look++) {
      ApiResponse reply = it.sendFixtureUncached();
      it.requireValue(
          reply,
          "%s \"%s\" at each of %d looks".formatted(it.clause().name(), value, LOOKS),
          "at look %d: %s".formatted(look, TestCase.describe(reply)));
    }
  }

  /** No member is there that the table does not list. */
  @ClauseTest
  @Covers(ClauseKind.ONLY_OUTPUTS)
  void returnsNoOtherMember(TestCase it) throws NoResponseException {
    it.requireCheckPassed(it.sendForTask(it.clause()));
  }
}
