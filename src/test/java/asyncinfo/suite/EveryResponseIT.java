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
 * What holds for each reply, judged over all replies of the run; hence the last suite. A defect
 * that shows only now and then, in whichever case, is a failure here.
 */
@Order(Integer.MAX_VALUE)
@ExtendWith(ClauseInvocationProvider.class)
class EveryResponseIT {

  /** Transport and envelope. */
  @ClauseTest
  @Covers(value = ClauseKind.EVERY_REPLY, formats = Covers.Formats.ONE)
  void keepsTheResponseFormat(TestCase it) throws NoResponseException {
    requireNeverBroken(it);
  }

  /** The output table's members. */
  @ClauseTest
  @Covers(value = ClauseKind.OUTPUT, formats = Covers.Formats.ONE)
  void keepsTheOutputTable(TestCase it) throws NoResponseException {
    requireNeverBroken(it);
  }

  /** No member beside those of the output table. */
  @ClauseTest
  @Covers(value = ClauseKind.ONLY_OUTPUTS, formats = Covers.Formats.ONE)
  void addsNoMember(TestCase it) throws NoResponseException {
    requireNeverBroken(it);
  }

  /** No code beside those of the page and of the common list. */
  @ClauseTest
  @Covers(value = ClauseKind.ONLY_ERRORS, formats = Covers.Formats.ONE)
  void addsNoCode(TestCase it) throws NoResponseException {
    requireNeverBroken(it);
  }

  private static void requireNeverBroken(TestCase it) throws NoResponseException {
    it.sendValid();
    it.sendUnknownSubject();
    List<Evidence> all = it.run().evidenceLog().about(it.clause().id(), it.api().product());
    List<Evidence> broken = all.stream().filter(e -> e.outcome() == Outcome.FAILED).toList();
    if (all.isEmpty()) {
      throw it.unobserved("no reply of this run bears on it");
    }
    it.complete(broken, all.size());
  }
}
