package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.contract.ClauseKind;
import asyncinfo.verdict.Covers;
import asyncinfo.verdict.Evidence;
import asyncinfo.verdict.Outcome;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The rules for every response, over all responses of the run; hence the last suite. A defect that
 * shows only now and then, in any case, is a failure here.
 */
@Order(Integer.MAX_VALUE)
@ExtendWith(ClauseInvocationProvider.class)
class EveryResponseIT {

  /** Transport and envelope. */
  @ClauseTest
  @Covers(value = ClauseKind.EVERY_REPLY, formats = Covers.Formats.ONE)
  void keepsTheResponseFormat(TestCase testCase) throws NoResponseException {
    requireNeverBroken(testCase);
  }

  /** The fields of the output table. */
  @ClauseTest
  @Covers(value = ClauseKind.OUTPUT, formats = Covers.Formats.ONE)
  void keepsTheOutputTable(TestCase testCase) throws NoResponseException {
    requireNeverBroken(testCase);
  }

  /** No field beside those of the output table. */
  @ClauseTest
  @Covers(value = ClauseKind.ONLY_OUTPUTS, formats = Covers.Formats.ONE)
  void addsNoField(TestCase testCase) throws NoResponseException {
    requireNeverBroken(testCase);
  }

  /** No code beside those of the page and of the common list. */
  @ClauseTest
  @Covers(value = ClauseKind.ONLY_ERRORS, formats = Covers.Formats.ONE)
  void addsNoCode(TestCase testCase) throws NoResponseException {
    requireNeverBroken(testCase);
  }

  private static void requireNeverBroken(TestCase testCase) throws NoResponseException {
    testCase.sendValid();
    testCase.sendUnknownSubject();
    List<Evidence> all =
        testCase.run().evidenceLog().about(testCase.clause().id(), testCase.api().id());
    List<Evidence> failed = all.stream().filter(e -> e.outcome() == Outcome.FAILED).toList();
    if (all.isEmpty()) {
      throw testCase.unobserved("no response of this run bears on it");
    }
    testCase.requireNoFailure(failed, all.size());
  }
}
